"""Drawings of a report as inline SVG: numbers in, text out. Each has its title, and a table with the same beside it."""

from mktogether.lib.drawing import structure
from reports.drawing.charts import Bar, bars

__all__ = ["Bar", "bars", "structure"]
