"""
The text of sections: Markdown through a list of what is allowed, with figures by their names.

Pure: text, figures and pictures in; blocks of safe HTML, or problems with their lines, out.
"""

from reports.writing.blocks import Block, Figure, Picture, blocks, words
from reports.writing.problems import Problem, problems

__all__ = ["Block", "Figure", "Picture", "Problem", "blocks", "problems", "words"]
