"""What companies file with the SEC: read, and derived into rows of a pack."""
