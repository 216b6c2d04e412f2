"""
What the layout library declares of its C libraries, read once for all starts (``mktogether.lib.pdf.layout.loading``).

``python -m tests.lib.pdf.declarations`` renews it after an upgrade of the library.
"""

import ast
import sys
import tempfile
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import cffi

ROOT = Path(__file__).parents[3]
FILE = ROOT / "mktogether" / "lib" / "pdf" / "layout" / "declarations.py"
HEAD = '''"""
What WeasyPrint (BSD-3-Clause) declares of its C libraries, as cffi knows it once it has been read.

Made by ``python -m tests.lib.pdf.declarations``: do not change it by hand.
"""

OF = "{of}"  # SHA-256 of the text that was read
'''


def text():
    """The declarations in the source of the library that is installed."""
    source = Path(find_spec("weasyprint").origin).parent / "text" / "ffi.py"
    [declared] = [
        node.args[0].value
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "cdef"
    ]
    return declared


def made():
    """The whole file, as it has to be for the library that is installed."""
    read = cffi.FFI()
    read.set_source("declarations", None)
    read.cdef(text())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "declarations.py"
        read.emit_python_code(str(path))
        _comment, _, program = path.read_text().partition("\n")
    return HEAD.format(of=sha256(text().encode()).hexdigest()) + program


if __name__ == "__main__":
    FILE.write_text(made())
    sys.stdout.write(f"{FILE} renewed.\n")
