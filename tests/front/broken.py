"""A context processor that fails, as everything may when the database is away."""


def portal(request):
    """Fails."""
    raise ConnectionError("The database is away")
