"""What stands in a file of the xlsx format, part by part, under limits."""
