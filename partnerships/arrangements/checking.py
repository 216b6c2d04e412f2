"""What the parts of a file of arrangements say of one another: each mistake with its line and its remedy."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone
from django.utils.text import slugify

from mktogether.lib.templatetags.wording import day as in_words
from partnerships import rules as language
from partnerships.arrangements import moments
from partnerships.arrangements import rules as structure
from partnerships.arrangements.document import Document, Place
from partnerships.arrangements.source import Problem, nearest, shown
from partnerships.arrangements.values import Entry
from partnerships.models import Line

MOST_BOARDS = MOST_PLACES = 500
PARTS = ("vice-chair", "chair")
CHAIR_UNKNOWN = (
    "Write who it is under “chairs”, by the post and agency of the member of a place; or, where the document gives it "
    "to one place for good, write “classes: [{}]” there."
)
RESERVED = ("representation",)  # addresses below /boards/ that are pages of their own


class Checking:
    """Goes through a document once, and adds what is wrong to ``problems``."""

    def __init__(self, found: Document, problems: list[Problem], today: dt.date):
        self.found, self.problems, self.today = found, problems, today
        self.agencies: dict[str, Entry] = {}
        self.aliases: dict[str, str] = {}
        self.boards: dict[str, Entry] = {}
        self.areas: set[str] = set()
        self.held: dict[tuple[str, str], set[str]] = {}  # (agency, post) to the kinds of its specified roles

    def check(self):
        self._arrangement()
        self._areas()
        self._agencies()
        self._relevant()
        self._roles()
        for board in self.found.boards:
            self._once(self.boards, board, "key", "Two boards have the key “{}”.")
        for board in self.found.boards[:MOST_BOARDS]:
            self._board(board)
        if len(self.found.boards) > MOST_BOARDS:
            message = f"The file has more than {MOST_BOARDS} boards."
            self.wrong(self.found.boards[MOST_BOARDS].line, message, "A file holds one arrangement.")
        self._loops()

    def wrong(self, line, message, remedy=""):
        self.problems.append(Problem(line, message, remedy))

    def warn(self, line, message, remedy=""):
        self.found.warnings.append(Problem(line, message, remedy))

    def _once(self, known, entry, key, message):
        value = entry[key]
        if value is None:
            return
        if value in known:
            self.wrong(entry.at(key), message.format(shown(value)), f"The first is in line {known[value].at(key)}.")
        else:
            known[value] = entry

    def _in_order(self, entry, first="from", last="until", begins=None, ends=None):
        """Whether the end of an entry does not lie before its start; a day or a moment each."""
        start = entry[first] if begins is None else begins
        end = entry[last] if ends is None else ends
        if start is None or end is None or start <= end:
            return True
        self.wrong(entry.at(last), f"“{last}” lies before “{first}”.", "Write an end that is not before the start.")
        return False

    def _arrangement(self):
        entry = self.found.arrangement
        self._in_order(entry, "applies from", "applies until")
        self._partial_order(entry, "in force from", "in force until")

    def _partial_order(self, entry, first, last):
        begins, ends = entry[first], entry[last]
        if begins and ends and ends < begins[: len(ends)]:
            self.wrong(entry.at(last), f"“{last}” lies before “{first}”.", "Write an end that is not before the start.")

    def _areas(self):
        known, codes = {}, {}
        for entry in [self.found.file["area"], *self.found.file.entries("other areas")]:
            if entry is not None:
                self._once(known, entry, "key", "Two areas have the key “{}”.")
                self._once(codes, entry, "code", "Two areas have the code “{}”.")
        self.areas = set(known)

    def _agencies(self):
        for entry in self.found.agencies:
            self._once(self.agencies, entry, "short", "Two agencies are called “{}”.")
        self._names_of_agencies()
        for entry in self.found.agencies:
            self._agency(entry, "part of")
            self._agency(entry, "succeeded by")
            if "succeeded" in entry and "succeeded by" not in entry:
                self.wrong(entry.at("succeeded"), "Nobody is named who came after it.", "Write “succeeded by” as well.")
        for key in ("part of", "succeeded by"):
            links = {name: [entry[key]] for name, entry in self.agencies.items() if entry[key] in self.agencies}
            if found := structure.loop(links):
                names = ", ".join(f"“{shown(name)}”" for name in found)
                self.wrong(self.agencies[found[0]].at(key), f"By “{key}” {names} lead round.", "Take one of these out.")

    def _names_of_agencies(self):
        slugs: dict[str, Entry] = {}
        for short, entry in self.agencies.items():
            address = slugify(short)
            if not address:
                self.wrong(entry.at("short"), f"“{shown(short)}” has no letter or figure.", "Write a short name.")
            elif address in slugs and slugs[address]["short"] != short:
                other = shown(slugs[address]["short"])
                self.wrong(entry.at("short"), f"“{shown(short)}” and “{other}” are too alike.", "Change one of them.")
            slugs.setdefault(address, entry)
            for line, name in entry.get("also called", ()):
                if self.aliases.get(name, short) != short or (name in self.agencies and name != short):
                    other = self.aliases.get(name, name)
                    self.wrong(line, f"“{shown(name)}” means “{shown(other)}” already.", "A name means one agency.")
                self.aliases.setdefault(name, short)

    def _agency(self, entry, key, line=None, name=None):
        """Whether the agency that ``entry`` names under ``key`` is one of the file."""
        name = entry[key] if name is None else name
        if name is None or name in self.agencies:
            return True
        if name in self.aliases:
            remedy = f"It is another name of “{shown(self.aliases[name])}”: write that."
        else:
            full = {entry["name"]: short for short, entry in self.agencies.items() if entry["name"]}
            close = full.get(name) or nearest(name, self.agencies)
            remedy = f"Did you mean “{shown(close)}”?" if close else "Write it under “agencies” with its short name."
        self.wrong(line or entry.at(key), f"“{shown(name)}” is no agency of this file.", remedy)
        return False

    def _relevant(self):
        known: dict[str, Entry] = {}
        relevant = self.found.file["relevant agencies"]
        for entry in relevant.entries("agencies") if relevant else ():
            self._once(known, entry, "agency", "“{}” is a relevant agency twice.")
            self._agency(entry, "agency")

    def _roles(self):
        seen: dict[tuple, Entry] = {}
        for role in self.found.file.entries("specified roles"):
            self._agency(role, "agency")
            if "for" in role and role["kind"] != "named member":
                self.wrong(role.at("for"), "Only a named member is named for something.", "Take “for” out.")
            same = (role["kind"], role["agency"], role["post"], role["for"])
            if same in seen:
                self.wrong(role.line, "This specified role stands here twice.", f"See line {seen[same].line}.")
            seen.setdefault(same, role)
            for holder in role.entries("holders"):
                self._agency(holder, "agency")
                self._moments(holder)
                who = (holder.get("agency", role["agency"]), holder["post"])
                self.held.setdefault(who, set()).add(role["kind"])

    def _moments(self, entry):
        """Start and end of something that holds to the minute; whether they are in order."""
        begins, ends = moments.start(entry["from"], None), moments.end(entry["until"])
        if begins is None or ends is None or begins < ends:
            return True
        self.wrong(entry.at("until"), "“until” lies before “from”.", "Write an end that is after the start.")
        return False

    def _board(self, board):
        if board["key"] in RESERVED:
            self.wrong(board.at("key"), f"“{board['key']}” is a page of its own.", "Choose another key.")
        self._in_order(board, "opened", "closed")
        self._in_order(board, "opened", "planned end")
        for line, area in board.get("shared with", ()):
            if area not in self.areas:
                self.wrong(line, f"“{area}” is no area of this file.", "Write it under “other areas”.")
            elif self.found.file["area"] and area == self.found.file["area"]["key"]:
                self.wrong(line, "The board is one of this area already.", "Take it out here.")
        for line, key in board.get("succeeds", ()):
            if key in self.boards:
                self.wrong(line, f"“{key}” is a board of this file, so it goes on.", "Name boards that ended.")
        self._former_names(board)
        places = self._places(board)
        self._chairs(board)
        self._lines(board)
        self._terms(board, places)

    def _former_names(self, board):
        days: dict[dt.date, Entry] = {}
        for former in board.entries("formerly"):
            if former["until"] in days:
                self.wrong(former.at("until"), "Two former names end on this day.", "A board has one name at a time.")
            elif former["until"] is not None:
                days[former["until"]] = former

    def _places(self, board):
        first = moments.start_of(self.found.first_day)
        last = None if self.found.last_day is None else moments.start_of(self.found.last_day + moments.ONE_DAY)
        seen: dict[str, Entry] = {}
        found: list[Place] = []
        for entry in board.entries("places"):
            self._agency(entry, "agency")
            self._moments(entry)
            in_attendance = entry.get("in attendance", False)
            if in_attendance and (entry["votes"] or entry["counts"]):
                at = entry.at("votes" if entry["votes"] else "counts")
                self.wrong(at, "Whoever is in attendance neither votes nor counts.", "Take one of the two out.")
            if "agency" not in entry and "agency" not in entry.lines and not in_attendance:
                self.wrong(entry.line, "“agency” is missing here.", "Only who is in attendance comes from none.")
            post_only = entry.get("post only", board.get("posts only", False))
            for person in [*entry.entries("members"), *entry.entries("deputies")] if post_only else ():
                self.wrong(person.line, "The place names only a post, so nobody holds it.", "Take “post only” out.")
            for number in range(1, (entry["places"] or 1) + 1):
                several = (entry["places"] or 1) > 1
                key = f"{entry['key']}-{number}" if several else entry["key"]
                if key in seen:
                    other = f"The first is in line {seen[key].line}."
                    self.wrong(entry.at("key"), f"Two places of the board have the key “{key}”.", other)
                seen.setdefault(key, entry)
                found.append(
                    Place(
                        entry=entry,
                        key=key,
                        title=f"{entry['title']} {number}" if several else entry["title"],
                        starts_at=moments.start(entry["from"], first),
                        ends_at=moments.end(entry["until"], last),
                        votes=entry.get("votes", not in_attendance),
                        counts=entry.get("counts", not in_attendance),
                        in_attendance=in_attendance,
                        post_only=post_only,
                        people=number == 1,
                    )
                )
            self._people(board, entry, found[-1])
        if len(found) > MOST_PLACES:
            self.wrong(
                board.at("places"), f"The board has more than {MOST_PLACES} places.", "Divide it, or take some out."
            )
            del found[MOST_PLACES:]
        if board["key"] is not None:
            self.found.places[board["key"]] = found
        return found

    def _people(self, board, entry, place):
        if (entry["places"] or 1) > 1 and ("members" in entry or "deputies" in entry):
            at = entry.at("members" if "members" in entry else "deputies")
            self.wrong(at, "Of several places alike it is not said whose these are.", "Write each place by itself.")
            return
        members = [member for member in entry.entries("members") if self._person(member)]
        self._no_overlap(members, place.starts_at, place.ends_at, "Two members hold this place at the same time.")
        for deputy in entry.entries("deputies"):
            self._person(deputy)
        for member in members:
            self._eligible(board, entry, member)

    def _person(self, entry):
        return self._agency(entry, "agency") and self._moments(entry)

    def _no_overlap(self, entries, first, last, message):
        spans = [(moments.start(entry["from"], first), moments.end(entry["until"], last)) for entry in entries]
        if found := structure.overlap(spans):
            later = max(found, key=lambda number: spans[number][0])
            self.wrong(entries[later].line, message, "End the one before the other begins, with “until” and “from”.")

    def _eligible(self, board, place, member):
        held = self.held.get((member.get("agency", place["agency"]), member["post"]), ())
        for terms in board.entries("terms"):
            barred = [kind for _line, kind in terms.get("barred", ())]
            for kind in structure.ineligible(held, barred):
                self.wrong(
                    member.line,
                    f"“{shown(member['post'] or '')}” may not be a member here: they hold the role “{kind}”.",
                    "Name somebody else, or take the role from “barred”.",
                )

    def _chairs(self, board):
        by_part: dict[str, list[Entry]] = {}
        for chair in board.entries("chairs"):
            if self._person(chair):
                by_part.setdefault(chair.get("part", "chair"), []).append(chair)
        first = moments.start_of(self.found.first_day)
        last = None if self.found.last_day is None else moments.start_of(self.found.last_day + moments.ONE_DAY)
        for part, chairs in by_part.items():
            self._no_overlap(chairs, first, last, f"Two people are {part} at the same time.")
        self._rotation(board, by_part, first)

    def _rotation(self, board, by_part, first):
        for terms in board.entries("terms"):
            begins, ends = self.found.span(terms)
            if not structure.is_in_force(begins, ends, self.today):
                continue
            for part in ("chair", "vice-chair"):
                turn = terms[part]
                if turn is None or turn["months"] is None:
                    continue
                for chair in by_part.get(part, ()):
                    since = timezone.localdate(moments.start(chair["from"], first))
                    over = chair["until"] is None and structure.turn_is_over(since, turn["months"], self.today)
                    if over:
                        term = f"{turn['months']} months, counted from {in_words(since)}"
                        message = f"The {part} has sat longer than {term}."
                        self.warn(chair.line, message, "Hand the chair over, or give the day on which they began.")

    def _lines(self, board):
        seen = set()
        for line in board.entries("lines"):
            ends = [key for key in ("board", "agency", "role") if key in line]
            if line.refused & {"board", "agency", "role"}:
                continue
            if len(ends) != 1:
                message = "A line leads to one end." if ends else "This line leads nowhere."
                self.wrong(line.line, message, "Write one of board, agency and role.")
                continue
            self._agency(line, "agency")
            if "board" in line and line["board"] not in self.boards and not self._has_unread_keys():
                close = nearest(line["board"], self.boards)
                remedy = f"Did you mean “{close}”?" if close else "Write it under “boards”, if need be as “outside”."
                self.wrong(line.at("board"), f"“{line['board']}” is no board of this file.", remedy)
            begins, last = self.found.span(line)
            self._in_order(line, begins=begins, ends=last)
            same = (line["kind"], ends[0], line[ends[0]], begins)
            if same in seen:
                self.wrong(line.line, "This line stands here twice.", "Take one out.")
            seen.add(same)

    def _has_unread_keys(self):
        """Whether some board has a key that cannot be one: lines may mean that board, and its key is told already."""
        return any("key" in board.refused for board in self.found.boards)

    def _loops(self):
        lines = [
            (board["key"], line["board"], *self.found.span(line), line)
            for board in self.found.boards
            for line in board.entries("lines")
            if line["kind"] in Line.UPWARD and line["board"] in self.boards
        ]
        said = set()
        for day in sorted({begins for _below, _above, begins, _last, _line in lines}):
            parents: dict[str, list[str]] = {}
            for below, above, begins, last, _line in lines:
                if structure.is_in_force(begins, last, day):
                    parents.setdefault(below, []).append(above)
            found = structure.loop(parents)
            if found and frozenset(found) not in said:
                said.add(frozenset(found))
                names = [self.boards[key]["name"] or key for key in found]
                around = next(line for below, above, *_span, line in lines if below == found[-1] and above == found[0])
                self.wrong(around.line, structure.loop_in_words(names))

    def _terms(self, board, places):
        spans = []
        for terms in board.entries("terms"):
            begins, last = self.found.span(terms)
            self._in_order(terms, begins=begins, ends=last)
            spans.append((begins, None if last is None else last + moments.ONE_DAY))
            self._agency(terms, "sponsor")
            if "at least" in terms and terms["at least"] and "meetings a year" not in terms:
                self.wrong(terms.at("at least"), "It is not said how many meetings.", "Write “meetings a year” too.")
            for part in ("chair", "vice-chair"):
                self._chair_by_terms(terms[part])
            self._rules(board, terms, places, begins)
        if found := structure.overlap(spans):
            entry = board.entries("terms")[max(found, key=lambda number: spans[number][0])]
            self.wrong(entry.line, "Two versions of the terms hold on one day.", "End one before the other begins.")

    def _chair_by_terms(self, chair):
        if chair is None:
            return
        self._agency(chair, "agency")
        for line, name in chair.get("among", ()):
            self._agency(chair, "among", line, name)
        if "months" in chair and chair["by"] not in ("rotation", "appointment"):
            remedy = "Take “months” out, or write “by: rotation” or “by: appointment”."
            self.wrong(chair.at("months"), "Only a chair in turns or by appointment has a term.", remedy)

    def _rules(self, board, terms, places, day):
        if "rules" not in terms:
            return
        try:
            parsed = language.parse_terms(terms["rules"])
        except language.RuleError as error:
            for problem in error.problems:
                self.wrong(terms.within("rules", problem.line), f"The rules: {problem.message}", problem.remedy)
            return
        at = moments.start_of(max(day, self.found.first_day))
        seats = self._seats(board, [place for place in places if place.ends_at is None or place.ends_at > at])
        if not seats:
            return
        for problem in language.check_text(terms["rules"], tuple(seats)):
            part = next((part for part in PARTS if f"“{part}”" in problem.message), "")
            say, remedy = (self.warn, CHAIR_UNKNOWN.format(part)) if part else (self.wrong, problem.remedy)
            say(terms.within("rules", problem.line), f"The rules: {problem.message}", remedy)
        named = any(place.entry.entries("members") for place in places)
        if named and not self.problems:
            self._reachable(board, terms, parsed, places)

    def _reachable(self, board, terms, parsed, places):
        begins, last = self.found.span(terms)
        day = min(max(self.today, begins), last or dt.date.max)
        at = moments.start_of(day)
        seats = tuple(self._seats(board, [place for place in places if _holds_at(place, at)], at))
        health = language.health(parsed, seats, day)
        if health.status == language.Status.NOT_QUORATE:
            self.warn(
                terms.at("rules"),
                f"With the vacancies of {in_words(day)} {board['name']} cannot be quorate: {health.sentence}",
                "Name the members who are missing.",
            )

    def _seats(self, board, places, at=None):
        """The places as rules know them. Who is in the chair carries that, unless a place has it by hand."""
        seats = [self._seat(place, at) for place in places]
        for part in PARTS:
            if any(part in seat.classes for seat in seats):
                continue
            posts = {_post(chair) for chair in board.entries("chairs") if chair.get("part", "chair") == part}
            for number, place in enumerate(places):
                if posts & {_post(who, place.entry["agency"]) for who in place.entry.entries("members")}:
                    seats[number] = replace(seats[number], classes=seats[number].classes | {part})
        return seats

    def _seat(self, place, at=None):
        """A place as the rule language knows it; with ``at``, with the member and deputies of that moment."""
        entry = place.entry
        agency = self.agencies.get(entry["agency"])
        part_of = {name: other["part of"] for name, other in self.agencies.items()}
        short = "" if agency is None else structure.counted_as(entry["agency"], part_of)
        classes = set(entry.texts("classes"))
        for one in (agency, self.agencies.get(short)):
            if one is not None:
                classes |= set(one.texts("types"))
        if agency is not None and short != entry["agency"]:
            classes.add(entry["agency"])
        holder, deputies = None, ()
        if place.post_only:
            holder = f"post {place.key}"
        elif at is not None and place.people:
            holder = next((f"{who.get('agency', entry['agency'])} {who['post']}" for who in entry.entries("members")
                           if self._holds(who, place, at)), None)  # fmt: skip
            deputies = tuple(f"{who.get('agency', entry['agency'])} {who['post']}" for who in entry.entries("deputies")
                             if self._holds(who, place, at))  # fmt: skip
        return language.Seat(
            key=place.key,
            agency=short,
            title=place.title or "",
            classes=frozenset(classes),
            votes=place.votes,
            counts=place.counts,
            holder=holder,
            deputies=deputies,
        )

    def _holds(self, who, place, at):
        begins, ends = moments.start(who["from"], place.starts_at), moments.end(who["until"], place.ends_at)
        return begins <= at and (ends is None or at < ends)


def _post(who, agency=None):
    """Somebody of the file as they are found: by agency and post."""
    return (who.get("agency", agency), (who["post"] or "").casefold())


def _holds_at(place, at):
    """Whether ``place`` holds at the moment ``at``."""
    return place.starts_at <= at and (place.ends_at is None or at < place.ends_at)
