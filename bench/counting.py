"""
How many queries a page takes: ``python -m bench.counting`` under the settings of one side.

Reads from standard input the session, and the requests by name (path, form or null); prints for each its status, its
queries and its bytes. Each is asked once before, so that nothing is counted that only a first request pays.
"""

import json
import sys

import django


def count(client, path, form):
    """Status, queries and bytes of one request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path) if form is None else client.post(path, form, headers={"accept": "application/json"})
    statements = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))]
    return {"status": answer.status_code, "queries": len(statements), "bytes": len(answer.content), "sql": statements}


def main():
    """Answer the order on standard input."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    order = json.load(sys.stdin)
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = order["session"]
    found = {}
    for name, (path, form) in order["requests"].items():
        count(client, path, form)
        found[name] = count(client, path, form)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
