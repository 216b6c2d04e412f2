"""Partnership representation, below the addresses of boards and groups."""

from django.urls import path

from meetings.views import representation

app_name = "representation"
told_as = "partnership representation"
urlpatterns = [
    path("representation/", representation.all_boards, name="all"),
    path("representation/<slug:year>.<slug:form>", representation.all_boards_file, name="all_file"),
    path("<slug:slug>/representation/", representation.board, name="board"),
    path("<slug:slug>/representation/<slug:year>.<slug:form>", representation.board_file, name="board_file"),
]
