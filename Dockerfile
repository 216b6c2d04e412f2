# syntax=docker/dockerfile:1

# 1. Style sheets, scripts and fonts: Node is needed here and nowhere else.
FROM node:22-bookworm-slim AS assets
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /portal
COPY package.json package-lock.json .npmrc ./
COPY static static
COPY mktogether/setup/assets.py mktogether/setup/assets.py
RUN python3 mktogether/setup/assets.py

# 2. The locked packages, in a virtual environment that is copied whole.
FROM python:3.12-slim-bookworm AS packages
WORKDIR /portal
COPY requirements.txt requirements-tools.txt ./
COPY mktogether/setup/environment.py mktogether/setup/environment.py
RUN python mktogether/setup/environment.py /portal/.venv requirements.txt

# 3. What runs.
FROM python:3.12-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /portal --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0700 /data /data/files
WORKDIR /portal
ENV PATH=/portal/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VAR_DIR=/data \
    STATIC_ROOT=/portal/staticfiles
COPY --from=packages /portal/.venv .venv
COPY . .
COPY --from=assets /portal/static/vendor static/vendor
# Collecting needs settings and no secret: the key that embedded mode makes for it is thrown away with its folder.
RUN PORTAL_MODE=embedded VAR_DIR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build
USER portal
EXPOSE 8000
# gunicorn, Celery and its clock all end in good order on SIGTERM.
STOPSIGNAL SIGTERM
CMD ["gunicorn", "--config", "python:mktogether.gunicorn", "mktogether.wsgi"]
