"""
Holes planted on purpose, to see whether the walk of the addresses notices them.

A hole is one small change of what decides who may do what: a role that may one act more or less, a role swapped for
another, an exclusion dropped, a view declared public, or one piece of one check taken away (its condition turned, half
of it left out, a filter widened). It is planted in the running process, and taken out again.
"""

import ast
import contextlib
import copy
import importlib
import inspect
import textwrap
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType

from django.db import DEFAULT_DB_ALIAS, connections

from partnerships import roles, standing
from partnerships.roles import Act, Within
from records.access import PUBLIC, SIGNED_IN
from tests.access import walking
from tests.access.world.readers import MANY

# Whatever decides about access: whole modules, and single functions of others.
CHECKS = (
    "finance.access",
    "finance.models:BudgetQuerySet.seen_by",
    "finance.models:ContributionQuerySet.seen_by",
    "finance.models:YearQuerySet.seen_by",
    "meetings.access",
    "meetings.sight",
    "meetings.minutes:whose",
    "meetings.minutes:part",
    "meetings.views.representation:_find",
    "meetings.views.representation:_refuse_who_reads_none",
    "meetings.views.frequency:_refuse_who_reads_none",
    "meetings.models.meeting:MeetingQuerySet.seen_by",
    "meetings.models.meeting:MeetingQuerySet.with_confidential_part_for",
    "meetings.models.meeting:MeetingQuerySet._within",
    "meetings.models.meeting:AgendaItemQuerySet.seen_by",
    "meetings.models.business:DecisionQuerySet.seen_by",
    "meetings.models.business:ActionQuerySet.seen_by",
    "partnerships.access",
    "partnerships.granting.actions.auditing:may_audit",
    "partnerships.granting.keeping:reaching",
    "partnerships.granting.keeping:keepers_of",
    "partnerships.granting.rules",
    "partnerships.granting.sight",
    "partnerships.leaving.rules:may_end",
    "partnerships.models.grounds:grounded",
    "partnerships.explaining.sight",
    "partnerships.models.arrangements:ArrangementQuerySet.seen_by",
    "partnerships.models.arrangements:ArrangementQuerySet.published_on",
    "partnerships.models.bodies:BodyQuerySet.seen_by",
    "partnerships.models.scenarios:ScenarioQuerySet.seen_by",
    "partnerships.models.dated:in_force",
    "partnerships.models.reviews:AccessReviewQuerySet.seen_by",
    "partnerships.models.reviews:AccessReviewLineQuerySet.seen_by",
    "partnerships.reviewing.rules:may_begin",
    "partnerships.reviewing.rules:may_review_any",
    "partnerships.reviewing.rules:may_answer",
    "partnerships.reviewing.sight",
    "partnerships.structure.partners:seen_by",
    "partnerships.standing:Reach.to_body",
    "partnerships.standing:Standing.area_ids",
    "partnerships.standing:Standing.structure_of",
    "partnerships.standing:Standing.may",
    "partnerships.standing:Standing.excluded",
    "partnerships.standing:Standing._excluded",
    "partnerships.standing:Standing._add",
    "partnerships.standing:Standing._reaches",
    "partnerships.standing:standing_of",
    "partnerships.standing:_load",
    "partnerships.standing:_held",
    "records.files:visible",
    "records.files:any_of",
    "partnerships.story.sight",
    "records.access:confirmed_lately",
    "records.jobs:visible",
    "reports.access",
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
    "reviews.models.details:CasePersonQuerySet.seen_by",
    "reviews.models.parts:PartOfCaseQuerySet.seen_by",
    "reviews.models.referrals:ReferralQuerySet.receipts_of",
    "reviews.models.referrals:ReferralQuerySet.seen_by",
    "meetings.calendars.feed:has_part",
    "meetings.replying.access",
    "meetings.replying.deputy_links:find",
    "meetings.replying.deputy_links:_deputyships",
    "meetings.replying.links:find",
    "meetings.replying.links:_mandates",
    "meetings.replying.links:can_sign_in",
    "meetings.replying.links:may_speak",
    "partnerships.reminding:sees",
    "records.reminders.kinds:visible",
    "meetings.record:seen",
    "meetings.reading:agenda",
)


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
    yield from _roles_that_may_less()
    yield from _roles_that_may_more()
    yield from roles_swapped()
    yield from _views_made_public()
    yield from _checks_weakened()


def of_act(act):
    """How it is noted that a request asks how far somebody's doing of an act reaches."""
    return f"act {act.name}"


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
    for name in CHECKS:
        module_name, _, within = name.partition(":")
        for function in functions(importlib.import_module(module_name), within):
            check = f"{module_name}.{function.__qualname__}"
            for number, (words, tree) in enumerate(_weaker(function)):
                yield Hole(f"{check} {number}: {words}", partial(_with_code, function, tree), asks=check)


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
    return [thing]


def _weaker(function):
    """The function's source as trees, each with one piece of it changed, and what was changed in words."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    nodes = list(ast.walk(tree))
    for index, node in enumerate(nodes):
        for words, change in _changes(node):
            changed = copy.deepcopy(tree)
            change(list(ast.walk(changed))[index], changed)
            piece = " ".join(ast.unparse(node).split())[:60]
            yield f"{words} in “{piece}”", ast.fix_missing_locations(changed)


def _changes(node):
    """The ways in which a piece of a check can be weakened; each changes the same piece of a copy."""
    for kinds, ways in WAYS:
        if isinstance(node, kinds):
            yield from ways(node)


def _conditions(node):
    for value in (True, False):
        yield f"always {value}", lambda n, _t, value=value: setattr(n, "test", ast.Constant(value))


def _parts(node):
    for position in range(len(node.values)):
        yield f"part {position} left out", lambda n, _t, p=position: n.values.pop(p) and _single(n)


def _comparisons(node):
    for operator in TURNED.get(type(node.ops[0]), ()):
        yield f"{operator.__name__}", lambda n, _t, o=operator: n.ops.__setitem__(0, o())


def _combinations(node):
    if isinstance(node.op, (ast.BitAnd, ast.BitOr, ast.Sub)):
        other = ast.BitOr if isinstance(node.op, ast.BitAnd) else ast.BitAnd
        yield f"{other.__name__}", lambda n, _t, o=other: setattr(n, "op", o())


def _filters(node):
    if isinstance(node.func, ast.Attribute) and node.func.attr in {"filter", "exclude"}:
        yield "left out", _without_call
        for position in range(len(node.args)):
            yield f"condition {position} left out", lambda n, _t, p=position: n.args.pop(p)
        for position in range(len(node.keywords)):
            yield f"{node.keywords[position].arg} left out", lambda n, _t, p=position: n.keywords.pop(p)


def _refusals(node):
    if isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "refused":
        yield "allowed instead", lambda n, _t: setattr(n, "value", ast.Name("ALLOWED", ast.Load()))


WAYS = (
    ((ast.If, ast.IfExp), _conditions),
    (ast.BoolOp, _parts),
    (ast.Compare, _comparisons),
    (ast.BinOp, _combinations),
    (ast.Call, _filters),
    (ast.Return, _refusals),
)
TURNED = {
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}


def _single(node):
    if len(node.values) == 1:
        node.values.append(node.values[0])


def _without_call(node, tree):
    """``rows.filter(…)`` becomes ``rows``."""
    receiver = node.func.value
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, field, receiver)
            elif isinstance(value, list) and node in value:
                value[value.index(node)] = receiver


@contextlib.contextmanager
def _with_code(function, tree):
    """The function runs the code of ``tree``, wherever it was imported to."""
    before = function.__code__
    namespace = {}
    tree.body[0].decorator_list = []
    wrapped = tree
    if before.co_freevars:  # a method that speaks of its class needs a place to find it
        names = "\n".join(f"    {name} = None" for name in before.co_freevars)
        outer = ast.parse(f"def outer():\n{names}\n    return None")
        outer.body[0].body.insert(-1, tree.body[0])
        wrapped = ast.fix_missing_locations(outer)
    exec(compile(wrapped, "<hole>", "exec"), dict(function.__globals__), namespace)
    code = next(
        const
        for const in _consts(next(iter(namespace.values())).__code__)
        if const.co_name == before.co_name and const.co_freevars == before.co_freevars
    )
    function.__code__ = code
    try:
        yield
    finally:
        function.__code__ = before


def _consts(code):
    yield code
    for const in code.co_consts:
        if inspect.iscode(const):
            yield from _consts(const)


def forget_prepared():
    """SQL that was built before a hole was planted, or while it stood, is not used again."""
    vars(connections[DEFAULT_DB_ALIAS]).pop("prepared_queries", None)
