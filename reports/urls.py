"""Yearly reports: what is published, for everybody; how they are made, for those who follow it."""

from django.urls import path

from reports.views import commenting, figures, lists, making, pictures, publishing, reading, sections, writing

app_name = "reports"
told_as = "reports"
urlpatterns = [
    path("", lists.reports, name="list"),
    path("images/<uuid:public_id>/", pictures.picture, name="picture"),
    path("images/<uuid:public_id>/remove/", pictures.remove, name="remove_picture"),
    path("sections/<uuid:public_id>/", sections.section, name="section"),
    path("sections/<uuid:public_id>/changes/", sections.changes, name="changes"),
    path("sections/<uuid:public_id>/read/", sections.read, name="read"),
    path("sections/<uuid:public_id>/comment/", commenting.comment, name="comment"),
    path("sections/<uuid:public_id>/note/", commenting.keep_note, name="keep_note"),
    path("sections/<uuid:public_id>/edit/", writing.edit, name="edit"),
    path("sections/<uuid:public_id>/versions/", sections.versions, name="versions"),
    path("sections/<uuid:public_id>/versions/<int:number>/", sections.version, name="version"),
    path("sections/<uuid:public_id>/versions/<int:number>/bring-back/", sections.bring_back, name="bring_back"),
    path("notes/<uuid:public_id>/remove/", commenting.remove_note, name="remove_note"),
    path("comments/<uuid:public_id>/answer/", commenting.answer, name="answer"),
    path("<slug:slug>/", reading.reading, name="report"),
    path("<slug:slug>/pdf/", lists.pdf, name="pdf"),
    path("<slug:slug>/making/", making.making, name="making"),
    path("<slug:slug>/texts/", making.ask_for_texts, name="ask_for_texts"),
    path("<slug:slug>/build/", making.build, name="build"),
    path("<slug:slug>/comments/", making.comments, name="comments"),
    path("<slug:slug>/images/", pictures.pictures, name="pictures"),
    path("<slug:slug>/propose/", publishing.propose, name="propose"),
    path("<slug:slug>/approve/", publishing.approve, name="approve"),
    path("<slug:slug>/withdraw/", publishing.withdraw, name="withdraw"),
    path("<slug:slug>/figures/", figures.figures, name="figures"),
    path("<slug:slug>/figures/<slug:name>/", figures.figure, name="figure"),
]
