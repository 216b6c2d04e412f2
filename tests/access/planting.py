"""
Holes planted on purpose, to see whether the walk of the addresses notices them.

A hole is one small change of what decides who may do what: a role that may one act more or less, a role swapped for
another, an exclusion dropped, a view declared public, one piece of one check taken away (its condition turned, half
of it left out, a filter widened), a view or an act that does not ask what it refuses by, or a look-up that forgets
whom it is for. It is planted in the running process, and taken out again.
"""

import ast
import contextlib
import copy
import importlib
import inspect
import re
import textwrap
from dataclasses import dataclass
from functools import cache, cached_property, partial
from types import MappingProxyType

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from mktogether.lib.prepared import TOLD
from partnerships import roles, standing
from partnerships.roles import Act, Within
from partnerships.story.kinds import KINDS
from records.access import PUBLIC, SIGNED_IN
from tests.access import changing, walking
from tests.access.world.readers import MANY

# Whatever decides about access: whole modules, and single functions of others.
CHECKS = (
    "finance.access",
    "finance.models:BudgetQuerySet.seen_by",
    "finance.models:ContributionQuerySet.seen_by",
    "finance.models:YearQuerySet.seen_by",
    "meetings.access",
    "meetings.calendars.feed:find",
    "meetings.calendars.feed:has_part",
    "meetings.frequency.reading:_bodies_read_by",
    "meetings.frequency.reading:_meetings_read_by",
    "meetings.minutes:part",
    "meetings.minutes:whose",
    "meetings.models.business:ActionQuerySet.seen_by",
    "meetings.models.business:DecisionQuerySet.seen_by",
    "meetings.models.calendars:CalendarAddressQuerySet.alive",
    "meetings.models.calendars:CalendarAddressQuerySet.seen_by",
    "meetings.models.meeting:AgendaItemQuerySet.seen_by",
    "meetings.models.meeting:MeetingQuerySet._within",
    "meetings.models.meeting:MeetingQuerySet.seen_by",
    "meetings.models.meeting:MeetingQuerySet.with_confidential_part_for",
    "meetings.models.meeting:PartOfAMeeting.seen_by",
    "meetings.reading:_may",
    "meetings.reading:agenda",
    "meetings.record:seen",
    "meetings.replying.access",
    "meetings.replying.deputy_links:_deputyships",
    "meetings.replying.deputy_links:find",
    "meetings.replying.deputy_links:links_for",
    "meetings.replying.links:_mandates",
    "meetings.replying.links:can_sign_in",
    "meetings.replying.links:find",
    "meetings.replying.links:links_for",
    "meetings.replying.links:may_speak",
    "meetings.representation.reading:_read",
    "meetings.sight",
    "meetings.views.frequency:_refuse_who_reads_none",
    "meetings.views.representation:_find",
    "meetings.views.representation:_refuse_who_reads_none",
    "partnerships.access",
    "partnerships.explaining.sight",
    "partnerships.granting.actions.auditing:may_audit",
    "partnerships.granting.keeping:reaching",
    "partnerships.granting.keeping:times_kept",
    "partnerships.granting.rules",
    "partnerships.granting.sight",
    "partnerships.leaving.returning:may_switch_on",
    "partnerships.leaving.rules:may_end",
    "partnerships.models.arrangements:ArrangementQuerySet.published_on",
    "partnerships.models.arrangements:ArrangementQuerySet.seen_by",
    "partnerships.models.bodies:BodyQuerySet.of_area",
    "partnerships.models.bodies:BodyQuerySet.seen_by",
    "partnerships.models.dated:in_force",
    "partnerships.models.grounds:grounded",
    "partnerships.models.reviews:AccessReviewLineQuerySet.seen_by",
    "partnerships.models.reviews:AccessReviewQuerySet.seen_by",
    "partnerships.models.scenarios:ScenarioQuerySet.seen_by",
    "partnerships.panels:access_reviews",
    "partnerships.panels:failed_work",
    "partnerships.panels:not_sent",
    "partnerships.queries:failed_work",
    "partnerships.reminding:sees",
    "partnerships.reviewing.rules:may_answer",
    "partnerships.reviewing.rules:may_begin",
    "partnerships.reviewing.rules:may_review_any",
    "partnerships.reviewing.sight",
    "partnerships.standing:Reach.to_body",
    "partnerships.standing:Standing._add",
    "partnerships.standing:Standing._excluded",
    "partnerships.standing:Standing._reaches",
    "partnerships.standing:Standing.area_ids",
    "partnerships.standing:Standing.excluded",
    "partnerships.standing:Standing.may",
    "partnerships.standing:Standing.structure_of",
    "partnerships.standing:_held",
    "partnerships.standing:_load",
    "partnerships.standing:standing_of",
    "partnerships.story.sight",
    "partnerships.structure.partners:seen_by",
    "records.access:_refuse_who_cannot",
    "records.access:confirmed_lately",
    "records.files:any_of",
    "records.files:visible",
    "records.jobs:may_cancel",
    "records.jobs:may_follow",
    "records.jobs:visible",
    "records.middleware:DeclaredAccessMiddleware.process_view",
    "records.models.reminders:ReminderQuerySet.seen_by",
    "records.models.work:JobQuerySet.seen_by",
    "records.models.work:StoredFileQuerySet.seen_by",
    "records.reminders.failures:_of",
    "records.reminders.kinds:visible",
    "reports.access",
    "reports.building:whose",
    "reports.models.comments:AboutADraft.seen_by",
    "reports.models.comments:OwnQuerySet.seen_by",
    "reports.models.reports:PartOfAReport.in_making",
    "reports.models.reports:PartOfAReport.seen_by",
    "reports.models.reports:ReportQuerySet.in_making",
    "reports.models.reports:ReportQuerySet.seen_by",
    "reports.models.reports:SectionQuerySet.in_making",
    "reports.models.reports:SectionQuerySet.seen_by",
    "reports.models.reports:VersionQuerySet.seen_by",
    "reviews.access",
    "reviews.models.audits:AuditQuerySet.seen_by",
    "reviews.models.audits:AuditedCaseQuerySet.seen_by",
    "reviews.models.cases:CaseQuerySet.seen_by",
    "reviews.models.counts:YearCountQuerySet.seen_by",
    "reviews.models.details:CasePersonQuerySet.seen_by",
    "reviews.models.panels:CorrectionQuerySet.seen_by",
    "reviews.models.parts:PartOfCaseQuerySet.seen_by",
    "reviews.models.referrals:ReferralQuerySet.receipts_of",
    "reviews.models.referrals:ReferralQuerySet.seen_by",
)
# What keeps the history, and what sends the mail: no check of access, but their pieces are changed the same way.
KEEPING_AND_SENDING = (
    "records.history.anchors",
    "records.history.checking",
    "records.history.denials",
    "records.history.sealing",
    "records.history.signing",
    "records.history.verbs",
    "records.history.writing",
    "records.outbox",
)
# Beside the checks, whatever in these apps refuses by a verdict or by how far something reaches.
APPS = ("records", "partnerships", "meetings", "finance", "reviews", "reports")
ASKING = re.compile(r"not \(?verdict\b|\breach\b|\b(may\w*|reads|keeps|has_part|finds_\w+|confirmed_lately)\(")
NO_PART_OF_IT = {"sample", "migrations", "management"}
# These look things up for nobody: they say at the start how the history does, and that is changed where it is kept.
AT_THE_START = {"register", "register_all", "_contributions", "_of_year"}


@dataclass(frozen=True)
class Hole:
    """One change that should be noticed: what it is, and a context in which it stands."""

    name: str
    planted: object  # a function that gives a context manager
    seen_by: tuple[str, ...] = ()  # the columns of permissions.csv that alone can tell; empty: any of them
    asks: str = ""  # what a request must ask for the hole to matter to it, as recording.py notes it; empty: anything

    def __str__(self):
        return self.name

    @property
    def key(self):
        """By what the hole is explained: its name without the piece of code that it changes."""
        return self.name.partition(" in “")[0]


# Who in the world of the walk has which role.
HAVE = {
    "member": ("member", "partnership member", "other group", "excluded member", MANY),
    "deputy": ("named deputy", "presiding deputy", MANY),
    "group chair": ("chair",),
    "vice-chair": ("vice-chair",),
    "partnership chair": ("partnership chair",),
    "partner": ("lead partner", "delegated partner"),
    "panel member": ("panel member", MANY),
    "scrutineer": ("scrutineer", "scrutineer in the audit"),
    "auditor": ("scrutineer in the audit",),
    "team": ("team", "emergency of the team", "case lead", "excluded from the case", "other case"),
    "agency administrator": ("agency administrator", MANY),
    "finance editor": ("finance editor", MANY),
    "information governance": ("information governance", MANY),
    "system administrator": ("system administrator", MANY),
    "presenter": ("presenter", MANY),
    "independent reviewer": ("independent reviewer", MANY),
    "case lead": ("case lead", "excluded from the case", "other case"),
    "lay member": ("lay member", MANY),
    "democratic services": ("democratic services",),
    "emergency": ("emergency", "emergency on the case", "emergency of the team"),
}


def holes():
    """Every hole there is to plant."""
    for of_kind in kinds().values():
        yield from of_kind()


def kinds():
    """What makes the holes of each kind, by what they are."""
    return {
        "a role may less": _roles_that_may_less,
        "a role may more": _roles_that_may_more,
        "what makes a role makes another": roles_swapped,
        "a view is made public": _views_made_public,
        "a piece of a check is changed": _checks_weakened,
        "a view or an act does not ask": _checks_not_asked,
        "a look-up forgets whom it is for": _lookups_that_forget,
    }


def of_act(act):
    """How it is noted that a request asks how far somebody's doing of an act reaches."""
    return f"act {act.name}"


def of_kind(label):
    """How it is noted that a request looks up, for the history, things of the kind with this label."""
    return f"kind {label}"


def of_route(name):
    """How it is noted that a request asks for a route."""
    return f"route {name}"


# --- The table of roles -----------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _role_that_may(role, may):
    before = role.may
    object.__setattr__(role, "may", MappingProxyType(may))
    try:
        yield
    finally:
        object.__setattr__(role, "may", before)


def _hole_in(role, act, may, words):
    return Hole(f"{role.name}: {words}", lambda: _role_that_may(role, may), HAVE[role.key], asks=of_act(act))


def _roles_that_may_less():
    """Each act taken from each role that may it, and each way in which it reaches."""
    for role in roles.ROLES.values():
        if role is roles.PUBLIC:
            continue
        for act, within in role.may.items():
            yield _hole_in(role, act, {a: w for a, w in role.may.items() if a != act}, f"may not {act.name}")
            if len(within) > 1:
                for one in within:
                    yield _hole_in(role, act, {**role.may, act: within - {one}}, f"{act.name} not within {one.name}")


def _roles_that_may_more():
    """Each act given to each role that may it less far or not at all, in the whole area."""
    for role in roles.ROLES.values():
        if role is roles.PUBLIC:  # nobody holds it; the public is asked about by the views made public
            continue
        for act in Act:
            within = role.may.get(act, frozenset())
            if Within.AREA not in within:
                yield _hole_in(role, act, {**role.may, act: within | {Within.AREA}}, f"{act.name} in the whole area")


@contextlib.contextmanager
def _said_to_be(what, role):
    before = standing.ROLE_OF[what]
    standing.ROLE_OF[what] = role
    try:
        yield
    finally:
        standing.ROLE_OF[what] = before


def roles_swapped():
    """Whatever makes a role makes the next one in the table instead."""
    everything = [role for role in roles.ROLES.values() if role is not roles.PUBLIC]
    for what, role in standing.ROLE_OF.items():
        other = everything[(everything.index(role) + 1) % len(everything)]
        yield Hole(
            f"{what} makes {other.name}", lambda what=what, other=other: _said_to_be(what, other), HAVE[role.key]
        )


# --- Views ------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _declared(view, access):
    before = view.declared_access
    view.declared_access = access
    try:
        yield
    finally:
        view.declared_access = before


def _views_made_public():
    """Each view that asks for an account, declared public."""
    for name, view in walking.routes():
        if getattr(view, "declared_access", None) == SIGNED_IN:
            yield Hole(f"{name} is public", lambda view=view: _declared(view, PUBLIC), ("public",), of_route(name))


# --- Pieces of checks -------------------------------------------------------------------------------------------------


def _checks_weakened():
    return _pieces_changed(CHECKS, changing.WAYS)


def of_keeping_and_sending():
    """Each piece of what keeps the history and sends the mail, changed; also such as say nothing of access."""
    return _pieces_changed(KEEPING_AND_SENDING, (*changing.WAYS, *changing.WAYS_OF_ALL_CODE))


def _pieces_changed(names, ways, running=changing.running):
    for check, function in named(names).items():
        for number, (words, tree) in enumerate(changing.changed(function, ways)):
            yield Hole(f"{check} {number}: {words}", partial(running, function, tree), asks=check)


def named(names):
    """The functions that ``names`` name as CHECKS does, by their whole names."""
    found = {}
    for name in names:
        module_name, _, within = name.partition(":")
        for function in functions(importlib.import_module(module_name), within):
            found[f"{module_name}.{function.__qualname__}"] = function
    return found


def _checks_not_asked():
    """Each place where a view or an act refuses by a check, going on as if nothing stood against it."""
    for check, function in guards().items():
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
        for number, index in enumerate(i for i, node in enumerate(ast.walk(tree)) if _refuses(node)):
            changed = copy.deepcopy(tree)
            node = list(ast.walk(changed))[index]
            piece = " ".join(ast.unparse(node.test).split())[:60]
            node.test = ast.Constant(False)
            yield Hole(
                f"{check} {number}: not asked in “{piece}”",
                partial(changing.running, function, ast.fix_missing_locations(changed)),
                asks=check,
            )


@cache
def guards():
    """By its name, every function outside CHECKS that refuses by a check."""
    found = {}
    for module_name, tree in _code():
        for name in _refusing(tree):
            if not {module_name, f"{module_name}:{name}"} & set(CHECKS):
                function = getattr(importlib.import_module(module_name), name)
                found[f"{module_name}.{name}"] = inspect.unwrap(function)
    return found


def _code():
    """The modules of APPS by their names, as trees."""
    for path in sorted(path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py")):
        place = path.relative_to(settings.BASE_DIR).with_suffix("").parts
        if NO_PART_OF_IT.isdisjoint(place):
            yield ".".join(place), ast.parse(path.read_text())


def _refusing(tree):
    """The names of the functions of a module that refuse by a check."""
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    return [function.name for function in functions if any(map(_refuses, ast.walk(function)))]


def _refuses(node):
    """Whether a piece of code raises something where a check says no."""
    raises = isinstance(node, ast.If) and any(isinstance(one, ast.Raise) for one in node.body)
    return raises and ASKING.search(ast.unparse(node.test)) is not None


# --- Look-ups ---------------------------------------------------------------------------------------------------------


def _lookups_that_forget():
    """Each place where rows are looked up for somebody, finding all; and so each kind that the history tells of."""
    yield from _pieces_changed(lookups(), changing.WAY_TO_FORGET, changing.forgetting)
    for label, kind in KINDS.items():
        if kind.visible is not None:
            name = f"partnerships.story.kinds.{label}: forgets whom it is for"
            yield Hole(name, partial(_shown_whole, kind), asks=of_kind(label))


@cache
def lookups():
    """Every function that looks rows up for somebody, named as CHECKS names them."""
    found = []
    for module_name, tree in _code():
        classes = [(f"{node.name}.", node) for node in tree.body if isinstance(node, ast.ClassDef)]
        for within, owner in (("", tree), *classes):
            functions = (node for node in owner.body if isinstance(node, ast.FunctionDef))
            names = [node.name for node in functions if any(map(_has_reader, ast.walk(node)))]
            found += [f"{module_name}:{within}{name}" for name in names if name not in AT_THE_START]
    return found


def _has_reader(node):
    return isinstance(node, ast.Attribute) and node.attr in changing.SCOPES


@contextlib.contextmanager
def _shown_whole(kind):
    before = kind.visible

    def whole(user):
        found = changing.everything(kind.model._default_manager.all())
        found.query.select_related = before(user).query.select_related
        return found

    with seen_by(kind, whole):
        yield


@contextlib.contextmanager
def seen_by(kind, visible):
    """What the history tells of is, of this kind, whatever ``visible(user)`` finds."""
    before = kind.visible
    object.__setattr__(kind, "visible", visible)
    try:
        yield
    finally:
        object.__setattr__(kind, "visible", before)


# ----------------------------------------------------------------------------------------------------------------------


def functions(module, within):
    """The functions of the module, or the one that ``within`` names."""
    if not within:
        found = inspect.getmembers(module, inspect.isfunction)
        own = (pair for pair in found if pair[1].__module__ == module.__name__)
        return [function for name, function in own if not name.startswith("__")]  # such put in whoever breaks checks
    thing = module
    for part in within.split("."):
        thing = inspect.getattr_static(thing, part)
    if isinstance(thing, cached_property):
        thing = thing.func
    return [inspect.unwrap(thing)]


def forget_prepared():
    """SQL that was built before a hole was planted, or while it stood, is not used again, nor kept by PostgreSQL."""
    connection = connections[DEFAULT_DB_ALIAS]
    vars(connection).pop("prepared_queries", None)
    if connection.vendor == "postgresql" and TOLD.pop(connection.connection, None):
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
