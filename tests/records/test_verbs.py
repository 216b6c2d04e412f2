"""Every verb that is written anywhere in the portal has words, and no words stand without their verb."""

import ast
from pathlib import Path

from records.history import verbs

ROOT = Path(__file__).parents[2]
OURS = ("records", "partnerships", "meetings", "finance", "reviews", "assurance", "reports")
WRITERS = {"record": 0, "read": None}  # which argument is the verb; None: the keyword of that name alone


def sources():
    for app in OURS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield path, ast.parse(path.read_text())


def texts(node, function, module):
    """The texts that an expression can be: itself, half of a condition, an entry of a table, or set to its name."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return texts(node.body, function, module) | texts(node.orelse, function, module)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        tables = [value for value in assigned(node.value.id, module) if isinstance(value, ast.Dict)]
        return {text for table in tables for value in table.values for text in texts(value, function, module)}
    if isinstance(node, ast.Name) and function is not None:
        return {text for value in assigned(node.id, function) for text in texts(value, function, module)}
    return set()


def assigned(name, function):
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets):
            yield node.value
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            yield from _unpacked(node, name)


def _unpacked(node, name):
    for place, to in enumerate(node.targets[0].elts):
        if isinstance(to, ast.Name) and to.id == name:
            halves = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
            yield from (half.elts[place] for half in halves if isinstance(half, ast.Tuple))


def writings(path, tree):
    """Each call that writes history, with the function in which it stands."""
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func, path) in WRITERS:
            yield node, next((one for one in functions if node in ast.walk(one)), None)


def name_of(callee, path):
    """``record`` of ``history.record`` and, inside the history itself, of ``record``."""
    if isinstance(callee, ast.Attribute) and isinstance(callee.value, ast.Name) and callee.value.id == "history":
        return callee.attr
    inside = path.is_relative_to(ROOT / "records" / "history")
    return callee.id if inside and isinstance(callee, ast.Name) and callee.id == "record" else ""


def verb_of(call, path):
    place = WRITERS[name_of(call.func, path)]
    if place is not None and call.args:
        return call.args[place]
    return next((keyword.value for keyword in call.keywords if keyword.arg == "verb"), None)


def handed_on(node, function):
    """A verb that the function got from its caller: the callers are looked at instead."""
    arguments = function.args.args + function.args.kwonlyargs if function else []
    names = {argument.arg for argument in arguments}
    return isinstance(node, ast.Name) and node.id in names


def written():
    """Every verb that the sources write, and the calls whose verb cannot be read."""
    found, unread = {}, []
    for path, tree in sources():
        for call, function in writings(path, tree):
            node = verb_of(call, path)
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            texts_of = texts(node, function, tree)
            for text in texts_of:
                found.setdefault(text, where)
            if not texts_of and not handed_on(node, function):
                unread.append(where)
        for node in ast.walk(tree):  # verbs that are handed on to a function of ours, as reads.note(...) is given them
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in verbs.VERBS:
                found.setdefault(node.value, str(path.relative_to(ROOT)))
    return found, unread


def test_every_verb_has_words():
    """Missing here: register a Verb for it in the verbs.py of its app (see records/history/verbs.py)."""
    found, _unread = written()
    assert {verb: where for verb, where in found.items() if verb not in verbs.VERBS} == {}
    assert len(found) > 40


def test_every_verb_can_be_read_in_the_sources():
    """Write the verb as a text where history is recorded, so that it can be found."""
    _found, unread = written()
    assert unread == []


def test_no_words_stand_without_their_verb():
    used = {
        node.value
        for path, tree in sources()
        if path.name != "verbs.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(verbs.VERBS) - used == set()


def test_words_follow_a_post_and_name_one_thing_at_most():
    for verb in verbs.VERBS.values():
        assert verb.says[0].islower(), verb
        assert not verb.says.endswith("."), verb
        assert verb.says.count(verbs.THING) <= 1, verb
        assert verb.says.replace(verbs.THING, "").count("{") == 0, verb


def test_an_event_of_a_verb_without_words_is_told_all_the_same():
    assert verbs.of("a.new_verb").says == "did something that has no words yet (a.new_verb)"


def test_verbs_are_found_by_name_and_by_group():
    group = verbs.Group.READ
    assert verbs.of("file.read").says == verbs.VERBS["file.read"].says
    assert verbs.of("no.such").says == "did something that has no words yet (no.such)"
    assert verbs.named(group) == sorted(name for name, verb in verbs.VERBS.items() if verb.group == group) != []
