"""What only the Summary shows: figures as issued, news since last month, dates to watch."""

from reportgen.report.figures.summary import news, next_dates, since_issue

# In the order of calculation
MODULES = (since_issue, news, next_dates)
