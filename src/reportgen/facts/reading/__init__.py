"""From bytes to typed rows: files, letters, cells, numbers, days; mistakes with their place."""
