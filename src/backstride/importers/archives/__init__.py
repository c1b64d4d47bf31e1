"""Archives: ZIP files and folders of files, read within bounds."""
