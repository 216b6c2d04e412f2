"""The front door and the pages of boards and groups."""

from django.shortcuts import render

from records.access import public, signed_in


@public
def home(request):
    return render(request, "partnerships/front.html")


@public
def accessibility(request):
    return render(request, "partnerships/accessibility.html")


@public
def privacy(request):
    return render(request, "partnerships/privacy.html")


@public
def cookies(request):
    return render(request, "partnerships/cookies.html")


@public
def worried(request):
    return render(request, "partnerships/worried.html")


@signed_in
def boards(request):
    return render(request, "partnerships/boards.html")


@signed_in
def board(request, slug):
    return render(request, "partnerships/board.html")
