from django.urls import path

from partnerships import views

app_name = "boards"
urlpatterns = [
    path("", views.boards, name="list"),
    path("<slug:slug>/", views.board, name="board"),
]
