"""What is known: input packs read as of a day, every mistake told with its place."""
