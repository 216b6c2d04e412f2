from django.urls import path

from partnerships import views
from partnerships.views.membership import hand_over, name_deputy, name_member, remake_political
from partnerships.views.partners import place
from partnerships.views.people import board_access
from partnerships.views.tables import bring_in, membership_file, undo
from partnerships.views.terms import new_terms

app_name = "boards"
told_as = "boards and groups"
urlpatterns = [
    path("", views.boards, name="list"),
    path("<slug:slug>/", views.board, name="board"),
    path("<slug:slug>/places/<int:pk>/", place, name="place"),
    path("<slug:slug>/places/<int:pk>/member/", name_member, name="name_member"),
    path("<slug:slug>/places/<int:pk>/deputy/", name_deputy, name="name_deputy"),
    path("<slug:slug>/chair/", hand_over, name="hand_over"),
    path("<slug:slug>/political/", remake_political, name="remake_political"),
    path("<slug:slug>/membership.<slug:form>", membership_file, name="membership_file"),
    path("<slug:slug>/membership/", bring_in, name="bring_in"),
    path("<slug:slug>/membership/undo/", undo, name="undo_bring_in"),
    path("<slug:slug>/access/", board_access, name="access"),
    path("<slug:slug>/terms/new/", new_terms, name="new_terms"),
]
