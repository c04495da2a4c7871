"""The only code that touches files of the xlsx format: write, read, guard and compare."""
