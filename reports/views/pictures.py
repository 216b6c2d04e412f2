"""The pictures of a report: the list with a form for another, one as it is shown, and taking one out."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from mktogether.lib import uploads
from records.access import public, signed_in
from records.acting import form_page, posted
from reports import access, actions, queries, rows
from reports.forms import PictureForm, RemovePictureForm
from reports.models import Image
from reports.views.acting import FORM, crumbs_to, find_report, making_of, once, turned_away


@signed_in
@require_http_methods(FORM)
def pictures(request, slug):
    """The pictures of a report, and the form to put another into it."""
    report = find_report(request, slug)
    may_write = access.may_write(request.user, report)
    if request.method == "POST" and not may_write:
        return turned_away(request, may_write, making_of(report))
    form = _form(request)
    here = f"{report.get_absolute_url()}images/"
    added = once(
        request,
        form,
        lambda: actions.add_picture(
            report, form.cleaned_data["file"], form.cleaned_data["words"], by=request.user, submission=request.POST
        ),
        said="The picture is uploaded. It is shown once its line stands in the text of a section.",
        leads_to=here,
    )
    return added or form_page(
        request,
        form,
        "Pictures",
        crumbs=crumbs_to(report, "Pictures"),
        cancel_href="",
        template="reports/pictures.html",
        report=report,
        may_write=may_write,
        pictures=[rows.picture(image, titles) for image, titles in queries.pictures_of(report)],
    )


def _form(request):
    if request.method != "POST":
        return PictureForm()
    return PictureForm(request.POST, request.FILES, too_large=uploads.was_too_large(request))


@signed_in
@require_http_methods(FORM)
def remove(request, public_id):
    """Take a picture out of its report, once that was confirmed, while no text shows it."""
    found = get_object_or_404(
        Image.objects.in_making(request.user).select_related("report__area", "file"), public_id=public_id
    )
    here = f"{found.report.get_absolute_url()}images/"
    if not (verdict := access.may_write(request.user, found.report)):
        return turned_away(request, verdict, here)
    if refusal := actions.why_it_stays(found):
        messages.error(request, refusal)
        return redirect(here)
    form = RemovePictureForm(posted(request))
    removed = once(
        request,
        form,
        lambda: actions.remove_picture(found, by=request.user),
        said="The picture is removed.",
        leads_to=here,
    )
    return removed or form_page(
        request,
        form,
        "Remove this picture?",
        crumbs=crumbs_to(found.report, ("Pictures", here), "Remove"),
        cancel_href=here,
        template="reports/remove_picture.html",
        picture=rows.picture(found, []),
        earlier=queries.earlier_showing(found),
    )


@public
@require_safe
def picture(request, public_id):
    """A picture, for whoever reads the report that it belongs to."""
    found = get_object_or_404(Image.objects.visible_to(request.user).select_related("file"), public_id=public_id)
    response = FileResponse(found.file.file.open("rb"), content_type=found.file.content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
