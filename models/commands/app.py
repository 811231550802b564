"""`atelier` without a command opens the app.

The app is found by the entry point that it declares in pyproject.toml, in the group below, so that nothing here knows
its name. It runs in this very process: its exit status, Ctrl-C and what a shell does to a job are then its own, and no
folder of a person's that happens to be called like it can take its place, as `python -m` would allow.
"""

from __future__ import annotations

import argparse
import os
import sys

from models.errors import AtelierError

GROUP = "latent_atelier.app"
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class AppError(AtelierError):
    """The app cannot be opened."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What the app takes; it checks the values itself."""
    parser.add_argument("--tab", metavar="NAME", help="opens the app at this tab")
    parser.add_argument("--recipe", metavar="TEXT", help="opens the app with what a copied recipe says")


def run(arguments: argparse.Namespace) -> None:
    """Open the app and stay until it is closed; leaves with its exit status. Raises `AppError`."""
    options = {"--tab": arguments.tab, "--recipe": arguments.recipe}
    words = [word for name, value in options.items() if value is not None for word in (name, value)]
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in DISPLAYS):
        raise AppError(
            'There is no display here to open a window on; atelier verses "first line" "last line" needs none.'
        )
    from importlib.metadata import entry_points

    found = tuple(entry_points(group=GROUP))
    if not found:
        raise AppError("The app is not installed here: python3 run.py in the project's folder installs and opens it.")
    try:
        start = found[0].load()
    except ImportError as error:
        raise AppError("Cannot open the app: {reason}.", reason=error) from error
    start(words)
