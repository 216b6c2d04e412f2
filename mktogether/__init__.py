"""The roof of the portal: settings, addresses and the queue. It wires, and decides nothing."""

# Whoever imports the project must have the Celery app: otherwise a task would be published to a default broker that
# nobody reads.
from mktogether.celery import app as celery_app

__all__ = ["celery_app"]
