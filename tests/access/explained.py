"""Changes that no request can tell from a whole check, each with the reason."""

EXPLAINED: dict[str, str] = {}
