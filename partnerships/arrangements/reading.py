"""
A file of arrangements, read and checked: everything that is wrong in it at once, each with its line and its remedy.

What the file holds is taken by itself here; what it would change in the portal says ``loading``.
"""

from django.utils import timezone

from partnerships.arrangements import keys, source
from partnerships.arrangements.checking import Checking
from partnerships.arrangements.document import Document
from partnerships.arrangements.source import Problem, WrongArrangement
from partnerships.arrangements.values import read_keys


def read(path, today=None):
    """The document in the file at ``path``. Raises WrongArrangement with all that is wrong in it."""
    return document(source.read_file(path), today)


def document(text, today=None):
    """The document that ``text`` holds. Raises WrongArrangement with all that is wrong in it."""
    problems: list[Problem] = []
    file = read_keys(source.read_text(text), keys.FILE, problems)
    found = Document(file)
    if "arrangement" in file and "applies from" in file["arrangement"]:
        Checking(found, problems, today or timezone.localdate()).check()
    if problems:
        raise WrongArrangement(problems)
    return found
