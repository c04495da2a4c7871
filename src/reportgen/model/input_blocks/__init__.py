"""The blocks of inputs whose cells are counted: what belongs together, and what it is called.

Of tables with spare rows the cells that the model reads are counted row by row; the spare rows are
left out, since what an analyst adds there cannot make up for a cell that was cleared.
"""
