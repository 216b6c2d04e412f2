"""Who read a case, and when."""

from django.db.models import BigIntegerField, Count, Max

from mktogether.lib.prepared import Prepared
from partnerships.models import Person
from records.models import Event
from reviews.models import Case

LABEL = Case._meta.label
READ = ("case.read", "case.details_read")


def reads_of(case):
    """Every time that somebody was shown ``case``, the last first."""
    return _reads(case.pk).order_by("-id")


def _reads(pk):
    return Event.objects.filter(target=LABEL, target_id=pk, verb__in=READ)


READERS_OF = Prepared(
    lambda case: (
        _reads(case)
        .order_by()
        .values("actor_id")
        .annotate(times=Count("id"), last=Max("at"))
        .order_by("-last")
        .values_list("actor_id", "times", "last")
    ),
    case=BigIntegerField(),
)


def readers_of(case):
    """Who has read ``case``, who did last first: (account, how often, when last); one query."""
    return READERS_OF(case=case.pk)


def posts_of(account_ids):
    """The posts of accounts, by their ids; one query."""
    return dict(Person.objects.filter(user__in=set(account_ids)).values_list("user_id", "post"))
