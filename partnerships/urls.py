from django.urls import path

from partnerships import views
from partnerships.views.partners import place
from partnerships.views.people import board_access
from partnerships.views.terms import new_terms

app_name = "boards"
urlpatterns = [
    path("", views.boards, name="list"),
    path("<slug:slug>/", views.board, name="board"),
    path("<slug:slug>/places/<int:pk>/", place, name="place"),
    path("<slug:slug>/access/", board_access, name="access"),
    path("<slug:slug>/terms/new/", new_terms, name="new_terms"),
]
