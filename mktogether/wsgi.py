"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mktogether.settings")

application = get_wsgi_application()

from records import broker  # noqa: E402 - the apps must be loaded first

broker.stop_unless_shared()  # web would answer, and nothing that it asks for would be done
