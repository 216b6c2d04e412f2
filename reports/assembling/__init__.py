"""
A report as plain values: texts, figures by their names, tables and drawings as numbers.

The page and the PDF are made from these values alone. ``content_of`` gathers them, ``fingerprint`` names them, and
``blocks_of`` gives the text of a section as blocks of safe HTML. ``said_in`` gives
all that a section says in words.
"""

from reports.assembling.content import assembled, content_of, fingerprint, said_in
from reports.assembling.texts import blocks_of

__all__ = ["assembled", "blocks_of", "content_of", "fingerprint", "said_in"]
