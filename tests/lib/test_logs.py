"""Log lines: one line each, and of an exception its kind and place alone."""

import io
import logging

from hypothesis import given
from hypothesis import strategies as st

from mktogether.lib.logs import OneLine


def logged(log):
    """What ``log(logger)`` writes, as the portal formats it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneLine("%(levelname)s %(name)s %(message)s"))
    logger = logging.Logger("portal")
    logger.addHandler(handler)
    log(logger)
    return stream.getvalue()


@given(st.text(), st.text())
def test_whatever_is_logged_is_one_line(message, value):
    said = logged(lambda logger: logger.warning("%s and %s", message, value))
    assert len(said.splitlines()) == 1
    assert said.endswith("\n")


def test_a_typed_line_end_does_not_begin_a_forged_line():
    said = logged(lambda logger: logger.warning("Not handed over: %s", "a\r\nERROR portal All is well"))
    assert said == "WARNING portal Not handed over: a\\r\\nERROR portal All is well\n"


def test_an_exception_is_told_by_kind_and_place_and_not_by_its_words():
    def explode(logger):
        try:
            try:
                int("canary one")
            except ValueError as first:
                raise KeyError("canary two\nand more") from first
        except KeyError as problem:
            logger.log(logging.ERROR, "It failed: %s", problem, exc_info=problem)

    said = logged(explode)
    assert "canary" not in said
    assert said.startswith("ERROR portal It failed: KeyError | builtins.KeyError at ")
    assert "test_logs.py" in said
    assert ", after builtins.ValueError at " in said
    assert len(said.splitlines()) == 1


def test_what_the_queue_says_of_a_failed_task_holds_no_words_of_it():
    """As Celery logs it: a message filled from a mapping, with the exception and the arguments as texts."""
    context = {"name": "records.tasks.deliver", "id": "1", "exc": "ValueError('canary')", "args": "['canary']"}
    said = logged(lambda logger: logger.error("Task %(name)s[%(id)s] raised: %(exc)s %(args)s", context))
    assert said == "ERROR portal Task records.tasks.deliver[1] raised: … …\n"


def test_a_percent_sign_in_a_message_without_values_is_one():
    assert logged(lambda logger: logger.warning("100% of it")) == "WARNING portal 100% of it\n"
