"""Storage that refuses: files are private, and go through records.files."""

from django.core.files.storage import Storage


class NoDefaultStorage(Storage):
    """A file field that names no storage would publish by path; this stops it at its first use."""

    def _save(self, name, content):
        raise RuntimeError("Files are stored by records.files.store(), in the private storage.")

    def _open(self, name, mode="rb"):
        raise RuntimeError("Files are read through records.files, from the private storage.")
