"""The command line: words typed come in; one action is called; what a person reads goes out."""
