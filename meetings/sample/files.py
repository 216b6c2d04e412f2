"""Reading the sample's YAML files. Whatever is wrong in one is said with its file and line."""

import datetime as dt

import yaml
from django.utils import timezone

REQUIRED = object()
# The same in C where the library brings it: a third of a second less for all the files.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class WrongFile(Exception):
    """Something in a file of the sample is not as it must be; the text says where and what was expected there."""

    def __init__(self, file, line, sentence):
        super().__init__(f"{file}, line {line}: {sentence}")


class Entry:
    """A mapping of a file that knows where each of its keys stands, and hands its values out by their kind."""

    def __init__(self, file, line, values, lines):
        self.file = file
        self.line = line
        self.values = values
        self.lines = lines

    def wrong(self, sentence, key=None):
        """The error to raise for this entry, or for its ``key``."""
        return WrongFile(self.file, self.lines.get(key, self.line), sentence)

    def only(self, *known):
        """This entry, if every key of it is one of ``known``."""
        for key in self.values:
            if key not in known:
                raise self.wrong(f"“{key}” is not known here. Known are: {', '.join(known)}.", key)
        return self

    def without_values(self, key=None):
        """An entry in the place of this one, or of its ``key``, that holds nothing."""
        return Entry(self.file, self.lines.get(key, self.line), {}, {})

    def __contains__(self, key):
        return key in self.values

    def text(self, key, default=REQUIRED):
        return self._value(key, default, str, "a text (in quotes, if it looks like a number or a time)")

    def number(self, key, default=REQUIRED):
        return self._value(key, default, int, "a whole number")

    def flag(self, key, default=REQUIRED):
        return self._value(key, default, bool, "true or false")

    def entry(self, key, default=REQUIRED):
        return self._value(key, default, Entry, "a mapping (key: value)")

    def texts(self, key):
        """A list of texts; none where the key is missing."""
        return self._list(key, str, "texts")

    def numbers(self, key):
        """A list of whole numbers; none where the key is missing."""
        return self._list(key, int, "whole numbers")

    def entries(self, key):
        """A list of mappings; none where the key is missing."""
        return self._list(key, Entry, "mappings (key: value)")

    def day(self, key, default=REQUIRED):
        return self._value(key, default, dt.date, "a day, such as 2024-04-10")

    def moment(self, key, default=REQUIRED):
        """A day (its first moment) or a day and time, as people in Europe/London write them."""
        value = self._value(key, default, (dt.date, str), "a day, such as 2024-04-10, or a day and time")
        if value is default:
            return value
        try:
            return local(dt.datetime.fromisoformat(str(value)))
        except ValueError:
            raise self.wrong(f"“{value}” is no day and time, such as 2025-01-21 16:00.", key) from None

    def time(self, key, default=REQUIRED):
        value = self.text(key, default)
        try:
            return dt.time.fromisoformat(value)
        except ValueError:
            raise self.wrong(f'“{value}” is no time, such as "14:00".', key) from None

    def choice(self, key, choices, default=REQUIRED):
        """A text that is one of ``choices``."""
        value = self.text(key, default)
        if value is not default and value not in choices:
            raise self.wrong(f"“{value}” is not known here. Known are: {', '.join(choices)}.", key)
        return value

    def _value(self, key, default, kind, words):
        if key not in self.values:
            if default is REQUIRED:
                raise self.wrong(f"“{key}” is missing here.")
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(f"“{key}” must be {words}.", key)
        return value

    def _list(self, key, kind, words):
        values = self._value(key, [], list, f"a list of {words}")
        if not all(isinstance(value, kind) for value in values):
            raise self.wrong(f"“{key}” must be a list of {words}.", key)
        return values


def read(folder, name):
    """The mapping that the file ``name`` in ``folder`` holds."""
    path = folder / name
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=LOADER)
    except FileNotFoundError:
        raise WrongFile(name, 1, "the file is missing.") from None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise WrongFile(name, mark.line + 1, f"this is not YAML ({problem.problem}).") from None
    found = _value(node, name)
    if not isinstance(found, Entry):
        raise WrongFile(name, 1, "the file must hold one mapping (key: value).")
    return found


def refuse_twice(entries, key, sentence="“{}” stands here twice."):
    """Raise WrongFile if two of ``entries`` have the same text under ``key``."""
    seen = set()
    for entry in entries:
        value = entry.text(key)
        if value in seen:
            raise entry.wrong(sentence.format(value), key)
        seen.add(value)


def local(naive):
    """A moment from what people in Europe/London call it."""
    return timezone.make_aware(naive, timezone.get_default_timezone())


def _value(node, file):
    if isinstance(node, yaml.MappingNode):
        return _entry(node, file)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, file) for child in node.value]
    return yaml.constructor.SafeConstructor().construct_object(node) if node else None


def _entry(node, file):
    values, lines = {}, {}
    for key_node, child in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if key in values:
            raise WrongFile(file, line, f"“{key}” stands here twice.")
        values[key] = _value(child, file)
        lines[key] = line
    return Entry(file, node.start_mark.line + 1, values, lines)
