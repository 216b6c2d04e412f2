"""Minutes: a page drafted from what was recorded, and a file made in the background."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from meetings import actions, documents, minutes, reads
from meetings.access import may_correct, may_read_confidential
from meetings.live.forms import CorrectionForm
from meetings.models import Meeting
from meetings.sight import sight_of
from mktogether.lib.verdict import Refusal
from partnerships.granting import emergencies
from records import submissions
from records.access import signed_in
from records.models import Job

KINDS = (minutes.OPEN_PART, minutes.WITH_CONFIDENTIAL)


def _find(request, public_id):
    visible = Meeting.objects.visible_to(request.user).select_related("area", "body", "presiding", "record")
    return get_object_or_404(visible, public_id=public_id, cancelled_at=None)


@signed_in
@require_safe
def page(request, public_id):
    """The minutes as a page: frozen once the meeting is closed, a draft until then."""
    return _show(request, _find(request, public_id))


def _show(request, meeting, *, form=None, status=200):
    sight = sight_of(request.user, meeting)
    content = minutes.content_of(meeting, sight)
    emergencies.opened(request, meeting)
    confidential = any(item["confidential"] for item in content["items"])
    reads.note(request, meeting, "minutes.confidential_read", confidential=confidential)
    found = _latest_jobs(request.user, meeting)
    context = documents.minutes_context(meeting, content) | {
        "jobs": found,
        "offers": _offers(meeting, content, found, sight),
        "confidential": sight.confidential,
        "may_correct": bool(may_correct(request.user, meeting)),
        "correction_form": form or CorrectionForm(),
        "submission": submissions.new_token(),
    }
    return render(request, "meetings/minutes.html", context, status=status)


def _latest_jobs(user, meeting):
    """The latest work on each file of minutes that this reader may have."""
    latest = {}
    seen = Job.objects.visible_to(user).filter(kind__in=KINDS, target_id=meeting.pk)
    for job in seen.select_related("result").order_by("pk"):
        latest[job.kind] = job
    return [latest[kind] for kind in KINDS if kind in latest]


def _offers(meeting, content, found, sight):
    """The files that can be asked for: those not made, or made from less than is recorded now."""
    offers = [(minutes.OPEN_PART, "open", "Make the PDF")]
    if any(item["confidential"] for item in content["items"]):
        offers.append((minutes.WITH_CONFIDENTIAL, "confidential", "Make the PDF with the confidential part"))
    latest = {job.kind: job for job in found}
    return [(part, words) for kind, part, words in offers if not _is_current(latest.get(kind), meeting, sight)]


def _is_current(job, meeting, sight):
    if job is None or job.state == Job.State.FAILED:
        return False
    if job.state != Job.State.DONE:
        return True
    part = minutes.part(sight, confidential=job.kind == minutes.WITH_CONFIDENTIAL)
    return job.inputs == minutes.fingerprint(meeting, part)


@signed_in
@require_POST
def request_file(request, public_id):
    """Ask for the minutes as a PDF, and show how far it is."""
    meeting = _find(request, public_id)
    confidential = request.POST.get("part") == "confidential"
    if confidential and not may_read_confidential(request.user, meeting):
        raise Http404
    job = actions.request_minutes(meeting, by=request.user, confidential=confidential)
    return redirect(job)


@signed_in
@require_POST
def correct(request, public_id):
    """Add a correction beside the record of a closed meeting."""
    meeting = _find(request, public_id)
    verdict = may_correct(request.user, meeting)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect("meetings:minutes", public_id=public_id)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _show(request, meeting, form=form, status=422)
    try:
        actions.correct_record(meeting, by=request.user, submission=request.POST, **form.cleaned_data)
    except submissions.AlreadySubmitted as again:
        messages.info(request, str(again))
        return redirect("meetings:minutes", public_id=public_id)
    except Refusal as refusal:
        form.add_error("text", refusal.sentence)
        return _show(request, meeting, form=form, status=422)
    messages.success(request, "The correction stands beside the record.")
    return redirect("meetings:minutes", public_id=public_id)
