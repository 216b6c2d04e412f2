"""The membership of a board as a file: out, in with a preview, and taken back."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mktogether.lib import sheets, tables, uploads
from mktogether.lib.verdict import Refusal
from partnerships import queries
from partnerships.granting.rehearsing import rehearse
from partnerships.membership import tables as membership
from partnerships.membership.forms import TableForm
from partnerships.views.membership import to_change
from records import submissions
from records.access import signed_in

FORMS = {"xlsx": sheets.XLSX, "csv": sheets.CSV}


@signed_in
@require_safe
def membership_file(request, slug, form):
    """Who sits on a board or group, as a file for a spreadsheet."""
    body = queries.board_of(request.user, slug)
    if body is None or form not in FORMS:
        raise Http404
    sheet = membership.sheet(body, timezone.now())
    made = sheets.as_xlsx(sheet) if form == "xlsx" else sheets.as_csv(sheet)
    headers = {"Content-Disposition": f'attachment; filename="membership-{body.slug}.{form}"'}
    return HttpResponse(made, content_type=FORMS[form], headers=headers)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request, slug):
    """Bring a table in: choose the file, see what it would change, then change it."""
    body = to_change(request, slug)
    posted = request.method == "POST"
    form = TableForm(request.POST if posted else None, request.FILES if posted else None)
    wrong, preview, rows = [], [], []
    valid = form.is_valid()
    try:
        if posted and request.POST.get("act") == "confirm":
            form.errors.clear()
            return _done(request, body)
        if uploads.was_too_large(request):
            form.errors.clear()
            form.add_error("file", tables.TOO_LARGE.rstrip("."))
        elif valid:
            rows = tables.read(form.cleaned_data["file"].read(), form.cleaned_data["file"].name)
            wanted = membership.wanted(rows)
            preview = rehearse(lambda: membership.bring_in(body, wanted, by=request.user)).sentences
            if not preview:
                form.add_error("file", "Nothing in it differs from who sits there today")
    except submissions.AlreadySubmitted as first:
        messages.info(request, str(first))
        return redirect(first.location or body)
    except membership.WrongRows as found:
        wrong = found.sentences
        form.add_error("file", f"{len(wrong)} row{'' if len(wrong) == 1 else 's'} cannot be brought in")
    except Refusal as refusal:
        form.add_error("file", refusal.sentence.rstrip("."))
    context = {
        "form": form,
        "body": body,
        "heading": f"Membership of {body} from a table",
        "wrong": wrong,
        "preview": preview,
        "rows": json.dumps(rows) if preview else "",
        "last": membership.last_import(body),
        "submission_token": submissions.token_of(request),
        "crumbs": [
            {"label": "Boards and groups", "href": "/boards/"},
            {"label": body.name, "href": body.get_absolute_url()},
            {"label": "Membership from a table"},
        ],
    }
    return render(request, "partnerships/membership/table.html", context, status=422 if form.errors else 200)


def _done(request, body):
    """What was shown is carried by the page and looked at anew: nobody is bound by what a page carried."""
    rows = _carried(request.POST.get("rows", ""))
    made = membership.bring_in(body, membership.wanted(rows), by=request.user, submission=request.POST)
    number = len(made.sentences)
    messages.success(request, f"{number} change{'' if number == 1 else 's'} made to the membership of {body}.")
    return redirect(body)


def _carried(text):
    try:
        rows = json.loads(text)
        return [(int(number), [str(cell) for cell in cells]) for number, cells in rows][: tables.MOST_ROWS]
    except (ValueError, TypeError) as trouble:
        raise Refusal("The table did not come with the page. Choose the file again.") from trouble


@signed_in
@require_POST
def undo(request, slug):
    """Take back the last table that was brought in."""
    body = to_change(request, slug)
    try:
        membership.undo(body, membership.last_import(body), by=request.user, submission=request.POST)
    except submissions.AlreadySubmitted as first:
        messages.info(request, str(first))
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "What the last table changed is taken back.")
    return redirect(body)
