"""What stands on each tab, and where: layout, formulas, registry, theme."""
