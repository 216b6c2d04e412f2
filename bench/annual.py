"""
The annual report as a PDF: the portal's job against the bare layout library and against Chromium, on the same HTML.

``python -m bench.annual PAIRS REPORTS`` does all in turn and prints what it found as JSON. "Warm" is a process that has
the library loaded, as a worker has after its first report; "cold" a process of its own for each document.
"""

import gc
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

from bench import report
from bench.minutes import bare, timed
from bench.rounds import Ratio
from mktogether.setup.system_packages import browser

FONT = re.compile(r"asset:([\w.-]+\.ttf)")
CHROMIUM = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--disable-quic", "--no-first-run")
WORKER = "import sys, django; django.setup(); from bench.annual import work; work(list(map(int, sys.argv[1:])))"
# What the bare library takes for a page, in milliseconds, on the machine from which the limit of 30 was set.
BARE_PAGE = 26
TWELVE_MEGABYTES = 12 * 1024 * 1024


# --- Rows -------------------------------------------------------------------------------------------------------------


def prepared():
    """The report of the sample's texts in the first area, and somebody of the team who asks for it."""
    from django.conf import settings
    from django.utils import timezone

    from partnerships.models import Body, Office, Person
    from records.models import Area, User
    from reports import sample
    from reports.models import Report

    area = Area.objects.order_by("pk").first()
    Body.objects.get_or_create(
        area=area,
        slug="management-board-2021-22",
        defaults={"name": "Management Board", "short_name": "Board", "kind": Body.Kind.STATUTORY},
    )
    sample.load(settings.FIXTURES_FOLDER / "milton-keynes", area, None)
    user = User.objects.create_user("report@mktogether.example")
    person = Person.objects.create(area=area, post="Business manager of the measurement", user=user)
    Office.objects.create(area=area, person=person, kind=Office.Kind.TEAM, starts_at=timezone.now())
    return Report.objects.select_related("area", "board").order_by("-pk").first(), user


def job_of(annual, user):
    """A job as somebody would have asked for it; a change of the title keeps it from being one made already."""
    from records.models import Job
    from reports import building

    annual.title = f"Safeguarding annual report {random.random():.9f}"
    annual.save()
    Job.objects.filter(kind=building.KIND, target_id=annual.pk, state__in=["waiting", "running"]).delete()
    return Job.objects.create(kind=building.KIND, target_id=annual.pk, area_id=annual.area_id, asked_by=user)


def do(job):
    """Do the work as the worker would; the file lies in the private store afterwards."""
    from records import jobs

    jobs.run(job.pk)
    job.refresh_from_db()
    if job.state != job.State.DONE:
        raise SystemExit(f"The report was not made: {job.failure}")


def work(job_pks):
    """One worker with its share of the jobs."""
    from records.models import Job

    for job in Job.objects.filter(pk__in=job_pks):
        do(job)


# --- Processes --------------------------------------------------------------------------------------------------------


class Watch(threading.Thread):
    """
    What the processes of a session use together: the most memory, and the seconds on the processor.

    A page shared by n of them counts as an nth. What a process used in the last hundredths before its end is missed.
    """

    def __init__(self, session):
        super().__init__(daemon=True)
        self.session, self.most, self.over = session, 0, False
        self.processor = {}

    def run(self):
        while not self.over:
            processes = list(_of_session(self.session))
            self.most = max(self.most, sum(map(_proportional, processes)))
            self.processor |= {path.name: seconds for path in processes if (seconds := _processor(path))}
            time.sleep(0.02)

    def end(self):
        self.over = True
        self.join()
        return self


def _of_session(session):
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            if int((path / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                yield path


def _processor(path):
    with suppress(OSError, IndexError):
        fields = (path / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0


def _proportional(path):
    with suppress(OSError, StopIteration):
        lines = (path / "smaps_rollup").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) * 1024
    return 0


def apart(command, text=None):
    """Seconds by the clock, seconds on the processor and bytes of memory of a program and all that it starts."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        watch = Watch(process.pid)
        watch.start()
        process.communicate(text)
        clock = time.perf_counter() - began
        watch.end()
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return {"clock": clock, "processor": sum(watch.processor.values()), "memory": watch.most}


def cold(html):
    """The portal's layout program with one document, in a process of its own."""
    from mktogether.lib import pdf

    order = {"html": html, "title": "t", "language": "en-GB", "limits": {"seconds": 120, "memory": 2**30}}
    folder = Path(pdf.__file__).parent
    command = ["env", "-C", str(folder), "PYTHONHASHSEED=0", sys.executable, "-m", "layout"]
    return apart(command, json.dumps(order).encode())


def in_chromium(html, folder):
    """The same HTML with the same style sheet and fonts, by a browser started for it."""
    from mktogether.lib.pdf.layout import fetcher

    styles = fetcher.font_faces() + fetcher.STYLESHEETS["print.css"].read_text()
    styles = FONT.sub(lambda found: f"file://{fetcher.FONT_FOLDER / found[1]}", styles)
    page = Path(folder) / "report.html"
    page.write_text(html.replace("</head>", f"<style>{styles}</style></head>"))
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or browser()  # the whole one where it is here
    if not program:
        return None
    return apart(
        [program, *CHROMIUM, f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/out.pdf", str(page)]
    )


def used():
    """Seconds on the processor so far, of this process and of the layout program that it keeps with its children."""
    from mktogether.lib.pdf import workshop

    kept = workshop._workshop
    if kept is None:
        return time.process_time()
    fields = Path(f"/proc/{kept._process.pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def measured(act):
    """Seconds by the clock and on the processor that ``act`` takes."""
    before = used()
    clock = timed(act)
    return {"clock": clock, "processor": used() - before}


def kept_memory():
    """Memory of the layout program that this process keeps, with its child."""
    from mktogether.lib.pdf import workshop

    return Watch(workshop._workshop._process.pid)


# --- Measuring --------------------------------------------------------------------------------------------------------


def large_picture(annual, user):
    """A picture of 12 MB as somebody uploads it, put into the first section."""
    from PIL import Image

    from reports import pictures
    from reports.actions import add_picture
    from reports.models import Section

    noise = Image.frombytes("RGB", (2400, 1900), random.Random(1).randbytes(2400 * 1900 * 3))
    file = io.BytesIO()
    noise.save(file, "PNG", compress_level=0)
    if file.tell() < TWELVE_MEGABYTES:
        raise SystemExit("The picture is smaller than 12 MB.")
    file.seek(0)
    image = add_picture(annual, pictures.made_small(file), "Noise, for the measurement", by=user)
    section = Section.objects.filter(report=annual).order_by("order").first()
    section.text += f"\n\n![Noise](image:{image.public_id})\n"
    section.save()


def copied(annual, years):
    """The same report, so many years later: no two of a board may speak of the same year."""
    from reports.models import Report, Section

    copy = Report.objects.create(
        area=annual.area,
        slug=f"copy-{years}",
        title="x",
        starts_on=annual.starts_on.replace(year=annual.starts_on.year + years),
        ends_on=annual.ends_on.replace(year=annual.ends_on.year + years),
        board=annual.board,
    )
    for row in Section.objects.filter(report=annual).order_by("order").values():
        Section.objects.create(
            report=copy, **{name: value for name, value in row.items() if name not in {"id", "public_id", "report_id"}}
        )
    return copy


def many(annual, user, number):
    """So many reports on two workers at once; seconds by the clock."""
    asked = [job_of(copied(annual, 10 + n), user).pk for n in range(number)]
    shares = [asked[0::2], asked[1::2]]

    def both():
        workers = [subprocess.Popen([sys.executable, "-c", WORKER, *map(str, share)]) for share in shares]
        if any(worker.wait() for worker in workers):
            raise SystemExit("A worker did not end well.")

    return timed(both)


def findings(found):
    """What was found, as lines of the table."""
    yield report.ratio("report, warm job / bare WeasyPrint kept", _over(found, "job", "bare"), 1.10, 1.03)
    warm = median(one["clock"] for one in found["job"])
    page = 1000 * warm / found["pages"]
    shown = f"{page:.0f} ms here, {found['pages']} pages"
    bare_page = 1000 * median(one["clock"] for one in found["bare"]) / found["pages"]
    scaled = page * BARE_PAGE / bare_page
    yield report.Finding("report, warm job, ms a page where the bare library takes 26", scaled, 30, shown, 25)
    if all(found["chromium"]):
        clock = median(one["clock"] for one in found["chromium"])
        yield report.Finding("report, warm job / cold Chromium, clock", warm / clock, 1.2, "", 1.0)
        for what, limit in (("clock", 1.6), ("processor", 1.05), ("memory", 0.25)):
            ours, theirs = (median(one[what] for one in found[side]) for side in ("cold", "chromium"))
            shown = f"{ours / theirs:.2f} ({ours:.3g} and {theirs:.3g})"
            yield report.Finding(f"report, cold layout / cold Chromium, {what}", ours / theirs, limit, shown)
        theirs = median(one["memory"] for one in found["chromium"])
        yield report.Finding(
            "report, kept layout and its child / cold Chromium, memory", found["memory"] / theirs, None
        )
    if found["many"]:
        number, seconds = found["many"]["number"], found["many"]["seconds"]
        floor = number * median(one["clock"] for one in found["bare"]) / 2
        shown = f"{seconds / floor:.2f} ({number} in {seconds:.0f} s)"
        yield report.Finding("reports on two workers / bare WeasyPrint, half the time", seconds / floor, 1.2, shown)
    upload = _over(found, "with picture", "without picture")
    yield report.ratio("report with an upload of 12 MB / without", upload, 1.10, 1.0)


def _over(found, ours, floor):
    """One series as a multiple of another, by the clock and on the processor."""
    return tuple(
        Ratio.of([[one[what]] for one in found[ours]], [[one[what]] for one in found[floor]])
        for what in ("clock", "processor")
    )


def main(pairs, reports):
    """Everything in turn, ``pairs`` times; the first of each is the warm-up."""
    import django

    django.setup()
    import pikepdf

    from reports import documents
    from reports.assembling import content_of

    annual, user = prepared()
    gc.collect()
    gc.freeze()  # the floor lays out in this process, and must not pay for what the portal keeps in it
    html = documents.report_html(content_of(annual))
    found = {"job": [], "bare": [], "cold": [], "chromium": [], "without picture": [], "with picture": []}
    memory = None
    with tempfile.TemporaryDirectory() as folder:
        for number in range(pairs + 1):
            job = job_of(annual, user)
            if number == 1:
                memory = kept_memory()
                memory.start()
            rounds = {
                "job": measured(lambda job=job: do(job)),
                "bare": measured(lambda: bare(html)),
                "cold": cold(html),
                "chromium": in_chromium(html, folder),
            }
            if number:
                for name, one in rounds.items():
                    found[name].append(one)
    with job.result.file.open() as file, pikepdf.open(file) as pdf:
        found["pages"] = len(pdf.pages)
    found["memory"] = memory.end().most
    # Later than everything beside it, and in turn with the same report without.
    pictured = copied(annual, 5)
    large_picture(pictured, user)
    for number in range(pairs + 1):
        for name, one in (("without picture", annual), ("with picture", pictured)):
            job = job_of(one, user)
            took = measured(lambda job=job: do(job))
            if number:
                found[name].append(took)
    found["many"] = {"number": reports, "seconds": many(annual, user, reports)} if reports else None
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
