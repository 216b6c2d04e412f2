"""How the program says what came of it: its exit statuses. A signal or any other status is a death at its limits."""

DONE, FAULT, NO_PICTURE, TOO_MANY_PIXELS, TOO_MUCH = 0, 1, 3, 4, 5
