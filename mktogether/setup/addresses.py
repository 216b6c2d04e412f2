"""Finds addresses of package registries in the project's files: which registry a machine uses is its own business."""

import os
import re
import sys
from fnmatch import fnmatch
from pathlib import Path

# A host with one of these among its labels serves packages; the words alone, in prose or code, are no address.
WORDS = "pypi|npmjs|pythonhosted|registry|artifactory|artifacts?|nexus|devpi|verdaccio|packages|mirrors?"
ENDS = "org|com|net|io|dev|uk|cloud"
HOST = re.compile(rf"(?<![\w.@-])(?:[a-z0-9-]+\.)*(?:{WORDS})(?:\.[a-z0-9-]+)*\.(?:{ENDS})\b", re.IGNORECASE)
# Options and settings that name a registry, whatever its host is called.
SETTING = re.compile(
    r"--(?:extra-)?index-url|--find-links|--trusted-host|\"resolved\":"
    r"|^\s*@?[\w:-]*registry\s*=|^\s*(?:extra-)?index-url\s*=",
    re.MULTILINE,
)
LOCKS = re.compile(r"requirements.*\.(?:txt|in)|package(?:-lock)?\.json|\.npmrc|pip\.conf|uv\.lock|uv\.toml")
DIRECT = re.compile(r"(?:https?|file|git\+\w+)://")


def ignored_folders(root):
    """The folders that git ignores, by path or name; read here because git itself need not be on the machine."""
    lines = (root / ".gitignore").read_text().splitlines()
    return [".git", *(line.strip().strip("/") for line in lines if line.strip().endswith("/"))]


def project_files(root):
    """The files below ``root`` that are, or would be, in the repository."""
    ignored = ignored_folders(root)
    for folder, subfolders, names in os.walk(root):
        here = Path(folder)
        subfolders[:] = [
            name
            for name in sorted(subfolders)
            if not any(fnmatch(name, each) or (here / name).relative_to(root) == Path(each) for each in ignored)
        ]
        yield from (here / name for name in sorted(names))


def found_in(path):
    """The addresses in the file ``path``, as ``(line number, text)``; none in a file that is not text."""
    try:
        text = path.read_text()
    except UnicodeDecodeError:
        return []
    patterns = [HOST]
    if LOCKS.fullmatch(path.name):
        patterns.append(SETTING)
    if re.fullmatch(r"requirements.*\.(?:txt|in)", path.name):
        patterns.append(DIRECT)
    hits = [match for pattern in patterns for match in pattern.finditer(text)]
    return sorted((text.count("\n", 0, hit.start()) + 1, hit.group().strip()) for hit in hits)


def main(root="."):
    """Print each address with its place; return 1 if there is any."""
    root = Path(root).resolve()
    found = [(path, *hit) for path in project_files(root) for hit in found_in(path)]
    for path, line, text in found:
        print(f"{path.relative_to(root)}:{line}: {text}: name no package registry; each machine has its own.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
