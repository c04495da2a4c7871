"""Pages of HTML that need nothing but themselves: skeleton, looks, charts, and one report."""
