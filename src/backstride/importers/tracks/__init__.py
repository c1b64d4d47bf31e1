"""Tracks: GPX, TCX and KML, and what a series of positions says about a session."""
