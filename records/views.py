"""Pages of files and of work in the background, whoever they belong to, and the answer to health checks."""

from django.db import connection
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

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
    context = {"job": job, "title": kind.title(job), "back": kind.back(job)}
    template = "records/_work_state.html" if "part" in request.GET else "records/work.html"
    return render(request, template, context)
