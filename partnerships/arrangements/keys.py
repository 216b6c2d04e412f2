"""
The keys of a file of arrangements: one table, from which files are read, written and described.

``docs/arrangement-file.md`` says the same to people; a test holds the two together.
"""

from partnerships.arrangements.values import (
    by_month,
    choice,
    code,
    day,
    flag,
    many,
    moment,
    months,
    needed,
    number,
    partial_day,
    slug,
    text,
    texts,
    thing,
    things,
)
from partnerships.models import Body, Chairing, Line, Office, Seat, TermsOfReference

VERSION = 1

HELD = {"agency": text(40), "from": moment(), "until": moment(), "because": text(200)}
MEMBER = {"post": text(120, required=True), **HELD}
DEPUTY = {"post": text(120, required=True), **HELD, "senior": flag(), "briefed": day()}
CHAIR = {"post": text(120, required=True), "part": choice(list(Chairing.Part.values)), **HELD}

AREA = {"key": slug(required=True), "name": text(100, required=True), "code": code()}
ARRANGEMENT = {
    "key": slug(required=True),
    "name": text(120, required=True),
    "applies from": day(required=True),
    "applies until": day(),
    "in force from": partial_day(),
    "in force until": partial_day(),
    "published": partial_day(),
    "notified": partial_day(),
    "notified to": texts(200),
    "covers": text(2000),
    "source": text(200),
    "notes": texts(2000),
}
AGENCY = {
    "short": text(40, required=True),
    "name": text(200, required=True),
    "types": texts(60),
    "also called": texts(200),
    "part of": text(40),
    "crowd": flag(),
    "succeeded by": text(40),
    "succeeded": partial_day(),
    "note": text(2000),
}
RELEVANT = {
    "agency": text(40, required=True),
    "named": text(200),
    "expectations": texts(1000),
    "note": text(2000),
}
RELEVANT_AGENCIES = {"expectations": texts(1000), "agencies": things(RELEVANT, short="agency")}
ROLE_KINDS = list(Office.Kind.values)
ROLE = {
    "kind": choice(ROLE_KINDS, required=True),
    "agency": text(40),
    "post": text(120, required=True),
    "for": text(120),
    "duties": texts(1000),
    "note": text(2000),
    "holders": things(MEMBER, short="post"),
}
LINE = {
    "kind": choice(list(Line.Kind.values), required=True),
    "board": slug(),
    "agency": text(40),
    "role": choice(ROLE_KINDS),
    "what": text(200),
    "how often": text(80),
    "from": day(),
    "until": day(),
    "note": text(2000),
}
CHAIR_BY_TERMS = {
    "by": choice(list(TermsOfReference.Chosen.values), required=True),
    "post": text(200),
    "agency": text(40),
    "among": texts(40),
    "months": number(1, 240),
}
TERMS = {
    "from": day(),
    "until": day(),
    "edition": text(120),
    "approved": partial_day(),
    "approved by": text(200),
    "sponsor": text(40),
    "purpose": text(4000),
    "functions": texts(2000),
    "meetings a year": number(1, 366),
    "at least": flag(),
    "frequency": text(120),
    "months": months(),
    "months are usual": flag(),
    "mode": choice(list(TermsOfReference.Mode.values)),
    "in person a year": number(0, 366),
    "public": flag(),
    "public note": text(2000),
    "papers": number(0, 366),
    "minutes": number(0, 366),
    "papers note": text(200),
    "deputies": text(2000),
    "member level": text(2000),
    "eligibility": texts(1000),
    "barred": many(choice(ROLE_KINDS), "a list of kinds of specified roles"),
    "standing items": texts(300),
    "agenda by month": by_month(),
    "chair": thing(CHAIR_BY_TERMS),
    "vice-chair": thing(CHAIR_BY_TERMS),
    "in attendance": texts(300),
    "expectations of members": texts(2000),
    "expectations of agencies": texts(2000),
    "rules": text(8000),
    "summary": text(4000),
    "notes": texts(2000),
}
PLACE = {
    "key": slug(required=True),
    "agency": text(40),
    "title": text(120, required=True),
    "places": number(1, 100),
    "number": choice({"stated": "", **{value: value for value in Seat.Number.values}}),
    "votes": flag(),
    "counts": flag(),
    "in attendance": flag(),
    "classes": texts(60),
    "alternate": text(120),
    "political group": text(80),
    "post only": flag(),
    "from": moment(),
    "until": moment(),
    "note": text(300),
    "members": things(MEMBER, short="post"),
    "deputies": things(DEPUTY, short="post"),
}
FORMERLY = {"name": text(120, required=True), "short": text(40), "until": day(required=True)}
BOARD = {
    "key": slug(required=True),
    "name": text(120, required=True),
    "short": text(40),
    "kind": choice(list(Body.Kind.values), required=True),
    "shared with": many(slug(), "a list of keys of areas"),
    "opened": day(),
    "closed": day(),
    "formerly": things(FORMERLY),
    "succeeds": many(slug(), "a list of keys of boards"),
    "plan": text(4000),
    "planned end": day(),
    "lines": things(LINE),
    "terms": things(TERMS),
    "posts only": flag(),
    "places": things(PLACE),
    "chairs": things(CHAIR),
}
FILE = {
    "version": needed(choice({str(VERSION): VERSION})),
    "area": needed(thing(AREA)),
    "other areas": things(AREA),
    "arrangement": needed(thing(ARRANGEMENT)),
    "agencies": things(AGENCY),
    "relevant agencies": thing(RELEVANT_AGENCIES),
    "specified roles": things(ROLE),
    "boards": things(BOARD),
}
# Each kind of thing by the heading under which docs/arrangement-file.md has its keys.
SECTIONS = {
    "The file": FILE,
    "Area": AREA,
    "Arrangement": ARRANGEMENT,
    "Agency": AGENCY,
    "Relevant agencies": RELEVANT_AGENCIES,
    "Relevant agency": RELEVANT,
    "Specified role": ROLE,
    "Board": BOARD,
    "Former name": FORMERLY,
    "Line": LINE,
    "Terms": TERMS,
    "Chair by the terms": CHAIR_BY_TERMS,
    "Place": PLACE,
    "Member": MEMBER,
    "Deputy": DEPUTY,
    "Chair in post": CHAIR,
}
