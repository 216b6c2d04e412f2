"""What an act on access would change, in sentences, before it is done."""

import datetime as dt

from django.utils import timezone
from django.utils.text import capfirst

from mktogether.lib.templatetags.wording import day
from partnerships.granting import rows, subjects
from partnerships.models import Grant
from partnerships.roles import Act, names_of
from partnerships.standing import GRANTS

LONG = dt.timedelta(days=90)
IF_THERE_IS = "If there is such a record, "
# As ``people.told_of_emergency`` has it; both read the table of roles.
TOLD_OF_EMERGENCY = f"Everybody with one of these roles is told by mail at once: {names_of(Act.BREAK_GLASS)}."
GONE = "It is not there any more: not on pages, in lists and counts, in files, minutes or mails."


def of_grant(grant, thing, *, new=False):
    """Of a proposal as it would be kept; ``new`` for a guest who is entered with it."""
    who, title = rows.who(grant.person), subjects.of(thing).title(thing)
    begins = "as soon as it is approved" if grant.wanted_from <= grant.proposed_at else _from(grant.wanted_from)
    if grant.starts_at:
        begins = "at once"
    yield f"{who} will be able to see {title}, {begins}, until {rows.moment(grant.wanted_until)}."
    yield GRANTS[grant.kind].what
    if grant.starts_at:
        yield (
            f"It works at once. It lapses at {rows.moment(grant.confirm_by)}, unless {grant.second.post} confirms it "
            "before."
        )
    yield f"{grant.second.post} is asked by mail to approve it. The mail says nothing of what it is about."
    if new:
        yield "They get an account, and with the approval a mail with which they choose a password."
    if grant.wanted_until - grant.wanted_from > LONG:
        yield "After 90 days somebody is asked whether it is still needed."


def _from(moment):
    """``from 3 May 2027``: access that was proposed for a later day begins as that day does."""
    return f"from {day(timezone.localtime(moment))}"


def of_approval(grant, title):
    """Of approving ``grant``; ``title`` is what it is about, as whoever approves may know it."""
    who = rows.who(grant.person)
    if grant.kind == Grant.Kind.EMERGENCY:
        yield f"{who} will be able to read {title}, for an hour from now."
        yield TOLD_OF_EMERGENCY
        yield "Everything that they open meanwhile is written to the history."
        return
    yield f"{who} will be able to see {title}, until {rows.moment(grant.wanted_until)}."
    yield GRANTS[grant.kind].what


def of_ending(grant, title, now):
    """Of ending or refusing ``grant``; ``title`` is what it is about, as whoever does it may know it."""
    who = rows.who(grant.person)
    if grant.is_in_force(now):
        return f"{who} will not see {title} by it any more, at once. What else they hold stays."
    if grant.starts_at:
        return f"{who} will not be let see {title} from {rows.moment(grant.starts_at)}."
    return f"Nothing opens: {who} is not let see {title}, and nobody is asked any more."


def of_exclusion(person, thing):
    """Of keeping ``person`` from ``thing``."""
    subject = subjects.of(thing)
    yield f"{rows.who(person)} will not see {subject.title(thing)} any more, whatever they hold."
    yield GONE
    yield from _afterwards(subject)
    yield "Nobody ends their own exclusion. You can end it, with a reason."


def of_withdrawal(thing):
    """Of one's own declaration, said to whoever declares it."""
    subject = subjects.of(thing)
    what_belongs = "anything about it" if subject.hides_existence else "its papers, decisions, actions and minutes"
    yield f"You will not see {subject.title(thing)} any more, nor {what_belongs}."
    yield from _afterwards(subject)
    yield f"You cannot take it back yourself. {capfirst(subject.keepers)} can let you see it again."


def _afterwards(subject):
    yield f"{capfirst(subject.keepers)} are told by mail."
    if subject.on_withdrawal:
        yield subject.on_withdrawal


def of_emergency(title, second):
    """
    Of asking for emergency access to ``title``, which ``second`` would confirm.

    Without a title it is asked for by a reference, and nobody is told whether there is such a record.
    """
    perhaps = "" if title else IF_THERE_IS
    yield f"{perhaps}{second.post} is asked by mail to confirm it."
    yield "Nothing opens before, and after an hour the request is over."
    yield f"Once it is confirmed, for one hour, you can read {title or 'what has this reference'}."
    yield TOLD_OF_EMERGENCY
    yield "Everything that you open meanwhile is written to the history."


def of_asking(second, *, by_reference):
    """What came of asking, said to whoever asked: the same of any reference, whatever it names."""
    perhaps = IF_THERE_IS if by_reference else ""
    return f"{perhaps}{second.post} has been asked by mail to confirm it."
