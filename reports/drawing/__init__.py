"""Drawings of a report as inline SVG: numbers in, text out. Each has its title, and a table with the same beside it."""

from reports.drawing.charts import Bar, bars
from reports.drawing.structure import structure

__all__ = ["Bar", "bars", "structure"]
