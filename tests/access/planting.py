"""
Holes planted on purpose, to see whether the walk of the addresses notices them.

A hole is one small change of what decides who may do what: a role that may one act more or less, a role swapped for
another, an exclusion dropped, a view declared public, one piece of one check taken away (its condition turned, half
of it left out, a filter widened), or a view or an act that does not ask what it refuses by. It is planted in the
running process, and taken out again.
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
    "partnerships.granting.keeping:keepers_of",
    "partnerships.granting.keeping:reaching",
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
    }


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
    return _pieces_changed(CHECKS)


def of_keeping_and_sending():
    """Each piece of what keeps the history and sends the mail, changed; also such as say nothing of access."""
    return _pieces_changed(KEEPING_AND_SENDING, (*WAYS, *WAYS_OF_ALL_CODE))


def _pieces_changed(names, ways=None):
    for name in names:
        module_name, _, within = name.partition(":")
        for function in functions(importlib.import_module(module_name), within):
            check = f"{module_name}.{function.__qualname__}"
            for number, (words, tree) in enumerate(_weaker(function, ways or WAYS)):
                yield Hole(f"{check} {number}: {words}", partial(_with_code, function, tree), asks=check)


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
                partial(_with_code, function, ast.fix_missing_locations(changed)),
                asks=check,
            )


@cache
def guards():
    """By its name, every function outside CHECKS that refuses by a check."""
    found = {}
    for path in sorted(path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py")):
        place = path.relative_to(settings.BASE_DIR).with_suffix("").parts
        if NO_PART_OF_IT.isdisjoint(place):
            module_name = ".".join(place)
            for name in _refusing(path.read_text()):
                if not {module_name, f"{module_name}:{name}"} & set(CHECKS):
                    function = getattr(importlib.import_module(module_name), name)
                    found[f"{module_name}.{name}"] = inspect.unwrap(function)
    return found


def _refusing(source):
    """The names of the functions of a module that refuse by a check."""
    functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    return [function.name for function in functions if any(map(_refuses, ast.walk(function)))]


def _refuses(node):
    """Whether a piece of code raises something where a check says no."""
    raises = isinstance(node, ast.If) and any(isinstance(one, ast.Raise) for one in node.body)
    return raises and ASKING.search(ast.unparse(node.test)) is not None


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


def _weaker(function, ways):
    """The function's source as trees, each with one piece of it changed, and what was changed in words."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    nodes = list(ast.walk(tree))
    for index, node in enumerate(nodes):
        for words, change in _changes(node, ways):
            changed = copy.deepcopy(tree)
            change(list(ast.walk(changed))[index], changed)
            piece = " ".join(ast.unparse(node).split())[:60]
            yield f"{words} in “{piece}”", ast.fix_missing_locations(changed)


def _changes(node, ways):
    """The ways in which a piece of code can be weakened; each changes the same piece of a copy."""
    for kinds, of_kind in ways:
        if isinstance(node, kinds):
            yield from of_kind(node)


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


def _statements(node):
    if isinstance(node.value, ast.Call):
        yield "not done", lambda n, _t: setattr(n, "value", ast.Constant(None))


def _orders(node):
    for operator in ORDERS.get(type(node.ops[0]), ()):
        yield f"{operator.__name__}", lambda n, _t, o=operator: n.ops.__setitem__(0, o())


def _sums(node):
    if isinstance(node.op, (ast.Add, ast.Sub, ast.Mult)):
        other = ast.Sub if isinstance(node.op, ast.Add) else ast.Add
        yield f"{other.__name__}", lambda n, _t, o=other: setattr(n, "op", o())


def _negations(node):
    if isinstance(node.op, ast.Not):
        yield "not not", lambda n, _t: setattr(n, "operand", ast.UnaryOp(ast.Not(), n.operand))


def _numbers(node):
    if type(node.value) is int:
        yield f"{node.value + 1}", lambda n, _t: setattr(n, "value", n.value + 1)


def _results(node):
    if node.value is not None and not isinstance(node.value, ast.Constant):
        yield "nothing instead", lambda n, _t: setattr(n, "value", ast.Constant(None))


def _arguments(node):
    for position in range(len(node.keywords)):
        if node.keywords[position].arg:
            yield f"without {node.keywords[position].arg}", lambda n, _t, p=position: n.keywords.pop(p)


WAYS = (
    ((ast.If, ast.IfExp), _conditions),
    (ast.BoolOp, _parts),
    (ast.Compare, _comparisons),
    (ast.BinOp, _combinations),
    (ast.Call, _filters),
    (ast.Return, _refusals),
)
# What is changed beside that in code that decides about no access.
WAYS_OF_ALL_CODE = (
    (ast.Expr, _statements),
    (ast.Compare, _orders),
    (ast.BinOp, _sums),
    (ast.UnaryOp, _negations),
    (ast.Constant, _numbers),
    (ast.Return, _results),
    (ast.Call, _arguments),
)
ORDERS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
}
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
    """SQL that was built before a hole was planted, or while it stood, is not used again, nor kept by PostgreSQL."""
    connection = connections[DEFAULT_DB_ALIAS]
    vars(connection).pop("prepared_queries", None)
    if connection.vendor == "postgresql" and TOLD.pop(connection.connection, None):
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
