"""Runtime: clock, paths, logs, scratch folders and processes: what services need of the machine they run on."""
