"""Reading workbooks, also hostile ones."""
