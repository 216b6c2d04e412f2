"""The front door, the home page, and the pages of boards and groups."""

from partnerships.views.boards import board, boards
from partnerships.views.front import accessibility, cookies, home, privacy, worried

__all__ = ["accessibility", "board", "boards", "cookies", "home", "privacy", "worried"]
