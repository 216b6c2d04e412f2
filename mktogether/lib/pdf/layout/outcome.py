"""How the program says what came of it: its exit statuses. A signal or any other status is a death or a fault."""

DONE, UNAVAILABLE, REFUSED = 0, 3, 4
