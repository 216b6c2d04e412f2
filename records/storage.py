"""Where private files lie: a folder, or a bucket; and the storage that refuses."""

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage, Storage


class NoDefaultStorage(Storage):
    """A file field that names no storage would publish by path; this stops it at its first use."""

    def save(self, name, content, max_length=None):
        raise RuntimeError("Files are stored by records.files.store(), in the private storage.")

    def open(self, name, mode="rb"):
        raise RuntimeError("Files are read through records.files, from the private storage.")


class FolderStorage(FileSystemStorage):
    """A folder in which a file has its name only once all of it is on the disk, whenever the power fails."""

    def _save(self, name, content):
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=self.directory_permissions_mode or 0o777)
        draft = _draft_of(target)
        try:
            with open(draft, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(draft, self.file_permissions_mode or 0o600)
            os.replace(draft, target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        return name

    def delete(self, name):
        """Remove a file, and what a process that was killed while it wrote it left behind."""
        super().delete(name)
        _draft_of(Path(self.path(name))).unlink(missing_ok=True)


def _draft_of(target):
    """Where a file is until it is whole. Every file has a name of its own, so no two share a draft."""
    return target.with_name(f".{target.name}")
