"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mktogether.settings")

application = get_wsgi_application()

from partnerships import rules  # noqa: E402 - the apps must be loaded first
from records import broker  # noqa: E402

rules.parse_terms("quorum: one member")  # builds the parser now, and not while somebody waits for a page
broker.stop_unless_shared()  # web would answer, and nothing that it asks for would be done
