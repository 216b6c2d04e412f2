"""
The minutes as a PDF: the portal's job against the bare layout library, which gets the same HTML.

``python -m bench.minutes PAIRS MEETING`` does both in turn and prints the seconds of each. The bare render runs in a
process of its own, as the portal's does, and once more in this one, where the library stays loaded.
"""

import json
import subprocess
import sys
import time

BARE = "import sys; from bench.minutes import bare; sys.stdout.buffer.write(bare(sys.stdin.read()))"


def bare(html):
    """The library alone, with the same style sheet and fonts."""
    from weasyprint import HTML

    from mktogether.lib.pdf.layout.fetcher import AssetFetcher

    return HTML(string=html, url_fetcher=AssetFetcher()).write_pdf(pdf_variant="pdf/ua-1")


def timed(act):
    """The seconds that ``act`` takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def by_job(meeting, user):
    """Ask for the minutes and do the work, as the worker would; the file lies in the private store afterwards."""
    from meetings import minutes
    from records import jobs
    from records.models import Job

    job = Job.objects.create(kind=minutes.OPEN_PART, target_id=meeting.pk, area_id=meeting.area_id, asked_by=user)
    jobs.run(job.pk)
    job.refresh_from_db()
    if job.state != Job.State.DONE:
        raise SystemExit(f"The minutes were not made: {job.failure}")


def apart(html):
    """The same HTML by the library alone, in a process of its own."""
    subprocess.run([sys.executable, "-c", BARE], input=html.encode(), capture_output=True, check=True)


def main(pairs, meeting_pk):
    """Both ways in turn, ``pairs`` times."""
    import django

    django.setup()
    from meetings import documents, minutes
    from meetings.models import Meeting
    from meetings.sight import sight_of

    meeting = Meeting.objects.select_related("area", "body", "opened_by").get(pk=meeting_pk)
    sight = minutes.part(sight_of(meeting.opened_by, meeting), confidential=False)
    html = documents.minutes_html(meeting, minutes.content_of(meeting, sight), confidential=False)
    ways = {
        "job": lambda: by_job(meeting, meeting.opened_by),
        "bare": lambda: apart(html),
        "kept": lambda: bare(html),
    }
    seconds = {name: [] for name in ways}
    for number in range(pairs + 1):
        for name, way in ways.items():
            took = timed(way)
            if number:  # the first time of each is the warm-up
                seconds[name].append([took])
    json.dump(seconds, sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
