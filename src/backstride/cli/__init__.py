"""The command line: words typed come in; one service is called; what a person reads goes out."""
