"""Figures from outside: rows appended to the tables of a pack."""
