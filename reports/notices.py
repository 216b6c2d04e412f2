"""Mails about the making of reports. They carry a reference, a date and a link, and nothing of what was said."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, weekday
from records import outbox

ANSWERED = "What you said about a draft was answered."


def tell_of_answer(answer, area):
    """Tell whoever wrote a comment that it was answered; not whoever answers themselves, nor who cannot sign in."""
    comment = answer.comment
    if not comment.by.is_active or comment.by_id == answer.by_id:
        return
    now = timezone.localtime(answer.at)
    text = render_to_string(
        "reports/mail/answered.txt",
        {
            "what": ANSWERED,
            "reference": str(comment),
            "on": f"{weekday(now)}, {clock(now)}",
            "link": f"{settings.SITE_ORIGIN}{comment.get_absolute_url()}",
        },
    )
    outbox.post(
        f"answer:{answer.pk}",
        to=comment.by.email,
        subject=f"{comment}: {ANSWERED.removesuffix('.')}",
        text=text,
        area=area,
    )
