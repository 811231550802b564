"""`atelier data`: public data sets, obtained from their origins."""

from __future__ import annotations

import argparse

from models.commands import output
from models.commands.parsing import Subparsers, command, path

NAMES = ("lecture", "mnist", "creatures")  # the keys of `fetch.DATA`, told without loading it


def add(subparsers: Subparsers) -> None:
    """The command's words."""
    told = "obtains a public data set from its origin and checks that it is the one that was published"
    data = subparsers.add_parser("data", help="obtains public data sets", description="Public data sets.")
    actions = data.add_subparsers(metavar="ACTION", dest="action", required=True)
    parser = command(actions, "fetch", run, told)
    parser.add_argument("name", metavar="NAME", choices=NAMES, help=", ".join(NAMES))
    parser.add_argument("--out", metavar="DIR", type=path, help="where to put it (default: in your own data folder)")


def run(arguments: argparse.Namespace) -> None:
    """Fetch, and tell the licence. Raises `DataError`, `SaveError`."""
    from models import fetch

    chosen = fetch.DATA[arguments.name]
    output.note(f"Licence: {chosen.licence}.")
    fetched = fetch.fetch(arguments.name, arguments.out)
    output.note(f"Checked: {chosen.checked}.")
    if arguments.json:
        output.show_json({"path": str(fetched.path), "sha256": fetched.sha256})
        return
    output.show(f"{fetched.path}\nsha256  {fetched.sha256}")
