"""The tiny language in which a line of the model is written once.

A line is an expression tree. Two readers walk it: `evaluate` gives NumPy arrays, `excel` gives the
formula of each cell. Neither knows the other, and the model knows neither.
"""
