"""Tables: CSV files of runs, check-ins and measurements, whatever their columns and writing."""
