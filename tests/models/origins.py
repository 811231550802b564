"""A public origin on this machine, for what is fetched: no test leaves it."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from models import download


@dataclass
class Origin:
    """`files` are given by their path; `moved` leads on; `lengths` are told for the true ones, "" not at all."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    lengths: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def origin(monkeypatch: pytest.MonkeyPatch) -> Iterator[Origin]:
    """An origin that answers over http, which `download` takes here and nowhere else."""
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(download, "HANDLERS", [*download.HANDLERS, urllib.request.HTTPHandler])
    told = Origin()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("/")
            if path in told.moved:
                self.send_response(302)
                self.send_header("Location", told.moved[path])
                self.end_headers()
            elif path in told.files:
                data = told.files[path]
                self.send_response(200)
                if length := told.lengths.get(path, str(len(data))):
                    self.send_header("Content-Length", length)
                self.end_headers()
                self.wfile.write(data)
            else:
                self.send_error(404)

        def log_message(self, *_: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        told.address = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield told
        server.shutdown()
        thread.join()
