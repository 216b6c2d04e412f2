"""Settings of the portal. The environment says what differs between a laptop and production: docs/operations.md."""

import datetime as dt
from pathlib import Path

from csp.constants import NONE, SELF

from mktogether import configuration
from mktogether.configuration import env

BASE_DIR = Path(__file__).resolve().parent.parent
PORTAL_MODE = configuration.mode()
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
PRODUCTION = PORTAL_MODE == configuration.PRODUCTION

SECRET_KEY = configuration.secret_key(PORTAL_MODE, VAR_DIR)
SECRET_KEY_FALLBACKS = [key for key in configuration.verbatim("SECRET_KEY_FALLBACKS").split(",") if key]
# Seals of history outlive a rotation of the secret key where they have a key of their own.
HISTORY_KEY = configuration.verbatim("HISTORY_KEY") or SECRET_KEY
# Where the heads of the history are noted, apart from the database; see docs/history.md.
HISTORY_ANCHORS = Path(env.str("HISTORY_ANCHORS", default=str(VAR_DIR / "anchors")))
# What identifies the people in cases is sealed with these: docs/cases.md.
CASE_DETAILS_KEYS = configuration.case_details_keys(PORTAL_MODE, VAR_DIR)
DEBUG = False
SITE_ORIGIN = configuration.site_origin(PORTAL_MODE)
ALLOWED_HOSTS = configuration.allowed_hosts(PORTAL_MODE, SITE_ORIGIN)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
    "django_filters",
    "mktogether.lib",
    "records",
    "partnerships",
    "meetings",
    "finance",
    "reviews",
    "assurance",
    "reports",
]

GZIP = "django.middleware.gzip.GZipMiddleware"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "records.middleware.no_store",
    "records.middleware.no_prefetch",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "records.middleware.note_denials",
    "records.middleware.on_behalf_of_whoever_asks",
    "partnerships.middleware.emergency_reads",
    "records.middleware.DeclaredAccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

if not PRODUCTION:
    # In production the proxy compresses (docs/nginx.conf.example); here nobody else does.
    MIDDLEWARE.insert(MIDDLEWARE.index("django.contrib.sessions.middleware.SessionMiddleware"), GZIP)

ROOT_URLCONF = "mktogether.urls"
WSGI_APPLICATION = "mktogether.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "partnerships.context.portal",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------------------------

DATABASES = {"default": configuration.database(PORTAL_MODE, VAR_DIR)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A write transaction takes its lock when it begins, so that two writers queue instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # A hang is worse than a crash: every wait has an end.
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": DATABASES["default"].get("OPTIONS", {})  # such as sslmode, from DATABASE_URL
        | {
            "connect_timeout": 3,
            "options": "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000"
            # What is prepared finds rows by their keys: how to run it does not depend on the values.
            " -c plan_cache_mode=force_generic_plan",
        },
    }

# Counts of sign-in attempts live in the database: a lost Redis neither opens nor closes the door.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "records_cache"}}

STORAGES = {
    "default": {"BACKEND": "records.storage.NoDefaultStorage"},
    "private": configuration.file_storage(PORTAL_MODE, VAR_DIR),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
FIXTURES_FOLDER = BASE_DIR / "fixtures"
WHITENOISE_MAX_AGE = 3600

# --- People -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "records.User"
AUTHENTICATION_BACKENDS = ["partnerships.accounts.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
PASSWORD_RESET_TIMEOUT = 30 * 60
# The library's own generator keeps a copy of the address each time a link is looked at, so that reading would write.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "records.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60  # seconds; see fresh_check in records/access.py
ALLAUTH_TRUSTED_PROXY_COUNT = configuration.trusted_proxies(PORTAL_MODE)
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/5m/ip,10/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/5m/user",
}

SESSION_ENGINE = "records.session_store"  # Django's own, found faster
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mktogether.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_ORIGIN]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- The browser's orders -------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^health/$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "mktogether.lib.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Words, days and money ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "Europe/London"
REMINDERS_FROM = dt.time(8)  # local time, which both changes of the clock leave alone; nobody is reminded in the night
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
CRISPY_FAIL_SILENTLY = False
CRISPY_CLASS_CONVERTERS = {
    "numberinput": "govuk-input",
    "urlinput": "govuk-input",
    "dateinput": "govuk-input",
    "timeinput": "govuk-input",
    "datetimeinput": "govuk-input",
    "emailinput": "govuk-input",
    "passwordinput": "govuk-input",
}

# --- Work in the background -----------------------------------------------------------------------------------------

CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = configuration.broker(PORTAL_MODE, VAR_DIR)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # the worker's lines are as those of the rest: see LOGGING
CELERY_TASK_PUBLISH_RETRY = False  # a request never waits for the broker; the sweeper finds what it could not publish
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "records.tasks.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "remind": {"task": "records.tasks.remind", "schedule": 20.0, "options": {"expires": 20}},
    "seal-history": {"task": "records.tasks.seal_history", "schedule": 60.0, "options": {"expires": 60}},
    "forget-sessions": {"task": "records.tasks.forget_sessions", "schedule": 3600.0, "options": {"expires": 3600}},
    "note-head": {"task": "partnerships.tasks.note_head", "schedule": 3600.0, "options": {"expires": 3600}},
    "mark-broker": {"task": "records.tasks.mark_broker", "schedule": 60.0, "options": {"expires": 60}},
}

vars().update(configuration.mail(PORTAL_MODE, VAR_DIR))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="MK Together <no-reply@mktogether.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "mktogether.lib.logs.OneLine", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # What somebody asked for and was not given is in the history, as ids; an address can hold whatever people type.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
