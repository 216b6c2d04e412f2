"""
Loads the layout library without what it works out anew at each start, and without what it has no use for here.

The library reads the declarations of its C libraries with a parser that is written in Python, which takes as long as
three pages. ``declarations`` holds what comes of it. And it loads a second library for making fonts smaller, for
machines that lack the quick one; here that waits until somebody asks for it.

A library that declares anything else is loaded as it loads itself, later and just as right; a test says so then.
"""

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from types import ModuleType
from typing import Any

RARELY_CALLED = ("fontTools.subset", "fontTools.varLib.instancer")


def load_weasyprint() -> ModuleType:
    """The layout library. Raises what its import raises: ImportError or OSError where system libraries are missing."""
    stand_ins = {name: LoadedWhenCalled(name) for name in RARELY_CALLED}
    with _in_place_of({"cffi": _declaring(), **stand_ins}):
        weasyprint = importlib.import_module("weasyprint")
    from . import quicker  # which needs the library

    quicker.take()
    return weasyprint


class LoadedWhenCalled(ModuleType):
    """Stands for a module of which nothing but the calls of its functions and classes is wanted."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*given: Any, **named: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*given, **named)

        return call


class Declared:
    """Stands for the object that declares C functions and calls them: it knows one text of declarations already."""

    def cdef(self, text: str) -> None:
        """Take over all that the one does which knows ``text``."""
        from . import declarations

        if sha256(text.encode()).hexdigest() == declarations.OF:
            able = declarations.ffi
        else:
            able = importlib.import_module("cffi").FFI()
            able.cdef(text)
        for name in dir(able):
            if not name.startswith("_"):
                setattr(self, name, getattr(able, name))


def _declaring() -> ModuleType:
    """A module like the one that declares C functions."""
    module = ModuleType("cffi")
    vars(module)["FFI"] = Declared
    return module


@contextmanager
def _in_place_of(modules: dict[str, ModuleType]) -> Iterator[None]:
    """Let whoever imports by these names have ``modules``, for a while; what is loaded already stays."""
    missing = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(missing)
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]
