"""Cell-level comparison of workbooks."""
