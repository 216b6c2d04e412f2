"""Reading the environment. A missing or wrong setting stops the start with a sentence: which, and how to set it."""

import base64
import contextlib
import os
import re
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

EMBEDDED = "embedded"
PRODUCTION = "production"
SEALING_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")
ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:[0-9]{1,5})?", re.IGNORECASE)


def mode():
    """``embedded`` (one machine, everything under one folder) unless a database is named: then ``production``."""
    chosen = env.str("PORTAL_MODE", default="")
    if chosen not in {"", EMBEDDED, PRODUCTION}:
        raise ImproperlyConfigured(f"PORTAL_MODE is {chosen!r}. Set it to 'production' or 'embedded', or leave it out.")
    if not chosen and env.str("REDIS_URL", default="") and not env.str("DATABASE_URL", default=""):
        raise ImproperlyConfigured(
            "REDIS_URL is set and DATABASE_URL is not. Set DATABASE_URL as well, or PORTAL_MODE=embedded if everything "
            "is to stay on this machine."
        )
    return chosen or (PRODUCTION if "DATABASE_URL" in env.ENVIRON else EMBEDDED)


def verbatim(name):
    """A setting as it stands: the library takes a "$" at its beginning for a reference, and random secrets have it."""
    return env.ENVIRON.get(name, "")


def required(name, how):
    """The setting ``name`` of production; ``how`` completes the sentence when it is missing."""
    value = verbatim(name)
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
        _keep_secret(path, secrets.token_urlsafe(64))
    return path.read_text()


def case_details_keys(portal_mode, var):
    """
    The keys with which details of cases are sealed, the first for what is sealed from now on.

    In production from the environment; on one machine, a key made on the spot and kept in a file that only we can read.
    """
    if portal_mode == PRODUCTION or "CASE_DETAILS_KEYS" in env.ENVIRON:
        how = "Set it to what `openssl rand -base64 32 | tr '+/' '-_'` prints, and keep it apart from the backups."
        keys = [key for key in required("CASE_DETAILS_KEYS", how).split(",") if key]
        if not keys or not all(SEALING_KEY.fullmatch(key) for key in keys):
            # What stands there may be half a key, so the sentence does not repeat it.
            raise ImproperlyConfigured(f"CASE_DETAILS_KEYS holds something that is no key. {how}")
        return keys
    path = Path(var) / "case-details-key"
    if not path.exists():
        _keep_secret(path, base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii"))
    return [path.read_text()]


def _keep_secret(path, secret):
    """Write ``secret`` so that others never see it, nor half of it; of several that try at once, the first stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with open(handle, "w") as file:
        file.write(secret)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)


def database(portal_mode, var):
    """PostgreSQL in production; on one machine, a file unless DATABASE_URL names something else."""
    if portal_mode == EMBEDDED and "DATABASE_URL" not in env.ENVIRON:
        return env.db_url_config(f"sqlite:///{Path(var) / 'db.sqlite3'}")
    how = "Set it to the portal's PostgreSQL, such as postgres://USER:PASSWORD@HOST:5432/DATABASE."
    url = required("DATABASE_URL", how)
    schemes = {"postgres", "postgresql"} | ({"sqlite"} if portal_mode == EMBEDDED else set())
    if url.partition("://")[0] not in schemes:
        # The value may hold a password in any place, so the sentence does not repeat it.
        raise ImproperlyConfigured(f"DATABASE_URL does not begin with postgres://. {how}")
    try:
        config = env.db_url_config(url)
    except ValueError as problem:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read. {how}") from problem
    if not config["NAME"]:
        raise ImproperlyConfigured(f"DATABASE_URL names no database. {how}")
    return config


def site_origin(portal_mode):
    """Scheme and host that people type, such as ``https://portal.example.org``; every link in a mail begins with it."""
    if portal_mode == PRODUCTION:
        required("SITE_ORIGIN", "Set it to the address that people type, such as https://portal.example.org.")
    origin = env.str("SITE_ORIGIN", default=f"http://localhost:{env.int('PORT', default=8000)}").rstrip("/")
    schemes = {"https"} if portal_mode == PRODUCTION else {"https", "http"}
    match = ORIGIN.fullmatch(origin)
    if not match or match["scheme"] not in schemes:
        raise ImproperlyConfigured(
            f"SITE_ORIGIN is {origin!r}. Set it to https:// and a host alone, such as https://portal.example.org."
        )
    return origin


def allowed_hosts(portal_mode, origin):
    """The host names that the portal answers to: that of ``origin`` unless ALLOWED_HOSTS names more."""
    hosts = env.list("ALLOWED_HOSTS", default=[]) or [ORIGIN.fullmatch(origin)["host"]]
    if any("*" in host for host in hosts):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS holds a '*'. Name each host, or leave it out: the host of SITE_ORIGIN is then the only one."
        )
    return [*hosts, "localhost", "127.0.0.1"] if portal_mode == EMBEDDED else hosts


def trusted_proxies(portal_mode):
    """How many proxies in front of the portal add to X-Forwarded-For: what others claim in it is not believed."""
    return env.int("TRUSTED_PROXIES", default=1 if portal_mode == PRODUCTION else 0)


def broker(portal_mode, var):
    """Where tasks are handed over: Redis in production, a folder that web and worker share on one machine."""
    if portal_mode == EMBEDDED and "REDIS_URL" not in env.ENVIRON:
        folder = Path(var) / "broker"
        for name in ("queue", "processed"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        queue = str(folder / "queue")
        options = {"data_folder_in": queue, "data_folder_out": queue, "processed_folder": str(folder / "processed")}
        return "filesystem://localhost/", {
            **options,
            "store_processed": False,
            "control_folder": str(folder / "control"),
        }
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
        return {"BACKEND": "records.storage.FolderStorage", "OPTIONS": options}
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
        return {"EMAIL_BACKEND": "records.mail_folder.EmailBackend", "EMAIL_FILE_PATH": str(folder)}
    how = "Set it to the mail server, such as smtp+tls://USER:PASSWORD@mail.example.org:587."
    url = required("EMAIL_URL", how)
    if urlsplit(url.lower()).scheme not in {"smtp", "smtps", "smtp+tls", "smtp+ssl"}:
        raise ImproperlyConfigured(f"EMAIL_URL does not begin with smtp+tls://, smtp+ssl:// or smtp://. {how}")
    try:
        config = env.email_url("EMAIL_URL")
    except ValueError as problem:
        raise ImproperlyConfigured(f"EMAIL_URL cannot be read. {how}") from problem
    if not config["EMAIL_HOST"]:
        raise ImproperlyConfigured(f"EMAIL_URL names no mail server. {how}")
    return config | {"EMAIL_TIMEOUT": 5}  # seconds for each step: records.outbox.LEASE is longer than all of them
