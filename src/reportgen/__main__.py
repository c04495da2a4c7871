"""`python -m reportgen` is the command line."""

from reportgen.cli import main

main()
