"""The doubts: a fitted case comes in; one result for each check goes out. One check, one file."""
