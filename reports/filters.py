"""What the list of comments can be narrowed by."""

import django_filters

from mktogether.lib.filters import Narrowing
from reports.models import Comment


class CommentFilter(Narrowing):
    """Comments by whether they are answered, and by what they ask for."""

    STATES = (("open", "Open"), ("answered", "Answered"), ("all", "All"))

    state = django_filters.ChoiceFilter(choices=STATES, method="in_state")
    kind = django_filters.ChoiceFilter(choices=Comment.Kind.choices)

    class Meta:
        model = Comment
        fields = []

    def __init__(self, data, **kwargs):
        super().__init__({**data.dict(), "state": data.get("state") or "open"}, **kwargs)

    def in_state(self, comments, _name, state):
        if state == "all":
            return comments
        return comments.filter(answer_count=0) if state == "open" else comments.filter(answer_count__gt=0)
