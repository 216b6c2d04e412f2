"""Pictures: made small, without metadata; what is too much is refused before it is unpacked."""

import io
import resource
from html import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow
from PIL import ImageOps

from mktogether.lib import uploads
from records.models import StoredFile
from reports import actions, pictures
from reports.models import Image, Section
from tests.factories import SectionFactory

pytestmark = pytest.mark.django_db

WORDS = "A bench by the river"


def drawn(size=(40, 30), form="PNG", mode="RGB", **more):
    """A picture of one colour, as a file."""
    saved = io.BytesIO()
    Pillow.new(mode, size, "teal" if mode in {"RGB", "RGBA"} else 0).save(saved, form, **more)
    return saved.getvalue()


def noise(size, form="PNG"):
    """A picture that does not shrink: a photograph at its worst."""
    saved = io.BytesIO()
    Pillow.effect_noise(size, 90).convert("RGB").save(saved, form)
    return saved.getvalue()


def posted(content, words=WORDS, name="picture.png"):
    return {"file": SimpleUploadedFile(name, content), "words": words}


@pytest.fixture
def images(report):
    return f"/reports/{report.slug}/images/"


@pytest.fixture
def picture(report, team):
    return actions.add_picture(report, pictures.made_small(io.BytesIO(drawn())), WORDS, by=team)


# --- Putting one in ---------------------------------------------------------------------------------------------------


def test_a_picture_is_put_in_and_shown_with_its_line_for_a_text(as_user, images, team, words):
    answer = as_user(team).post(images, posted(drawn()), follow=True)
    image = Image._base_manager.get()
    assert (image.words, image.width, image.height) == (WORDS, 40, 30)
    assert f"![{WORDS}](image:{image.public_id})" in words(answer)
    assert f'alt="{WORDS}"' in answer.content.decode()
    assert "The picture is uploaded. It is shown once its line stands in the text of a section." in words(answer)


def test_its_line_can_be_pasted_whatever_it_shows(as_user, images, section, team, words):
    said = "Stalls [left], a banner “<b>2021</b>” ] and {guests}"
    as_user(team).post(images, posted(drawn(), words=said))
    [shown] = as_user(team).get(images).context["pictures"]
    saved = actions.save_section(section, shown["written"], by=team, seen=1)
    assert f'alt="{escape(said)}"' in as_user(team).get(saved.get_absolute_url()).content.decode()
    assert [row["titles"] for row in as_user(team).get(images).context["pictures"]] == [["Foreword"]]


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("JPEG", "CMYK"), ("WEBP", "RGB"), ("GIF", "P")]
)
def test_each_kind_of_picture_is_read(form, mode):
    small = pictures.made_small(io.BytesIO(drawn(form=form, mode=mode)))
    assert Pillow.open(io.BytesIO(small.content)).size == (40, 30)


def test_twelve_megabytes_are_made_small(as_user, images, team):
    content = noise((3400, 2000), "PNG")
    assert len(content) > 12 * 1000**2
    assert as_user(team).post(images, posted(content)).status_code == 302
    image = Image._base_manager.get()
    assert (image.width, image.height) == (1600, 941)
    assert image.file.content_type == "image/jpeg"
    assert image.file.size < 1000**2


def test_nothing_but_its_pixels_is_kept():
    exif = Pillow.Exif()
    exif[0x010E] = "canary-where-it-was-taken"
    exif[0x0112] = 6  # turned on its side
    saved = io.BytesIO()
    noise_of = Pillow.open(io.BytesIO(noise((900, 600))))
    noise_of.save(saved, "JPEG", exif=exif, comment=b"canary-comment")
    small = pictures.made_small(io.BytesIO(saved.getvalue() + b"<?php canary-tail"))
    assert b"canary" not in small.content
    assert (small.width, small.height) == (600, 900), "it stands upright"
    kept = Pillow.open(io.BytesIO(small.content))
    assert not kept.getexif()
    assert ImageOps.exif_transpose(kept).size == (600, 900)


def test_what_one_can_see_through_is_white_where_it_becomes_a_photograph():
    picture = Pillow.effect_noise((1200, 900), 90).convert("RGBA")
    picture.putalpha(Pillow.new("L", picture.size, 0))
    saved = io.BytesIO()
    picture.save(saved, "PNG")
    small = pictures.made_small(io.BytesIO(saved.getvalue()))
    if small.content_type == "image/jpeg":
        assert Pillow.open(io.BytesIO(small.content)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 no picture", "This file is not a picture that the portal can read."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This file is not a picture that the portal can read."),
        (b"GIF89a<script>alert(1)</script>", "This file is not a picture that the portal can read."),
        (b"", "This file is empty. Choose another"),
    ],
)
def test_what_is_no_picture_is_refused_and_its_words_are_kept(as_user, images, team, words, content, sentence):
    answer = as_user(team).post(images, posted(content))
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert answer.context["form"]["words"].value() == WORDS
    assert not Image._base_manager.exists()
    assert not StoredFile._base_manager.exists()


def test_half_a_picture_is_refused():
    with pytest.raises(pictures.Unusable):
        pictures.made_small(io.BytesIO(noise((600, 400))[:60_000]))


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(as_user, images, team, words):
    """8,000 by 6,000 in a hundred kilobytes; unpacked it would fill 144 MB."""
    content = drawn((8000, 6000), mode="L")
    assert len(content) < 200_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = as_user(team).post(images, posted(content))
    assert answer.status_code == 422
    assert "more than 40 million pixels" in words(answer)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000


@pytest.mark.parametrize("size", [(10_000, 10_000), (20_000, 20_000)])
def test_a_bomb_is_refused(size):
    with pytest.raises(pictures.Unusable, match="40 million"):
        pictures.made_small(io.BytesIO(drawn(size, mode="1")))


def test_a_file_over_25_megabytes_is_refused(as_user, images, team, words, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_FILE", 1000)
    answer = as_user(team).post(images, posted(noise((60, 60))))
    assert answer.status_code == 422
    assert "The file is larger than 25 MB. Make it smaller, and choose it again" in words(answer)


class Endless(io.RawIOBase):
    """A form of 200 MB that is made while it is read, and says how much of it was."""

    def __init__(self, size):
        self.head = (
            b'--line\r\nContent-Disposition: form-data; name="words"\r\n\r\nA bench\r\n'
            b'--line\r\nContent-Disposition: form-data; name="file"; filename="p.png"\r\n\r\n'
        )
        self.left = size - len(self.head)

    def read(self, size=-1):
        if self.head:
            head, self.head = self.head, b""
            return head
        size = min(self.left, size if size > 0 else self.left)
        self.left -= size
        return b"x" * size


def test_two_hundred_megabytes_are_refused_and_kept_neither_in_memory_nor_on_disk(
    as_user, images, team, words, tmp_path, settings
):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    size = 200 * 1024**2
    form = Endless(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = as_user(team).generic(
        "POST",
        images,
        **{"wsgi.input": form, "CONTENT_LENGTH": str(size), "CONTENT_TYPE": "multipart/form-data; boundary=line"},
    )
    assert answer.status_code == 422
    assert "The file is larger than 25 MB. Make it smaller, and choose it again" in words(answer)
    assert answer.context["form"]["words"].value() == "A bench"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000
    assert not list(tmp_path.iterdir())


def test_words_for_those_who_do_not_see_it_are_asked_for(as_user, images, team, words):
    answer = as_user(team).post(images, posted(drawn(), words="  "))
    assert answer.status_code == 422
    assert "Enter what the picture shows, for those who do not see it" in words(answer)


def test_words_that_are_too_long_are_counted_and_refused_and_none_is_cut(as_user, images, team, words):
    client = as_user(team)
    assert " maxlength=" not in client.get(images).content.decode()
    answer = client.post(images, posted(drawn(), words="x" * 260))
    assert "Shorten “What it shows” to 250 characters. It has 260" in words(answer)
    assert answer.context["form"]["words"].value() == "x" * 260
    assert not Image._base_manager.exists()


@pytest.mark.parametrize("who", ["scrutineer", "partner"])
def test_who_only_reads_puts_none_in(as_user, images, request, who, words):
    client = as_user(request.getfixturevalue(who))
    assert "The support team and the chairs of partnerships write the report." in words(client.get(images))
    client.post(images, posted(drawn()))
    assert not Image._base_manager.exists()


# --- Handing one out --------------------------------------------------------------------------------------------------


def test_a_picture_of_a_draft_is_for_those_who_read_it(client, as_user, picture, scrutineer, outsider):
    path = f"/reports/images/{picture.public_id}/"
    answer = as_user(scrutineer).get(path)
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert client.get(path).status_code == 404
    assert as_user(outsider).get(path).status_code == 404
    assert as_user(outsider).get(picture.file.get_absolute_url()).status_code == 404


def test_a_picture_of_a_published_report_is_for_everybody(client, picture, section, team, partner, request):
    request.getfixturevalue("published")
    answer = client.get(f"/reports/images/{picture.public_id}/")
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")


# --- Taking one out ---------------------------------------------------------------------------------------------------


@pytest.fixture
def removing(picture):
    return f"/reports/images/{picture.public_id}/remove/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_picture_that_a_text_shows_stays(as_user, picture, removing, report, team, words, method):
    SectionFactory(report=report, title="Priorities", order=5, text=f"![x](image:{picture.public_id})")
    answer = getattr(as_user(team), method)(removing, follow=True)
    assert "This picture stands in “Priorities”. Take it out there first." in words(answer)
    assert Image._base_manager.filter(pk=picture.pk).exists()
    page = as_user(team).get(f"/reports/{report.slug}/images/")
    assert "Shown in Priorities." in words(page)
    assert removing not in page.content.decode()


def test_it_is_asked_first_whether_a_picture_is_to_be_removed(as_user, picture, removing, report, team, words):
    page = as_user(team).get(f"/reports/{report.slug}/images/")
    assert f'href="{removing}"' in page.content.decode()
    answer = as_user(team).get(removing)
    assert WORDS in words(answer)
    assert "No section shows it. It is removed for good: to have it again, upload it again." in words(answer)
    assert Image._base_manager.filter(pk=picture.pk).exists()


def test_whoever_removes_a_picture_is_told_which_earlier_texts_show_it(
    as_user, picture, removing, report, section, team, words
):
    other = SectionFactory(report=report, title="Priorities", order=5, number=0)
    for one in (section, other):
        saved = actions.save_section(one, f"![x](image:{picture.public_id})", by=team, seen=one.number)
        actions.save_section(one, "Without it.", by=team, seen=saved.number)
    assert "Earlier versions of “Foreword” and “Priorities” do" in words(as_user(team).get(removing))


def test_a_picture_that_no_text_shows_is_removed_with_its_file(
    as_user, picture, removing, team, words, django_capture_on_commit_callbacks
):
    storage, name = picture.file.file.storage, picture.file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_user(team).post(removing, follow=True)
    assert "The picture is removed." in words(answer)
    assert not StoredFile._base_manager.filter(pk=picture.file_id).exists()
    assert not storage.exists(name)


def test_a_text_shows_a_picture_of_its_own_report_only(picture, section, team):
    other = SectionFactory()
    with pytest.raises(actions.TextRefused):
        actions.save_section(other, f"![x](image:{picture.public_id})", by=team, seen=1)
    actions.save_section(section, f"![x](image:{picture.public_id})", by=team, seen=1)
    assert Section._base_manager.get(pk=section.pk).number == 2
