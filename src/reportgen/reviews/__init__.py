"""What somebody changed in a workbook that was handed out, what it does, and taking it home."""
