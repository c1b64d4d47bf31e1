"""The web app: requests come in, actions are done, pages go out. It works without a script and asks nothing outside.

One page, one module: its routes, and the words that its template is filled with.
"""
