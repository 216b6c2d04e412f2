"""Lays out the order on standard input and notes every file it opens: by our program, or by the bare library.

Run as ``python watched.py ours|bare NOTES``.
"""

import json
import os
import runpy
import sys
from pathlib import Path

PROGRAM_FOLDER = Path(__file__).parents[3] / "mktogether" / "lib" / "pdf"


def main():
    kind = sys.argv[1]
    notes = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(event, args):
        if event == "open" and isinstance(args[0], (str, bytes)):
            os.write(notes, os.fsencode(args[0]) + b"\n")

    sys.addaudithook(note)
    if kind == "ours":
        sys.path.insert(0, str(PROGRAM_FOLDER))
        runpy.run_module("layout", run_name="__main__")
    else:
        from weasyprint import HTML

        sys.stdout.buffer.write(HTML(string=json.load(sys.stdin)["html"]).write_pdf())
        sys.stdout.flush()
        os._exit(0)  # the library's own libraries now and then crash while they are taken down


if __name__ == "__main__":
    main()
