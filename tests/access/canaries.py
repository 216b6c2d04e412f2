"""
Canaries: a string of its own in every text of every restricted row, so that whoever finds one knows what leaked.

A canary is eight letters, short enough for the shortest text and set before what stood there, so that neither a limit
of length nor a page that shows the first words only loses it. The addresses of rows are canaries as they are: who finds
one learns that there is such a row. Who may read a canary say readership.py and audiences.py.
"""

import hashlib
import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models

from meetings.models import AgendaItem
from records.models import StoredFile
from tests.access.audiences import AUDIENCES, THEIR_OWN_FOR_EVER, THEMSELVES
from tests.access.readership import Readers
from tests.unguarded import unguarded

LETTERS = "bcdghjkmnprtvwxy2345"  # none that a font would join with its neighbour
ADDRESS = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
CANARY = re.compile(f"zq[{LETTERS}]{{4}}qz|{ADDRESS}")
MAY_BE_EMPTY = ("because", "colleague", "calendar")
OURS = {"records", "partnerships", "meetings", "reviews", "finance", "assurance", "reports", "usersessions"}

# Fields of letters that are no text of anybody, with the reason. By name, or by model and name.
NO_TEXT = {
    "slug": "a part of addresses",
    "records.Area.name": "names of areas are public",
    "records.Area.code": "stands in the references of cases, and is public",
    "records.Area.sample_notice": "the notice of a sample is public",
    "partnerships.Body.earlier_structure": "whatever stands in it makes a board one of the past",
    "password": "a hash",
    "session_key": "a key; only its hash is compared",
    "sha256": "computed from the file",
    "digest": "computed from the history",
    "signature": "computed from the history",
    "inputs": "computed from what work is made from",
    "message_id": "a key that goes out with the mail",
    "records.OutboxMessage.key": "a key of ids",
    "audience": "computed; names those for whom a file is made",
    "content_type": "one of the few kinds of file",
    "file": "the path in the storage, which is the file's id",
    "secret_digest": "computed from a secret that is kept nowhere",
    "location": "the address to which a form led",
    "verb": "one of the verbs of the history",
    "target": "the label of a model",
    "within": "the label of a model",
    "partnerships.Grant.subject": "the label of a model",
    "partnerships.Exclusion.subject": "the label of a model",
    "records.Event.fields": "keyed hashes; the database lets nobody change them, and test_no_content.py looks there",
    "records.Event.details": "ids and counts; as above",
    "records.EarlierValue.field": "the name of a field",
    "records.StoredFile.kind": "names a rule",
    "records.Job.kind": "names a rule",
    "records.OutboxMessage.unsubscribe": "a signed address",
    "records.Reminder.kind": "names a kind of reminder",
    "records.ReminderChoice.off": "names of kinds of reminder",
    "records.OutboxMessage.to": "the address of one recipient, who is told nothing of others",
    "rules": "the rule language is read by machine",
    "classes": "names that rules use",
    "months": "numbers of months",
    "decision_kind": "a name that rules use",
    "meetings.Decision.kind": "a name that rules use",
    "quorum": "one of the few verdicts",
    "quorum_status": "one of the few verdicts",
    "meetings.VerdictChange.status": "one of the few verdicts",
    "partnerships.Agency.succeeded": "a day",
    "partnerships.Office.subject": "only of a named member, of whom the database keeps that",
    "partnerships.Seat.key": "a key of files",
    "partnerships.Line.to_role": "names a kind of role",
    "partnerships.Arrangement.key": "a part of addresses",
    "stated_from": "a day",
    "stated_until": "a day",
    "published": "a day",
    "notified": "a day",
    "approved": "a day",
    "partnerships.PublicContact.name": "published",
    "partnerships.PublicContact.telephone": "published",
    "partnerships.PublicContact.hours": "published",
    "partnerships.PublicContact.owner": "published",
    "partnerships.PublicContact.email": "published",
    "reports.Report.content": "published; the rows that it was made of are looked for",
    "paragraph": "computed from the words of a paragraph",
    "finance.FinancialYear.name": "drawn from its days, and a part of addresses",
    "reviews.Case.reference": "drawn in sequence; looked for as it is, see canaries of a case",
    "reviews.CaseDate.event": "the key of an event",
    "reviews.CaseDeadline.code": "the code of a deadline",
    "reviews.PanelPlace.key": "the key of a place",
    "reviews.PanelDecision.outcome": "the key of an outcome",
    "reviews.Referral.number": "drawn at random, and goes out with a mail",
    "reviews.CasePerson.born": "a day; it stands where the name stands",
    "reviews.CasePerson.died": "a day, as above",
    "usersessions.UserSession.data": "kept by the library, empty here",
}
# Keys within JSON whose strings are no text, with the reason.
NO_TEXT_WITHIN = {
    "rules": "the rule language",
    "english": "the rule language in words",
    "terms": "the rule language",
    "status": "one of the few verdicts",
    "state": "one of the few states",
    "filled_by": "one of few",
    "outcome": "one of few",
    "quorum": "one of the few verdicts",
    "decision": "a name that rules use",
    "verdict": "one of the few verdicts",
    "date": "a date",
    "due_on": "a date",
    "seats": "ids, within a verdict",
    "people": "ids, within a verdict",
}


@dataclass(frozen=True)
class Planted:
    """One canary: where it stands, and who may read it."""

    string: str
    kind: str  # model and field
    row: int
    audience: str
    owners: frozenset[str]

    def is_for(self, roles, own):
        """Whether somebody reads it who reads what ``roles`` read, and what ``own`` has for themselves."""
        theirs = own in self.owners and (own in roles or THEMSELVES in roles or self.audience in THEIR_OWN_FOR_EVER)
        return theirs or not AUDIENCES[self.audience].isdisjoint(roles)

    def __str__(self):
        return f"{self.kind} of row {self.row} ({self.audience})"


@dataclass
class Canaries:
    """All that were planted, by their string."""

    planted: dict[str, Planted] = field(default_factory=dict)
    fresh: object = field(default_factory=lambda: map("".join, itertools.product(LETTERS, repeat=4)))

    def new(self, row, name, audience, owners, string=""):
        string = string or f"zq{next(self.fresh)}qz"
        self.planted[string] = Planted(string, f"{row._meta.label}.{name}", row.pk, audience, owners)
        return string

    def __iter__(self):
        return iter(self.planted.values())

    @property
    def kinds(self):
        return Counter(canary.kind for canary in self)

    def forbidden_to(self, roles, own=None):
        """A function of what was read: the canaries in it that are neither for ``roles`` nor what ``own`` has."""
        forbidden = {string for string, canary in self.planted.items() if not canary.is_for(roles, own)}
        literal = [string for string in forbidden if not CANARY.fullmatch(string)]

        def found(text):
            seen = forbidden.intersection(CANARY.findall(text))
            return sorted(seen.union(string for string in literal if string in text))

        return found

    def all_in(self, text):
        """Every canary in ``text``, whoever may read it."""
        literal = (string for string in self.planted if not CANARY.fullmatch(string))
        return sorted({*self.planted.keys() & set(CANARY.findall(text)), *(s for s in literal if s in text)})


# --- Planting ---------------------------------------------------------------------------------------------------------


def our_models():
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def texts_of(model):
    """The fields of ``model`` that hold what somebody may have written."""
    for one in model._meta.concrete_fields:
        free = isinstance(one, (models.CharField, models.TextField, models.JSONField, models.FileField))
        if free and not one.choices and not reason_for_none(model, one.name):
            yield one


def reason_for_none(model, name):
    """Why ``name`` of ``model`` is no text; empty where it is one."""
    return NO_TEXT.get(f"{model._meta.label}.{name}") or NO_TEXT.get(name, "")


def plant(world):
    """Put a canary into every text of every row there is, also where nobody else could; return them all."""
    with unguarded():
        return _planted(world)


def _planted(world):
    canaries, readers = Canaries(), Readers(world)
    for model in our_models():
        fields = list(texts_of(model))
        addressed = any(one.name == "public_id" for one in model._meta.concrete_fields)
        for row in model._base_manager.order_by("pk") if fields else ():
            values = {one.name: _with_canary(canaries, readers, row, one) for one in fields}
            values = {name: value for name, value in values.items() if value is not None}
            model._base_manager.filter(pk=row.pk).update(**values)
            if addressed:
                canaries.new(row, "public_id", *readers.of(row, "public_id"), string=str(row.public_id))
    for stored in StoredFile._base_manager.order_by("pk"):
        _plant_in_file(canaries, readers, stored)
    for case in apps.get_model("reviews.Case")._base_manager.order_by("pk"):
        canaries.new(case, "reference", *readers.of(case, "reference"), string=case.reference)
    return canaries


def _with_canary(canaries, readers, row, one):
    """The value of the field ``one`` of ``row`` with a canary before it; None where it stays as it is."""
    value = getattr(row, one.name)
    if isinstance(one, models.JSONField):
        return _within(canaries, readers, row, one.name, value) if value else None
    if not value and (one.name.endswith(MAY_BE_EMPTY) or one.null or _says_why_it_failed(row, one)):
        return None  # the database promises that these are filled where there is something to say
    canary = canaries.new(row, one.name, *readers.of(row, one.name))
    if isinstance(one, models.EmailField):
        return f"{canary}@mktogether.example"
    return f"{canary} {value}".strip()[: one.max_length]


def _says_why_it_failed(row, one):
    return one.name == "failure" and row.state != "failed"


def _within(canaries, readers, row, name, value):
    """JSON with a canary before each of its texts; where one stands twice, it stays the same text."""
    known = {}
    said = cache(lambda item: readers.of(row, name, item))

    def walk(value, key, item):
        if isinstance(value, dict):
            item = _item_of(value) or item
            return {k: walk(v, k, item) if k not in NO_TEXT_WITHIN or _is_scenario_seats(k, v) else v
                    for k, v in value.items()}  # fmt: skip
        if isinstance(value, list):
            return [walk(one, key, item) for one in value]
        if not isinstance(value, str) or not value:
            return value
        if (value, item and item.pk) not in known:
            path = f"{name}.{key}" if key else name
            known[value, item and item.pk] = canaries.new(row, path, *said(item))
        return f"{known[value, item and item.pk]} {value}"

    return walk(value, "", None)


def _is_scenario_seats(key, value):
    """A scenario names its places where a verdict has ids."""
    return key == "seats" and isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _item_of(value):
    """The agenda item that a part of a record is about."""
    if {"id", "title", "confidential"} <= value.keys():
        return AgendaItem._base_manager.select_related("meeting").get(pk=value["id"])
    return None


def _plant_in_file(canaries, readers, stored):
    """The file itself holds one too."""
    canary = canaries.new(stored, "(the file)", *readers.of(stored, "file"))
    content = f"%PDF-1.7 {canary}".encode()
    stored.file.save(stored.name, ContentFile(content), save=False)
    values = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "file": stored.file.name}
    StoredFile._base_manager.filter(pk=stored.pk).update(**values)
