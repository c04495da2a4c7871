"""Maps: which cells of somebody's csv or workbook are the rows of which table of a pack."""
