"""Vendors: the exports of apps and makers of watches, one module a form."""
