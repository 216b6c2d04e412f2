"""Money: years by their names, and what belongs to each below it."""

from django.urls import path

from finance.views import entering, reconciling, years

app_name = "money"
told_as = "money"
urlpatterns = [
    path("", years.years, name="list"),
    path("new/", years.open_year, name="open"),
    path("<slug:name>/", years.year, name="year"),
    path("<slug:name>/files/<str:file>", years.export, name="export"),
    path("<slug:name>/figures/<slug:key>/", years.figure, name="figure"),
    path("<slug:name>/figures/<slug:key>/printed/", reconciling.enter_printed, name="enter_printed"),
    path("<slug:name>/figures/<slug:key>/printed/remove/", reconciling.remove_printed, name="remove_printed"),
    path("<slug:name>/figures/<slug:key>/explain/", reconciling.explain, name="explain"),
    path("<slug:name>/printed/new/", reconciling.choose_printed, name="choose_printed"),
    path("<slug:name>/printed/<int:pk>/restore/", reconciling.restore_printed, name="restore_printed"),
    path("<slug:name>/contributions/new/", entering.add_contribution, name="add_contribution"),
    path("<slug:name>/contributions/<int:pk>/", entering.change_contribution, name="change_contribution"),
    path("<slug:name>/contributions/<int:pk>/remove/", entering.remove_contribution, name="remove_contribution"),
    path("<slug:name>/contributions/<int:pk>/restore/", entering.restore_contribution, name="restore_contribution"),
    path("<slug:name>/lines/new/", entering.add_line, name="add_line"),
    path("<slug:name>/lines/<int:pk>/", entering.change_line, name="change_line"),
    path("<slug:name>/lines/<int:pk>/move/", entering.move_line, name="move_line"),
    path("<slug:name>/lines/<int:pk>/remove/", entering.remove_line, name="remove_line"),
    path("<slug:name>/lines/<int:pk>/restore/", entering.restore_line, name="restore_line"),
]
