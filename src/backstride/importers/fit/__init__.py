"""FIT: the binary format of Garmin and many watches, read as a stream of messages."""
