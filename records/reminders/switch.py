"""
The switch in a mail: a signed address that switches a kind of reminder off, for whoever holds the mail.

It opens nothing and shows nothing but the name of the kind, so that it needs no password and does not end.
"""

from django.conf import settings
from django.core import signing

from records.reminders.kinds import KINDS, may_be_switched_off

SALT = "records.reminders.switch"
ALL = "all"


def address(recipient, name):
    """Where ``recipient`` switches off reminders of the kind ``name``, or ``ALL`` that may be switched off."""
    return f"{settings.SITE_ORIGIN}/reminders/off/{signing.dumps([recipient, name], salt=SALT)}/"


def read(token):
    """(whom, kinds by name) of an address that was given out; None for any other."""
    try:
        recipient, name = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if name == ALL:
        return recipient, may_be_switched_off()
    return (recipient, {name: KINDS[name]}) if name in KINDS else None
