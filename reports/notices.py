"""Mails about the making of reports. They carry a reference, a date and a link, and nothing of what was said."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from mktogether.lib.templatetags.wording import clock, weekday
from records import outbox
from reports.models import Answer, Comment

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


def is_still_wanted(message):
    """Whether whoever wrote a comment still reads it, and is reached under the address of the mail."""
    answers = Answer.objects.regardless("whose comment it is about, for whoever is told of it")
    answer = answers.filter(pk=message.key.partition(":")[2]).select_related("comment__by").first()
    if answer is None or not answer.comment.by.is_active or answer.comment.by.email != message.to:
        return False
    return Comment.objects.visible_to(answer.comment.by).filter(pk=answer.comment_id).exists()


def register():
    """Have the outbox ask before the mail of an answer goes."""
    outbox.before_handing_over("answer", is_still_wanted)
