"""The schema's history, oldest first: `upgrade.py` takes a diary of any age through it to the newest form."""
