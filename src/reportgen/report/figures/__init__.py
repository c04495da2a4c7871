"""Lines that exist to be shown: chart series, names, premiums; the valuation never reads them."""
