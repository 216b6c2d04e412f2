"""Reading a section: its paragraphs with what is said about them, versions, and what changed since one last read it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mktogether.lib.verdict import Refusal
from records import submissions
from records.access import signed_in
from reports import access, actions, queries, rows, section_page
from reports.forms import NoteForm, SayForm
from reports.views.acting import crumbs_to, find_section, number_in, turned_away


@signed_in
@require_safe
def section(request, public_id):
    """A section for those who follow its making; with a paragraph in hand, where one was chosen."""
    return show(request, find_section(request, public_id), chosen=request.GET.get("paragraph", ""))


def show(request, found, *, chosen="", say=None, note=None):
    """The page of a section, with the forms as they were typed where one was refused."""
    refused = next((form for form in (say, note) if form is not None and form.errors), None)
    context = section_page.page(found, request.user, chosen=chosen)
    context |= {
        "say": say or SayForm(auto_id="say_%s"),
        "note": note or NoteForm(auto_id="note_%s"),
        "form": refused,
        "about_section": chosen == "section" or (refused is not None and not context["chosen"]),
        "submission_token": submissions.token_of(request),
        "crumbs": crumbs_to(found.report, found.title),
    }
    return render(request, "reports/section.html", context, status=422 if refused else 200)


@signed_in
@require_safe
def changes(request, public_id):
    """What changed in a section since this person marked it as read."""
    found = find_section(request, public_id)
    mark = queries.last_read(request.user, found)
    if mark is None:
        messages.info(request, "Mark the section as read first; from then on you are shown what changes.")
        return redirect(found)
    number, text = mark
    context = {
        "section": found,
        "number": number,
        "rows": section_page.changes_since(found, text or ""),
        "crumbs": crumbs_to(found.report, (found.title, found.get_absolute_url()), "What changed"),
    }
    return render(request, "reports/changes.html", context)


@signed_in
@require_POST
def read(request, public_id):
    """Note that this person read the section as it was shown."""
    found = find_section(request, public_id)
    actions.mark_read(found, by=request.user, number=number_in(request, found))
    messages.success(request, "Marked as read. You are shown what changes from now on.")
    return redirect(found)


@signed_in
@require_safe
def versions(request, public_id):
    """Every version of a section, the newest first."""
    found = find_section(request, public_id)
    context = {
        "section": found,
        "rows": [rows.version(row, found) for row in queries.versions_of(request.user, found)],
        "crumbs": crumbs_to(found.report, (found.title, found.get_absolute_url()), "Versions"),
    }
    return render(request, "reports/versions.html", context)


@signed_in
@require_safe
def version(request, public_id, number):
    """An earlier version of a section, as it differs from what stands there now."""
    return show_version(request, find_section(request, public_id), number)


def show_version(request, found, number, *, problems=()):
    """The page of a version; with ``problems``, why it could not be brought back."""
    row = queries.version(request.user, found, number)
    if row is None:
        raise Http404
    context = {
        "section": found,
        "version": rows.version(row, found),
        "rows": section_page.changes_since(found, row.text),
        "may_write": access.may_write(request.user, found.report),
        "problems": problems,
        "crumbs": crumbs_to(
            found.report,
            (found.title, found.get_absolute_url()),
            ("Versions", f"{found.get_absolute_url()}versions/"),
            f"Version {number}",
        ),
    }
    return render(request, "reports/version.html", context, status=422 if problems else 200)


@signed_in
@require_POST
def bring_back(request, public_id, number):
    """Make an earlier version the newest."""
    found = find_section(request, public_id)
    if not (verdict := access.may_write(request.user, found.report)):
        return turned_away(request, verdict, found)
    try:
        actions.bring_back(found, number, by=request.user, seen=number_in(request, found))
    except actions.TextRefused as refused:
        return show_version(request, found, number, problems=refused.problems)
    except (actions.Meanwhile, Refusal) as refusal:
        messages.info(request, str(refusal))
        return redirect(found)
    messages.success(request, f"Version {number} was brought back. What stood there stays as a version.")
    return redirect(found)
