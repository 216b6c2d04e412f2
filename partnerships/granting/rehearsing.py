"""What an act would do, before it is done: for the page that says what would change."""

from django.db import transaction


def rehearse(act):
    """
    What ``act`` makes, made and taken back again: no row, no mail and no history is left of it.

    Raises what ``act`` raises, so that nobody is asked to confirm what would then be refused.
    """
    with transaction.atomic():
        made = act()
        transaction.set_rollback(True)
    return made
