"""How the program says what came of it: its exit statuses. A signal or any other status is a death or a fault.

On standard error, lines that begin with ``REMARK`` are about the document; what the libraries mutter is not.
"""

DONE, FAULT, UNAVAILABLE, REFUSED = 0, 1, 3, 4
KILLED = 9  # by somebody else: neither a fault nor a limit
REMARK = "document: "
