"""Ordinary lives with a known truth, by a simulator written apart from the model.

Nothing here imports backstride: the same lives can be asked of any version of it. `body` is how pain comes and goes,
`habits` when a person runs, `life` a diary lived day by day and the truth about it, `catalogue` all worlds and their
cells, `diary` the files that the person keeps, `asking` the product's answer to them (the only module that imports
backstride, in a process of its own), `bound` what the data alone could tell, `table` the page.
"""
