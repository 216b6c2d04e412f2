"""Writing a section, with a preview that needs no script, and with both texts where two people write at once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mktogether.lib.verdict import Refusal
from records.access import signed_in
from records.acting import posted
from reports import access, actions, figures, queries, rows, texts, writing
from reports.forms import SectionForm
from reports.views.acting import FORM, crumbs_to, find_section, turned_away


@signed_in
@require_http_methods(FORM)
def edit(request, public_id):
    """Write a section."""
    section = find_section(request, public_id)
    if not (verdict := access.may_write(request.user, section.report)):
        return turned_away(request, verdict, section)
    if request.method != "HEAD":
        actions.open_to_write(section, by=request.user)
    form = SectionForm(posted(request), initial={"text": section.text, "seen": section.number})
    if not (form.is_bound and form.is_valid()):
        return _page(request, section, form)
    if request.POST.get("act") == "preview":
        text = actions.tidy(form.cleaned_data["text"])
        return _page(request, section, form, preview=text, problems=texts.problems_of(section.report, text))
    return _saved(request, section, form)


def _saved(request, section, form):
    typed = form.cleaned_data
    try:
        saved = actions.save_section(section, typed["text"], by=request.user, seen=typed["seen"])
    except actions.Meanwhile as theirs:
        return _page(request, theirs.section, _again(request, theirs.section), theirs=typed["text"])
    except actions.TextRefused as refused:
        return _page(request, section, form, problems=refused.problems)
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, section, form)
    messages.success(request, f"Saved. {rows.words(saved.text, saved.word_limit)}")
    return redirect(saved)


def _again(request, section):
    """The form as it was typed, now made from what somebody else saved, which its writer is shown."""
    kept = request.POST.copy()
    kept["seen"] = str(section.number)
    return SectionForm(kept)


def _page(request, section, form, *, preview=None, problems=(), theirs=None):
    for problem in problems:
        form.add_error("text", str(problem))
    report = section.report
    read = texts.reader_of(report)
    known = figures.of(report)
    context = {
        "form": form,
        "section": section,
        "report": report,
        "words": rows.words_to_save(preview if preview is not None else section.text, section.word_limit),
        "writers": [rows.writer(row) for row in queries.writers_of(request.user, section)],
        "preview": None if preview is None else [rows.block(block) for block in read(preview)],
        "meanwhile": None if theirs is None else _meanwhile(request, section, theirs, read),
        "figures": [{"name": name, "words": value.words, "label": value.label} for name, value in known.items()],
        "pictures": [rows.picture(image, titles) for image, titles in queries.pictures_of(report)],
        "crumbs": crumbs_to(report, (section.title, section.get_absolute_url()), "Write"),
    }
    refused = form.errors or theirs is not None
    return render(request, "reports/edit.html", context, status=422 if refused else 200)


def _meanwhile(request, section, typed, read):
    """What somebody else saved, and how it differs from what was typed."""
    newest = queries.version(request.user, section, section.number)
    found = writing.changes(read(section.text), read(typed))
    return {
        "who": rows.post_of(newest.by),
        "at": rows.moment(newest.at),
        "number": section.number,
        "theirs": [rows.block(block) for block in read(section.text)],
        "changes": [rows.change(one) for one in found],
    }
