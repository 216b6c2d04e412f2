"""Mail into a folder: each mail one whole file, also where the disk is full or the same mail comes twice."""

import contextlib
import email
import email.policy
import resource

import pytest

from records import mail_folder, outbox
from records.models import OutboxMessage
from tests.factories import OutboxMessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "records.mail_folder.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


@contextlib.contextmanager
def no_room_for(size):
    """No file of this process grows beyond ``size`` bytes: as a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class FullDisk(mail_folder.EmailBackend):
    """The folder on a disk that is full, while there is still room for the database."""

    def send_messages(self, messages):
        with no_room_for(100_000):
            return super().send_messages(messages)


def test_a_mail_is_a_file_that_can_be_read(folder):
    message = OutboxMessageFactory(html="<p>Your meeting</p>")
    outbox.deliver(message.pk)
    (path,) = folder.iterdir()
    got = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert (got["To"], got["Message-ID"]) == (message.to, message.message_id)
    assert [part.get_content_type() for part in got.iter_parts()] == ["text/plain", "text/html"]
    assert (path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_same_mail_handed_over_twice_is_one_file(folder):
    message = OutboxMessageFactory()
    for _time in range(2):
        outbox.deliver(message.pk)
        OutboxMessage.objects.update(state="waiting", sent_at=None)
    assert len(list(folder.iterdir())) == 1


def test_a_full_disk_leaves_no_half_of_a_mail_and_loses_none(folder, settings):
    message = OutboxMessageFactory(text="A line that takes room.\n" * 50_000)
    settings.EMAIL_BACKEND = f"{__name__}.FullDisk"
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, message.failure) == ("sending", "The mail could not be written.")
    assert list(folder.iterdir()) == []
    settings.EMAIL_BACKEND = "records.mail_folder.EmailBackend"
    OutboxMessage.objects.update(lease_until=message.created_at)
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, len(list(folder.iterdir()))) == ("sent", 1)
