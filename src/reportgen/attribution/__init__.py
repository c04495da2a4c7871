"""Why an outcome changed between two reports: solved values in, bars out that sum to the change."""
