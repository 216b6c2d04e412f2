"""The meeting page by cursor and f-strings behind Django's session and account: as fast as Python makes it."""

from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.utils.html import escape

LONDON = ZoneInfo("Europe/London")

MEETING = """
    SELECT m.id, m.body_id, m.starts_at, m.ends_at, m.mode, m.place, m.quorum_sentence, b.name, b.slug, p.post
    FROM meetings_meeting m JOIN partnerships_body b ON b.id = m.body_id JOIN records_area a ON a.id = m.area_id
    LEFT JOIN partnerships_person p ON p.id = m.presiding_id WHERE m.public_id = %s"""
ITEMS = """
    SELECT id, public_id, number, title, purpose, lead, minutes, recommendation FROM meetings_agendaitem
    WHERE meeting_id = %s ORDER BY number"""
DECISIONS = "SELECT item_id, outcome, wording, reason FROM meetings_decision WHERE meeting_id = %s ORDER BY at, id"
ACTIONS = """
    SELECT a.item_id, a.what, a.due_on, a.done_at, p.post FROM meetings_action a
    JOIN partnerships_person p ON p.id = a.owner_id WHERE a.meeting_id = %s ORDER BY a.due_on, a.id"""
ATTENDANCE = """
    SELECT t.seat_id, t.filled_by, t.how, t.why_not, p.post FROM meetings_attendance t
    LEFT JOIN partnerships_person p ON p.id = t.person_id WHERE t.meeting_id = %s"""
SEATS = """
    SELECT s.id, s.title, g.short_name, g.name FROM partnerships_seat s JOIN partnerships_agency g ON g.id = s.agency_id
    WHERE s.body_id = %s ORDER BY g.name, s."order" """

ICON = '<svg class="icon icon--{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
TICK = ICON.format("tick", "M4 12.5l5 5L20 6.5")
DASH = ICON.format("dash", "M5 12h14")
CLOCK = ICON.format("clock", "M12 3a9 9 0 100 18 9 9 0 000-18M12 7v5.5l3.5 2")


@login_required
def meeting(request, public_id):
    """Session, account, meeting, items, decisions, actions, attendance, seats: eight queries and one string."""
    with connection.cursor() as cursor:

        def rows(query, of):
            cursor.execute(query, [of])
            return cursor.fetchall()

        found = rows(MEETING, public_id if connection.vendor == "postgresql" else public_id.hex)
        if not found:
            raise Http404
        pk, body_id, *words = found[0]
        agenda = _agenda(rows(ITEMS, pk), _by_first(rows(DECISIONS, pk)), _by_first(rows(ACTIONS, pk)))
        attendance = _attendance(rows(SEATS, body_id), {row[0]: row[1:] for row in rows(ATTENDANCE, pk)})
    return HttpResponse(_page(request, public_id, words, agenda, attendance))


def _by_first(rows):
    found = {}
    for first, *rest in rows:
        found.setdefault(first, []).append(rest)
    return found


def _agenda(items, decisions, actions):
    return "".join(
        f'\n      <li><div class="rows__line"><h3>{number}. <a href="/meetings/items/{public_id}/">{escape(title)}</a>'
        f'</h3><span class="tags"><span class="tag tag--kind">{purpose.capitalize()}</span></span></div>'
        f'<p class="rows__sub">Lead: {escape(lead)} · {minutes} minutes</p>'
        + "".join(_decision(*row) for row in decisions.get(pk, ()))
        + ("" if pk in decisions or not recommendation else f"<p>Recommended: {escape(recommendation)}</p>")
        + (f'<ul class="list list--plain">{_actions(actions[pk])}</ul>' if pk in actions else "")
        + "</li>"
        for pk, public_id, number, title, purpose, lead, minutes, recommendation in items
    )


def _decision(outcome, wording, reason):
    return (
        f'<div class="decision"><p><span class="tag tag--met">{TICK}{outcome.capitalize()}</span> {escape(wording)}</p>'
        f'<p class="rows__sub">{escape(reason)}</p></div>'
    )


def _actions(rows):
    return "".join(
        f'<li><strong>Action:</strong> {escape(what)} <span class="quiet">{escape(post)}, by {due_on:%d %b %Y}</span> '
        f'<span class="tag tag--waiting">{TICK if done_at else CLOCK}{"Done" if done_at else "Due"}</span></li>'
        for what, due_on, done_at, post in rows
    )


def _attendance(seats, entries):
    parts, partner = [], None
    for pk, title, short_name, name in seats:
        if short_name != partner:
            parts.append(
                f'</tbody><tbody><tr><th scope="rowgroup" colspan="2" class="table__partner">'
                f'<abbr title="{escape(name)}">{escape(short_name)}</abbr></th></tr>'
            )
            partner = short_name
        filled_by, how, why_not, post = entries.get(pk, ("", "", "", ""))
        who = f'<br><span class="quiet">{escape(post)}</span>' if post and filled_by != "principal" else ""
        word = f"{filled_by.capitalize()}, {how}" if how else (why_not or "not recorded").capitalize()
        parts.append(
            f"<tr><td>{escape(title)}{who}</td><td>"
            f'<span class="verdict-word verdict-word--{"met" if how else "neutral"}">'
            f"{TICK if how else DASH}{word}</span></td></tr>"
        )
    return "".join(parts)


def _page(request, public_id, words, agenda, attendance):
    starts_at, ends_at, mode, place, sentence, body, slug, presiding = words
    heading = f"{escape(body)}, {starts_at.astimezone(LONDON):%A %d %B %Y}"
    span = f"{starts_at.astimezone(LONDON):%H:%M} to {ends_at.astimezone(LONDON):%H:%M}"
    return f"""{_head(request, heading)}
  <div class="portal__width portal__main">
    <nav class="crumbs" aria-label="Breadcrumb"><ol class="crumbs__list"><li><a href="/meetings/">Meetings</a></li>
    <li><a href="/boards/{slug}/">{escape(body)}</a></li></ol></nav>
    <main id="main" tabindex="-1">
      <div class="page-head"><div class="page-head__words"><h1>{heading}</h1>
        <p class="page-head__sub">{span} · {mode.capitalize()} · {escape(place)} · Presiding: {escape(presiding)}</p>
        </div>
        <div class="page-head__acts"><a class="button button--second" href="/meetings/{public_id}/minutes/">Minutes</a>
        <a class="button" href="/meetings/{public_id}/live/">Record it live</a></div></div>
      <section class="quorum-strip" aria-label="Quorum"><div class="quorum-strip__icon">{TICK}</div>
        <p class="quorum-strip__headline"><strong>{escape(sentence)}</strong></p></section>
      <div class="columns columns--side">
        <section class="panel" aria-labelledby="agenda-head">
          <div class="panel__head"><h2 id="agenda-head">Agenda</h2></div>
          <div class="panel__body"><ol class="rows items">{agenda}</ol></div></section>
        <div><section class="panel" aria-labelledby="attendance-head">
          <div class="panel__head"><h2 id="attendance-head">Attendance</h2></div>
          <div class="panel__body"><table class="table">
          <thead><tr><th scope="col">Place</th><th scope="col">Who came</th></tr></thead>
          <tbody>{attendance}</tbody></table></div></section></div>
      </div>
    </main>
  </div>
{FOOT}"""


def _head(request, heading):
    return f"""<!doctype html>
<html lang="en-GB">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
  <title>{heading} – MK Together</title>
  <meta name="robots" content="noindex">
  <link rel="icon" href="/static/img/mark.svg" type="image/svg+xml">
  <link rel="stylesheet" href="/static/vendor/portal.css">
  <script type="module" src="/static/js/portal.js"></script>
</head>
<body class="portal">
  <a class="skip-link" href="#main">Skip to the page's content</a>
  <header class="portal-header"><div class="portal__width portal-header__bar">
    <a class="portal-header__brand" href="/">
      <img src="/static/img/mark.svg" alt="" width="32" height="32">MK Together</a>
    <div class="portal-nav" id="navigation" tabindex="-1"><nav aria-label="Portal"><ul class="portal-nav__list">
      <li class="portal-nav__item"><a href="/">Home</a></li>
      <li class="portal-nav__item portal-nav__item--current"><a href="/meetings/" aria-current="true">Meetings</a></li>
      <li class="portal-nav__item"><a href="/boards/">Boards and groups</a></li>
      <li class="portal-nav__item"><a href="/actions/">Actions</a></li>
      <li class="portal-nav__item"><a href="/cases/">Cases</a></li>
      <li class="portal-nav__item"><a href="/reports/">Reports</a></li>
      <li class="portal-nav__item"><a href="/money/">Money</a></li>
      <li class="portal-nav__item"><a href="/access/">Access</a></li>
    </ul></nav>
    <div class="portal-header__account"><a href="/account/">{escape(request.user.email)}</a>
      <form method="post" action="/sign-out/">
      <input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">
      <button type="submit">Sign out</button></form></div></div>
  </div></header>"""


FOOT = """
  <footer class="portal-footer"><div class="portal__width"><ul class="portal-footer__links">
    <li><a href="/accessibility/">Accessibility statement</a></li>
    <li><a href="/privacy/">Privacy</a></li>
    <li><a href="/cookies/">Cookies</a></li>
  </ul>
  <p>MK Together portal, for the safeguarding partnership of Milton Keynes. Not a GOV.UK service.</p></div></footer>
</body>
</html>
"""
