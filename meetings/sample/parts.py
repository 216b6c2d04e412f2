"""
What upper apps bring into the sample.

An app names its loader in ``AppConfig.ready()`` by its dotted path: it is imported when the sample is loaded, and not
by every process that serves the portal.
"""

from django.utils.module_loading import import_string

# Dotted paths of load(folder, area, people), called in this order once people and boards are there.
LOADERS: list[str] = []


def add(path):
    """Have ``path`` called when the sample is loaded."""
    LOADERS.append(path)


def load(folder, area, people):
    """Load what the upper apps bring, from the files of the sample in ``folder``."""
    for path in LOADERS:
        import_string(path)(folder, area, people)
