"""Private files: kept whole, found by their id alone, read by whom their rule lets."""

import hashlib
import os
import re
import uuid

import boto3
import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from moto import mock_aws
from storages.backends.s3 import S3Storage

from records import files
from records.models import Event, StoredFile
from records.storage import FolderStorage, NoDefaultStorage
from tests.factories import AreaFactory, JobFactory, StoredFileFactory, UserFactory
from tests.records.conftest import KIND, Target, content_of

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 canary\r\n\x00\xff"


def store(content=CONTENT, name="Minutes of 3 June.pdf"):
    return files.store(
        content, kind=KIND, target=Target(AreaFactory(), 7), name=name, content_type="application/pdf", by=UserFactory()
    )


def everything_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def body(response):
    """The content of a download; taken to its end, it closes the file."""
    return b"".join(response.streaming_content)


def without_token(response):
    """The page less the secret of its forms, which is another on each page."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


# --- Keeping ---


def test_it_keeps_what_it_was_given_under_its_id_and_never_under_its_name(private_folder):
    stored = StoredFile.objects.get(pk=store(name="../../etc/passwd").pk)
    assert content_of(stored) == CONTENT
    assert stored.size == len(CONTENT)
    assert stored.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert stored.name == "../../etc/passwd"
    (path,) = everything_in(private_folder)
    assert path.name == str(stored.public_id)


def test_only_the_portal_can_read_the_folder(private_folder):
    store()
    (path,) = everything_in(private_folder)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_has_its_name_only_once_it_is_whole(private_folder):
    class Interrupted(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            assert [path.name[0] for path in everything_in(private_folder)] == ["."]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        FolderStorage(location=private_folder).save("ab/whole", Interrupted(b""))
    assert everything_in(private_folder) == []


def test_a_row_that_the_database_refuses_leaves_no_file(private_folder):
    with pytest.raises(Exception, match=r"(?i)null"):
        files.store(
            CONTENT, kind=KIND, target=Target(AreaFactory(), None), name="a", content_type="a/b", by=UserFactory()
        )
    assert everything_in(private_folder) == []


def test_discarding_takes_row_and_file_away(private_folder, django_capture_on_commit_callbacks):
    stored = store()
    with django_capture_on_commit_callbacks(execute=True):
        files.discard(stored)
    assert not StoredFile.objects.exists()
    assert everything_in(private_folder) == []


def test_what_somebody_was_given_is_not_discarded(private_folder):
    job = JobFactory(done=True)
    with pytest.raises(ProtectedError), transaction.atomic():
        files.discard(job.result)
    assert content_of(job.result)


def test_a_file_field_that_names_no_storage_publishes_nothing():
    with pytest.raises(RuntimeError, match="private storage"):
        NoDefaultStorage().save("a", ContentFile(b"a"))
    with pytest.raises(RuntimeError, match="private storage"):
        NoDefaultStorage().open("a")


@pytest.fixture
def bucket(monkeypatch):
    """A bucket that is simulated in this process; the client that talks to it is the real one."""
    for name, value in (("ACCESS_KEY_ID", "test"), ("SECRET_ACCESS_KEY", "test"), ("DEFAULT_REGION", "eu-west-2")):
        monkeypatch.setenv(f"AWS_{name}", value)
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket="portal", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        storage = S3Storage(bucket_name="portal", location="private", default_acl=None, file_overwrite=False)
        monkeypatch.setattr(StoredFile._meta.get_field("file"), "storage", storage)
        yield client


def test_it_keeps_files_in_a_bucket_too(bucket, client, workshop):
    stored = StoredFile.objects.get(pk=store().pk)
    assert content_of(stored) == CONTENT
    public = str(stored.public_id)
    assert [item["Key"] for item in bucket.list_objects_v2(Bucket="portal")["Contents"]] == [
        f"private/{public[:2]}/{public}"
    ]
    client.force_login(UserFactory())
    response = client.get(stored.get_absolute_url())
    assert body(response) == CONTENT


def test_a_bucket_lets_nobody_in_by_address(bucket):
    store()
    (item,) = bucket.list_objects_v2(Bucket="portal")["Contents"]
    grants = bucket.get_object_acl(Bucket="portal", Key=item["Key"])["Grants"]
    assert [grant["Permission"] for grant in grants if "URI" in grant["Grantee"]] == []


# --- Handing out ---


@pytest.fixture
def reader(client, workshop):
    """Somebody signed in whom the rule lets."""
    user = UserFactory()
    client.force_login(user)
    return user


def test_it_is_handed_out_as_a_download_that_runs_nothing(client, reader):
    stored = store()
    response = client.get(stored.get_absolute_url())
    assert body(response) == CONTENT
    assert response["Content-Disposition"] == 'attachment; filename="Minutes of 3 June.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_reading_a_file_is_history(client, reader):
    stored = store()
    body(client.get(stored.get_absolute_url()))
    event = Event.objects.get(verb="file.read")
    assert (event.target_id, event.actor_id, event.area_id) == (stored.pk, reader.pk, stored.area_id)


def test_asking_for_the_head_alone_gives_no_content_and_is_no_reading(client, reader):
    stored = store()
    response = client.head(stored.get_absolute_url())
    assert (response.status_code, response["Content-Length"]) == (200, str(len(CONTENT)))
    assert body(response) == b""
    assert not Event.objects.filter(verb="file.read").exists()


@pytest.mark.parametrize(
    "header",
    [
        {"Range": "bytes=0-3"},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"},
        {"X-HTTP-Method-Override": "GET"},
    ],
)
def test_no_header_gets_round_the_rule(client, reader, workshop, header):
    stored = store()
    workshop.shut_out.add(reader.pk)
    assert client.get(stored.get_absolute_url(), headers=header).status_code == 404
    workshop.shut_out.clear()
    response = client.get(stored.get_absolute_url(), headers=header)
    assert (response.status_code, body(response)) == (200, CONTENT)


def test_a_file_that_somebody_may_not_read_is_like_one_that_does_not_exist(client, reader, workshop):
    stored = store()
    workshop.shut_out.add(reader.pk)
    refused = client.get(stored.get_absolute_url())
    missing = client.get(f"/files/{uuid.uuid4()}/")
    assert refused.status_code == missing.status_code == 404
    assert without_token(refused) == without_token(missing)
    assert {**refused.headers, "Expires": ""} == {**missing.headers, "Expires": ""}
    assert not Event.objects.filter(verb="file.read").exists()


def test_a_kind_of_file_without_a_rule_is_read_by_nobody(client, reader):
    assert client.get(StoredFileFactory(kind="forgotten").get_absolute_url()).status_code == 404


def test_access_that_ended_ends_the_downloads(client, reader):
    stored = store()
    body(client.get(stored.get_absolute_url()))
    type(reader).objects.update(is_active=False)
    assert client.get(stored.get_absolute_url())["Location"].startswith("/sign-in/")


def test_no_file_answers_at_a_path(client, reader, private_folder):
    """Neither under the names that other sites use, nor under its own name in the folder."""
    stored = store()
    public = str(stored.public_id)
    inside = f"{public[:2]}/{public}"
    paths = [f"/{root}/{inside}" for root in ("media", "files", "private", "static", "var/files", "uploads", "data")]
    paths += [f"/files/{public}", f"/files/{public}/..", f"/files//{public}/", f"/files/{public.upper()}/"]
    paths += [f"/static/../var/files/{inside}", f"/static/%2e%2e/{inside}", f"/media/{private_folder}/{inside}"]
    paths += [f"/{root}/{os.urandom(8).hex()}/{uuid.uuid4()}" for root in ("media", "files") for _ in range(25)]
    answers = {path: client.get(path) for path in paths}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code not in {301, 404}} == {}
    assert [path for path, answer in answers.items() if answer.status_code == 301] == [f"/files/{public}"]


def test_a_download_asks_the_database_little(client, reader, django_assert_max_num_queries):
    stored = store()
    with django_assert_max_num_queries(8):
        body(client.get(stored.get_absolute_url()))
