"""What differs between two workbooks, cell by cell, whoever wrote them."""
