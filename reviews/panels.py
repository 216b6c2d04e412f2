"""What cases put on the home page: the way to refer an incident, and for the team how many referrals wait."""

from partnerships.panels import Panel, on_home
from reviews import access
from reviews.models import Referral


def register():
    """Put the panel in its order."""
    on_home(referring, order=65)


def referring(user, now):
    """For whoever may refer an incident. It names nothing: the home page opens without a fresh check."""
    if not access.may_refer(user):
        return None
    waiting = Referral.objects.visible_to(user).waiting().count() if access.may_register(user) else 0
    return Panel("reviews/panels/refer.html", {"waiting": waiting}, "right")
