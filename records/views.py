"""Pages of files and of work in the background, whoever they belong to, and the answer to health checks."""

from django.contrib import messages
from django.db import connection
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mktogether.lib.verdict import Refusal
from records import files, history, jobs
from records.access import public, signed_in
from records.models import Job, StoredFile


@public
@require_safe
def health(request):
    """200 while the process answers and its database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@signed_in
@require_safe
def download(request, public_id):
    """A private file, for whom the rule of its kind lets; for others there is no such file."""
    stored_file = get_object_or_404(StoredFile.objects.visible_to(request.user), public_id=public_id)
    content = stored_file.file.open("rb")
    owner = files.owner(stored_file.kind, stored_file.target_id)
    history.read(stored_file, by=request.user, verb="file.read", method=request.method, within=owner)
    response = FileResponse(
        content,
        as_attachment=True,
        filename=stored_file.name,
        content_type=stored_file.content_type,
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"  # whatever somebody uploaded, it runs nothing
    return response


@signed_in
@require_safe
def work(request, public_id):
    """How far a piece of work is; opened again (or by itself, where scripts run) until it is over."""
    job = get_object_or_404(Job.objects.visible_to(request.user).select_related("result"), public_id=public_id)
    kind = jobs.KINDS[job.kind]
    title, back = kind.title(job), kind.back(job)
    request.lies_in = back  # the head of the page marks the section that the work belongs to
    context = {
        "job": job,
        "title": title,
        "back": back,
        "crumbs": [{"label": title, "href": back}, {"label": "How far it is"}],
        "may_cancel": not job.is_over and bool(jobs.may_cancel(request.user, job)),
    }
    template = "records/_work_state.html" if "part" in request.GET else "records/work.html"
    return render(request, template, context)


@signed_in
@require_POST
def cancel_work(request, public_id):
    """Stop a piece of work. Nothing of it is kept."""
    job = get_object_or_404(Job.objects.visible_to(request.user), public_id=public_id)
    verdict = jobs.may_cancel(request.user, job)
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect(job)
    try:
        jobs.cancel(job, by=request.user)
    except Refusal as refusal:
        messages.info(request, refusal.sentence)
    return redirect(job)
