"""A report of the year that can be built, and its private files in a folder of the test's own."""

import pytest

from records import jobs
from records.models import StoredFile
from records.storage import FolderStorage
from tests.factories import OfficeFactory, ReportFactory, SectionFactory


@pytest.fixture
def private_folder(monkeypatch, tmp_path):
    """A private storage of the test's own; a field keeps the storage that it found at the start."""
    folder = FolderStorage(location=tmp_path / "private", file_permissions_mode=0o600)
    monkeypatch.setattr(StoredFile._meta.get_field("file"), "storage", folder)
    return tmp_path / "private"


@pytest.fixture
def stored_names(private_folder):
    """Every file in the private storage, wherever it lies."""
    return lambda: [path.name for path in private_folder.rglob("*") if path.is_file()]


@pytest.fixture
def writer(db):
    """Somebody of the team."""
    return OfficeFactory().person.user


@pytest.fixture
def short_report(db):
    """A draft of three short sections."""
    report = ReportFactory(title="Safeguarding annual report 2021-22")
    for number, title in enumerate(("Foreword", "Priorities", "What comes next"), 1):
        SectionFactory(report=report, order=number, title=title, text=f"Words of section {number}.")
    return report


@pytest.fixture
def worked():
    """Do the work of a job as a worker would, and return its row as it is then."""

    def work(job):
        jobs.run(job.pk)
        job.refresh_from_db()
        return job

    return work
