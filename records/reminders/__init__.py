"""
Reminders: one mechanism for all kinds. A kind is data (``kinds``): whom, when and in which words.

``writing`` puts down a row for what is due, once it is due; ``sending`` hands rows over through the outbox; ``mail``
makes the words; ``choices`` keep what people chose; ``outlook`` says what will go out. See docs/reminders.md.
"""


def remind(now):
    """
    Write every reminder that is due by ``now`` and hand over what waits.

    Everything is written before anything is sent, so that the one mail of a day holds all that the day brought. Several
    that do this at once do no harm; what goes wrong with one kind keeps no other from its turn.
    """
    from records.reminders import sending, writing

    try:
        writing.write_due(now)
    finally:
        sending.send_due(now)
