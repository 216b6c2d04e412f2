"""Drawings as inline SVG: plain values in, text out. Each has its title, and the same in words beside it."""

from mktogether.lib.drawing.structure import structure

__all__ = ["structure"]
