"""A picture is made small in a process that can be killed: its bounds, its secrets, and what is said when it dies."""

import io
import resource
import subprocess
import sys

import pytest
from PIL import Image

from mktogether.lib.pictures import Unusable, made_small


def picture(size, mode="RGBA"):
    saved = io.BytesIO()
    Image.new(mode, size).save(saved, "PNG")
    return io.BytesIO(saved.getvalue())


@pytest.fixture
def started_by(monkeypatch, tmp_path):
    """A function: let a shell command run in the process before it begins."""

    def prepare(command):
        starter = tmp_path / "python"
        starter.write_text(f'#!/bin/sh\n{command}\nexec {sys.executable} "$@"\n')
        starter.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(starter))

    return prepare


def test_it_is_unpacked_elsewhere():
    large = picture((6000, 6000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert made_small(large).width == 1600
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000, "unpacked it fills 144 MB"


def test_the_picture_library_is_not_loaded_by_whoever_asks():
    program = "import sys, mktogether.lib.pictures; print('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"False\n"


def test_one_that_needs_more_memory_than_it_may_have_is_refused_and_the_next_is_served():
    with pytest.raises(Unusable, match="more time or memory than one may have"):
        made_small(picture((6000, 6000)), memory=150 * 1024**2)
    assert made_small(picture((60, 40))).height == 40


def test_one_that_takes_too_long_is_refused(started_by):
    started_by("sleep 5")
    with pytest.raises(Unusable, match="more time or memory than one may have"):
        made_small(picture((60, 40)), seconds=1)


def test_one_at_which_a_decoder_crashes_is_refused(started_by):
    started_by("kill -SEGV $$")
    with pytest.raises(Unusable, match="more time or memory than one may have"):
        made_small(picture((60, 40)))


def test_a_fault_of_the_program_is_taken_for_one_and_logged(started_by, caplog):
    started_by("echo 'what went wrong' >&2; exit 1")
    with pytest.raises(Unusable, match="fault in the portal"):
        made_small(picture((60, 40)))
    assert "what went wrong" in caplog.text


def test_the_process_is_told_none_of_our_secrets(started_by, monkeypatch, tmp_path):
    told = tmp_path / "told"
    started_by(f"env > {told}")
    monkeypatch.setenv("SECRET_KEY", "hidden-from-children")
    assert made_small(picture((60, 40))).content_type == "image/png"
    assert "hidden-from-children" not in told.read_text()
