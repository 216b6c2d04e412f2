"""Reading the environment. A missing or wrong setting stops the start with a sentence that says which and how to set it."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

EMBEDDED = "embedded"
PRODUCTION = "production"


def mode():
    """``embedded`` (one machine, everything under one folder) unless a database is named: then ``production``."""
    chosen = env.str("PORTAL_MODE", default=PRODUCTION if "DATABASE_URL" in env.ENVIRON else EMBEDDED)
    if chosen not in {EMBEDDED, PRODUCTION}:
        raise ImproperlyConfigured(f"PORTAL_MODE is {chosen!r}. Set it to 'production' or 'embedded', or leave it out.")
    return chosen


def required(name, how):
    """The setting ``name`` of production; ``how`` completes the sentence when it is missing."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {how}")
    return value


def secret_key(portal_mode, var):
    """The key from the environment; on one machine, a key made on the spot and kept in a file that only we can read."""
    if portal_mode == PRODUCTION or "SECRET_KEY" in env.ENVIRON:
        key = required(
            "SECRET_KEY", "Set it to at least 50 random characters, the same for every web and worker process."
        )
        if len(key) < 50:
            raise ImproperlyConfigured("SECRET_KEY is shorter than 50 characters. Make a longer random one.")
        return key
    path = Path(var) / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


def site_origin(portal_mode):
    """Scheme and host that people type, such as ``https://portal.example.org``; every link in a mail begins with it."""
    if portal_mode == EMBEDDED:
        return env.str("SITE_ORIGIN", default=f"http://localhost:{env.int('PORT', default=8000)}")
    origin = required("SITE_ORIGIN", "Set it to the address that people type, such as https://portal.example.org.")
    parts = urlsplit(origin)
    if parts.scheme != "https" or not parts.hostname or parts.path not in {"", "/"}:
        raise ImproperlyConfigured(
            f"SITE_ORIGIN is {origin!r}. Set it to https:// and a host alone, such as https://portal.example.org."
        )
    return origin.rstrip("/")


def broker(portal_mode, var):
    """Where tasks are handed over: Redis in production, a folder that web and worker share on one machine."""
    if portal_mode == EMBEDDED and "REDIS_URL" not in env.ENVIRON:
        folder = Path(var) / "broker"
        for name in ("queue", "processed"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        queue = str(folder / "queue")
        options = {"data_folder_in": queue, "data_folder_out": queue, "processed_folder": str(folder / "processed")}
        return "filesystem://localhost/", {**options, "store_processed": False}
    url = required("REDIS_URL", "Set it to the Redis that web and worker share, such as redis://redis:6379/0.")
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(
            f"REDIS_URL begins with {urlsplit(url).scheme!r}. Web and workers share one Redis: set it to "
            "redis://HOST:6379/0 (or rediss:// with TLS). A broker in memory or in a folder is not shared."
        )
    timeouts = {"socket_timeout": 2, "socket_connect_timeout": 0.5, "visibility_timeout": 600}
    return url, timeouts


def file_storage(portal_mode, var):
    """Private files: a folder (default), or ``s3://BUCKET`` where web and workers run on several machines."""
    default = f"file://{Path(var).resolve() / 'files'}" if portal_mode == EMBEDDED else ""
    address = env.str("FILE_STORAGE", default=default) or required(
        "FILE_STORAGE", "Set it to s3://BUCKET, or to file:///FOLDER if every process sees the same folder."
    )
    parts = urlsplit(address)
    if parts.scheme == "file" and parts.path:
        options = {"location": parts.path, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    if parts.scheme == "s3" and parts.netloc:
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": parts.netloc,
                "location": parts.path.strip("/"),
                "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
                "region_name": env.str("S3_REGION", default=None),
                "default_acl": None,
                "file_overwrite": False,
                "querystring_auth": True,
            },
        }
    raise ImproperlyConfigured(f"FILE_STORAGE is {address!r}. Set it to s3://BUCKET or file:///FOLDER.")


def mail(portal_mode, var):
    """How mail leaves: SMTP in production, a folder that can be read on one machine."""
    if portal_mode == EMBEDDED and "EMAIL_URL" not in env.ENVIRON:
        folder = Path(var) / "mail"
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": str(folder)}
    required("EMAIL_URL", "Set it to the mail server, such as smtp+tls://USER:PASSWORD@mail.example.org:587.")
    return env.email_url("EMAIL_URL") | {"EMAIL_TIMEOUT": 10}
