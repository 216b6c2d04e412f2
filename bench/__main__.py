"""
``python -m bench``: the portal beside its floors, in one run, on a database that is made for it and thrown away.

Milliseconds say more of the machine than of the portal, so nothing here is judged by them: every figure is a multiple
of a floor that ran in turn with it. Exit code 1 when a limit is missed.
"""

import argparse
import contextlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import annual, arrangement, cases, report, rules, structure
from bench.rounds import Ratio, Series, measure
from bench.servers import FLOOR, PORTAL, running
from bench.weight import first_view
from mktogether.setup import front_end, system_packages
from mktogether.setup.embedded import ROOT, without_production
from mktogether.setup.throwaway_postgres import NotStarted, end_on_termination, free_port, throwaway_postgres

MOST_QUERIES = 12
MOST_MEMORY = 110  # MiB of one web process
MOST_BYTES = 120 * 1024
MOST_REQUESTS = 8
MOST_FOR_A_SWEEP = 2
MOST_MEMORY_OF_A_SWEEP = 20  # MiB, whatever the number of rows
MOST_SECONDS = 60
MOST_FOR_SCOPE = 1.3
MOST_FOR_A_VERDICT = 20  # microseconds, once the standing is loaded
FLOOR_OF_QUERIES = {"meeting": 8, "list": 3, "money": 7}
JSON = "application/json"
PAGES = ("meeting", "live", "list", "representation", "money")
PARTS = (
    "pages",
    "queries",
    "weight",
    "cases",
    "structure",
    "documents",
    "report",
    "rules",
    "arrangement",
    "reminders",
    "access",
)


def main():
    """Measure, print the table, and return the exit code."""
    options = _options()
    end_on_termination()
    _prepare(options)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mktogether-bench-") as folder, _database(options, folder) as database:
        findings = Run(Path(folder), database, options).findings()
    print(report.table(findings))
    missed = [one.what for one in findings if one.is_missed]
    print(
        f"\n{len(missed)} of {len(findings)} missed, in {time.monotonic() - began:.0f} seconds, on {_machine(options)}."
    )
    return 1 if missed else 0


def _options():
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Speed of the portal as a multiple of a floor."
    )
    parser.add_argument("--sqlite", action="store_true", help="measure on SQLite instead of PostgreSQL")
    parser.add_argument("--rounds", type=int, default=15, help="paired rounds (15)")
    parser.add_argument("--sweeps", type=int, default=7, help="requests of each page in a round (7)")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure (everything)")
    parser.add_argument("--documents", type=int, default=5, help="documents made each way (5)")
    parser.add_argument("--reports", type=int, default=150, help="annual reports on two workers (150; 0 for none)")
    return parser.parse_args()


def _machine(options):
    database = "SQLite" if options.sqlite else "PostgreSQL"
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{os.cpu_count()} processors, Python {version}, {database}"


def _prepare(options):
    """Bring in what the run needs of the machine: PostgreSQL, the libraries of documents, style sheets and scripts."""
    groups = ["pdf", *([] if options.sqlite else ["postgres"])]
    if system_packages.main(*groups) or front_end.main():
        raise SystemExit("Nothing was measured: the reason stands above.")


@contextlib.contextmanager
def _database(options, folder):
    """The address of an empty database. It is always our own: the run writes into it and measures its server."""
    if options.sqlite:
        yield f"sqlite:///{folder}/db.sqlite3"
        return
    try:
        with throwaway_postgres() as address:
            yield address
    except NotStarted as trouble:
        raise SystemExit(f"The throw-away PostgreSQL did not start. {trouble}") from None


class Run:
    """One run: rows, servers, measurements."""

    def __init__(self, folder, database, options):
        self.options = options
        self.port = free_port()
        self.env = without_production() | {
            "PORTAL_MODE": "embedded",
            "PORT": str(self.port),
            "VAR_DIR": str(folder / "var"),
            "STATIC_ROOT": str(folder / "static"),
            "DATABASE_URL": database,
            "SECRET_KEY": secrets.token_urlsafe(64),
        }

    def findings(self):
        """Everything that is measured, in the order of the table."""
        self._python("manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        self.known = json.loads(self._python("-m", "bench.world"))
        parts = (
            self._pages,
            self._queries,
            self._weight_and_memory,
            self._cases,
            self._structure,
            self._documents,
            self._report,
            rules.findings,
            self._arrangement,
            self._reminders,
            self._access,  # last: it makes the database as large as England's
        )
        return [one for name, part in zip(PARTS, parts, strict=True) if name in self.options.parts for one in part()]

    def _python(self, *arguments, settings=PORTAL.settings, text=None):
        """What a Python process of one side prints; the run ends with its words when it fails."""
        env = self.env | {"DJANGO_SETTINGS_MODULE": settings}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=env, input=text, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments)} failed.\n{done.stderr}")
        return done.stdout

    def _arrangement(self):
        return arrangement.findings(json.loads(self._python("-m", "bench.arrangement")))

    # --- Time ----------------------------------------------------------------------------------------------------

    def _pages(self):
        with running(PORTAL, self.port, self.env) as portal, running(FLOOR, free_port(), self.env) as floor:
            self._show_the_same(portal, floor)
            sizes = {side.side.name: self._sizes(side) for side in (portal, floor)}
            samples = measure(self._series(portal, floor), rounds=self.options.rounds, sweeps=self.options.sweeps)
        ratio = samples.ratio
        return [
            report.ratio("meeting page / plain Django page", ratio("portal meeting", "floor meeting"), 1.0, 0.8),
            report.ratio("list of 50 / plain Django list", ratio("portal list", "floor list"), 1.0, 0.8),
            report.ratio(
                "representation / plain Django page", ratio("portal representation", "floor representation"), 1.0, 0.8
            ),
            report.ratio("money page / plain Django page", ratio("portal money", "floor money"), 1.0, 0.8),
            report.ratio("live page / plain Django page", ratio("portal live", "floor live")),
            report.ratio("attendance tap / plain Django tap", ratio("portal tap", "floor tap")),
            report.ratio("meeting page / hand-written SQL page", ratio("portal meeting", "floor by hand"), 6, 3),
            report.ratio("plain Django page / hand-written SQL page", ratio("floor meeting", "floor by hand")),
            *self._like_sizes(sizes),
        ]

    def _like_sizes(self, sizes):
        """A floor that sends much less than the portal would be no floor for it, and one that sends more a soft one."""
        for page in (*PAGES, "by hand"):
            ours, floors = sizes["portal"]["meeting" if page == "by hand" else page], sizes["floor"][page]
            apart = abs(floors / ours - 1)
            yield report.Finding(f"size of {page}, floor beside portal", apart, 0.1, f"{floors} and {ours} bytes")

    def _paths(self, side, area):
        """The addresses of one side, by name."""
        known = self.known[area]
        page = f"/meetings/{known['meeting']}/"
        board = f"/boards/{known['board']}/representation/"
        of_area = "" if side is PORTAL else f"?area={known['area']}"
        money = f"/money/{known['money']}/{of_area}"
        paths = {
            "meeting": page,
            "list": f"/meetings/{of_area}",
            "live": f"{page}live/",
            "representation": board,
            "money": money,
        }
        return paths if side is PORTAL else {**paths, "by hand": f"{page}by-hand/"}

    def _session(self, side, area):
        return self.known[area][f"{side.name}_session"]

    def _sizes(self, server):
        session = self._session(server.side, "usual")
        paths = self._paths(server.side, "usual")
        return {name: len(server.ask(path, session=session).body) for name, path in paths.items()}

    def _show_the_same(self, *servers):
        """Stop where a page leaves out a row: the two would not do the same work."""
        for server in servers:
            paths = self._paths(server.side, "usual")
            wanted = {"meeting": "words", "by hand": "words", "money": "money_words"}
            for path, words in ((paths[name], wanted[name]) for name in wanted if name in paths):
                answer = server.ask(path, session=self._session(server.side, "usual"))
                missing = missing_words(answer.body, self.known["usual"][words])
                if answer.status != 200 or missing:
                    raise SystemExit(f"The {server.side.name}'s page {path} ({answer.status}) lacks {missing[:3]}")

    def _series(self, portal, floor):
        """Portal and floor in turn, page by page."""
        taps = [
            Series(
                f"{server.side.name} tap",
                server,
                self._tap_path(seat),
                self._session(server.side, "usual"),
                data=tap,
                accept=JSON,
            )
            for server, seat in ((portal, 0), (floor, 1))
        ]
        by_hand = self._paths(FLOOR, "usual")["by hand"]
        pages = [
            Series(
                f"{server.side.name} {name}",
                server,
                self._paths(server.side, "usual")[name],
                self._session(server.side, "usual"),
            )
            for name in PAGES
            for server in (portal, floor)
        ]
        return [Series("floor by hand", floor, by_hand, self._session(FLOOR, "usual")), *pages, *taps]

    def _tap_path(self, number, area="usual"):
        known = self.known[area]
        return f"/meetings/{known['meeting']}/live/attendance/{known['seats'][number]}/"

    # --- Queries -------------------------------------------------------------------------------------------------

    def _queries(self):
        ours = {area: self._counted(PORTAL, area) for area in self.known}
        floors = self._counted(FLOOR, "usual")
        for page in (*PAGES, "tap"):
            beside = f", plain Django page {floors[page]}"
            limit = None if page == "tap" else MOST_QUERIES
            yield report.Finding(f"queries of {page}", ours["usual"][page], limit, f"{ours['usual'][page]}{beside}")
            yield report.same(f"queries of {page} with 3 and 300 rows", ours["few"][page], ours["many"][page])
        for page, wanted in FLOOR_OF_QUERIES.items():
            yield report.same(f"queries of the floor's {page}, wanted and counted", wanted, floors[page])

    def _counted(self, side, area):
        requests = {name: (path, None) for name, path in self._paths(side, area).items()}
        requests["tap"] = (self._tap_path(0, area), {"state": "remote"})
        order = json.dumps({"session": self._session(side, area), "requests": requests})
        counted = json.loads(self._python("-m", "bench.counting", settings=side.settings, text=order))
        wrong = {name: one["status"] for name, one in counted.items() if one["status"] != 200}
        if wrong:
            raise SystemExit(f"The {side.name} did not answer: {wrong}")
        return {name: one["queries"] for name, one in counted.items()}

    # --- Weight and memory ---------------------------------------------------------------------------------------

    def _weight_and_memory(self):
        """As production serves it: one process of four threads, all of them used."""
        paths = self._paths(PORTAL, "usual")
        with running(PORTAL, self.port, self.env, threads=4) as portal:
            views = {name: first_view(portal, paths[name], self._session(PORTAL, "usual")) for name in PAGES}
            for area, times in (("many", 2), ("usual", 50)):
                for path in [*self._paths(PORTAL, area).values()] * times:
                    portal.ask(path, session=self._session(PORTAL, area))
            memory, loaded = portal.resident_mebibytes(), portal.loaded_layout()
        for name, view in views.items():
            yield report.Finding(f"first view of {name}, bytes", view.bytes, MOST_BYTES)
            yield report.Finding(f"first view of {name}, requests", view.requests, MOST_REQUESTS)
        yield report.Finding("memory of a web process, MiB", memory, MOST_MEMORY, f"{memory:.0f}", 85)
        yield report.Finding("layout libraries in a web process", len(loaded), 0, ", ".join(loaded) or "none")

    # --- Cases -----------------------------------------------------------------------------------------------------

    def _cases(self):
        """Somebody who keeps 500 open cases: the page of one, and the board of all their deadlines."""
        known = {number: json.loads(self._python("-m", "bench.cases", str(number))) for number in cases.SIZES}
        yield from cases.queries(known, lambda side, order: self._python(
            "-m", "bench.counting", settings=side.settings, text=json.dumps(order)
        ))  # fmt: skip
        with running(PORTAL, self.port, self.env) as portal, running(FLOOR, free_port(), self.env) as floor:
            yield from cases.pages(known[cases.MANY], portal, floor, self.options)

    # --- Structure -------------------------------------------------------------------------------------------------

    def _structure(self):
        """The sample's board, partner and editions beside plain Django; then as at a day over twenty years."""
        known = json.loads(self._python("-m", "bench.structure"))
        with running(PORTAL, self.port, self.env) as portal, running(FLOOR, free_port(), self.env) as floor:
            yield from structure.pages(known, portal, floor, self.options)
        before = self._count_structure(known)
        self._python("-m", "bench.structure", "history")
        yield from structure.queries(before, self._count_structure(known))
        with running(PORTAL, self.port, self.env) as portal:
            yield from structure.as_at(known, portal, self.options)

    def _count_structure(self, known):
        requests = {name: (path, None) for name, path in (structure.paths() | structure.then()).items()}
        order = json.dumps({"session": known[PORTAL.name], "requests": requests})
        return json.loads(self._python("-m", "bench.counting", settings=PORTAL.settings, text=order))

    # --- Documents -----------------------------------------------------------------------------------------------

    def _documents(self):
        pairs, meeting = str(self.options.documents), str(self.known["usual"]["meeting_pk"])
        seconds = json.loads(self._python("-m", "bench.minutes", pairs, meeting))
        for floor, words in (("bare", "in a process of its own"), ("kept", "in a process that keeps the library")):
            times = Ratio.of(seconds["job"], seconds[floor])
            yield report.Finding(f"minutes as PDF / bare WeasyPrint {words}", times.middle, None, str(times))

    def _report(self):
        """The annual report, of the texts of the sample: some thirty pages."""
        found = json.loads(self._python("-m", "bench.annual", str(self.options.documents), str(self.options.reports)))
        return annual.findings(found)

    # --- Reminders -----------------------------------------------------------------------------------------------

    def _reminders(self):
        """Written by the hundred thousand as only PostgreSQL can in a run, and handed over by SMTP on this machine."""
        if self.options.sqlite:
            return
        found = json.loads(self._python("-m", "bench.reminders"))
        for part, what in (("writing", "writing 100,000 reminders"), ("again", "a sweep that finds nothing new")):
            whole = found[part]
            yield report.Finding(f"{what} / plain SQL", whole[1], MOST_FOR_A_SWEEP, _spread(whole))
        yield report.Finding("memory that writing them takes, MiB", found["memory"], MOST_MEMORY_OF_A_SWEEP)
        yield report.Finding("1,000 reminders handed over, seconds", found["handed over"], MOST_SECONDS)

    # --- Access --------------------------------------------------------------------------------------------------

    def _access(self):
        """At the size of England, whose rows are written as only PostgreSQL can in a run."""
        if self.options.sqlite:
            return
        found = json.loads(self._python("-m", "bench.england"))
        for what, whose, by_hand, whole in found["lists"]:
            yield report.Finding(f"{what}, {whose} / unscoped", whole[1], MOST_FOR_SCOPE, _spread(whole))
            # Narrower than what is asked, and softer than what is done: it does not ask for the confidential part.
            yield report.Finding(f"{what}, {whose} / by area and board alone", by_hand[1], None, _spread(by_hand))
        for whose, microseconds in found["verdicts"]:
            yield report.Finding(f"verdict, {whose}, µs", microseconds, MOST_FOR_A_VERDICT, f"{microseconds:.1f}")


def _spread(ratios):
    return " – ".join(f"{one:.2f}" for one in ratios)


def tap(number):
    """The form of the nth tap: there and remote in turn, so that each changes something."""
    return f"state={'remote' if number % 2 else 'present'}"


def missing_words(body, words):
    """Those of ``words`` that the page ``body`` does not show."""
    from html import unescape

    text = unescape(body.decode())
    return [word for word in words if word not in text]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
