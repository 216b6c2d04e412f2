"""The annual report: its sections with their versions, what was said of it, its pictures, and what was published."""

from reports.models.comments import Answer, Comment, LastRead, PrivateNote
from reports.models.reports import Image, Report, Section, Version, Writer

__all__ = ["Answer", "Comment", "Image", "LastRead", "PrivateNote", "Report", "Section", "Version", "Writer"]
