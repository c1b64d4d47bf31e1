"""The web app: requests come in, services answer, pages go out. No script is needed, nothing outside asked.

One page, one module: its routes, and the words that its template is filled with.
"""
