"""
The text of sections: Markdown through a list of what is allowed, with figures by their names.

Pure: text, figures and pictures in; blocks of safe HTML, or problems with their lines, out.
"""

from reports.writing.blocks import Block, Figure, Picture, blocks, words
from reports.writing.changes import Change, What, changes, has_changed
from reports.writing.parsing import address_of_picture, figures_in, line_of_picture
from reports.writing.problems import Problem, problems

__all__ = [
    "Block",
    "Change",
    "Figure",
    "Picture",
    "Problem",
    "What",
    "address_of_picture",
    "blocks",
    "changes",
    "figures_in",
    "has_changed",
    "line_of_picture",
    "problems",
    "words",
]
