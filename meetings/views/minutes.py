"""Minutes: a page drafted from what was recorded, and a file made in the background."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from meetings import actions, documents, minutes
from meetings.access import may_correct, may_read_confidential
from meetings.live.forms import CorrectionForm
from meetings.models import Meeting
from mktogether.lib.verdict import Refusal
from records import submissions
from records.access import signed_in
from records.models import Job


def _find(request, public_id):
    visible = Meeting.objects.visible_to(request.user).select_related("area", "body", "presiding", "record")
    return get_object_or_404(visible, public_id=public_id, cancelled_at=None)


@signed_in
@require_safe
def page(request, public_id):
    """The minutes as a page: frozen once the meeting is closed, a draft until then."""
    return _show(request, _find(request, public_id))


def _show(request, meeting, *, form=None, status=200):
    confidential = bool(may_read_confidential(request.user, meeting))
    content = minutes.content_of(meeting, confidential=confidential)
    found = _latest_jobs(meeting, confidential)
    context = documents.minutes_context(meeting, content) | {
        "jobs": found,
        "offers": _offers(meeting, content, found, confidential),
        "confidential": confidential,
        "may_correct": bool(may_correct(request.user, meeting)),
        "correction_form": form or CorrectionForm(),
        "submission": submissions.new_token(),
    }
    return render(request, "meetings/minutes.html", context, status=status)


def _latest_jobs(meeting, confidential):
    """The latest work on each file of minutes that this reader may have."""
    kinds = [minutes.OPEN_PART, *([minutes.WITH_CONFIDENTIAL] if confidential else [])]
    latest = {}
    for job in Job.objects.filter(kind__in=kinds, target_id=meeting.pk).select_related("result").order_by("pk"):
        latest[job.kind] = job
    return [latest[kind] for kind in kinds if kind in latest]


def _offers(meeting, content, found, confidential):
    """The files that can be asked for: those not made, or made from less than is recorded now."""
    offers = [(minutes.OPEN_PART, "open", "Make the PDF")]
    if confidential and any(item["confidential"] for item in content["items"]):
        offers.append((minutes.WITH_CONFIDENTIAL, "confidential", "Make the PDF with the confidential part"))
    latest = {job.kind: job for job in found}
    return [(part, words) for kind, part, words in offers if not _is_current(latest.get(kind), meeting)]


def _is_current(job, meeting):
    if job is None or job.state == Job.State.FAILED:
        return False
    if job.state != Job.State.DONE:
        return True
    return job.inputs == minutes.fingerprint(meeting, confidential=job.kind == minutes.WITH_CONFIDENTIAL)


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
