"""The command line: arguments in, words and an exit status out, no logic."""

from reportgen.cli.early_signals import heard_at_once


def main() -> None:
    """Run the command line of this process, and end it with the status. Raises SystemExit."""
    heard_at_once()
    from reportgen.cli.streams import stand_in_for_closed

    stand_in_for_closed()
    from reportgen.cli.commands import commands

    commands.main()
