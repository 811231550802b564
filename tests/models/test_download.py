from __future__ import annotations

import hashlib
import http.client
import socket
import urllib.request

import pytest

from models import download as module
from models.download import download
from models.errors import DataError
from tests.models.origins import Origin, origin

__all__ = ["origin"]

DATA = bytes(range(256)) * 1000
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.mark.parametrize("sha256", [None, SHA256])
def test_what_an_origin_gives_comes_whole(sha256: str | None, origin: Origin) -> None:
    origin.files["data.bin"] = DATA
    assert download([f"{origin.address}data.bin"], len(DATA), sha256) == DATA


def test_an_origin_that_moved_is_followed(origin: Origin) -> None:
    origin.files["new"] = DATA
    origin.moved["old"] = "/new"
    assert download([f"{origin.address}old"], len(DATA)) == DATA


def test_where_one_origin_fails_the_next_is_asked(origin: Origin) -> None:
    origin.files |= {"changed": b"other", "good": DATA}
    urls = [f"{origin.address}{name}" for name in ("missing", "changed", "good")]
    assert download(urls, len(DATA), SHA256) == DATA


def told(origin: Origin, name: str, most: int = len(DATA), sha256: str | None = None) -> str:
    with pytest.raises(DataError) as error:
        download([f"{origin.address}{name}"], most, sha256)
    return str(error.value).removeprefix(origin.address)


def test_what_is_not_there_is_told(origin: Origin) -> None:
    assert told(origin, "data.bin") == "data.bin was refused: 404 Not Found."


def test_other_data_than_was_published_is_told(origin: Origin) -> None:
    origin.files["data.bin"] = DATA[:-1] + b"!"
    found = hashlib.sha256(origin.files["data.bin"]).hexdigest()
    said = told(origin, "data.bin", sha256=SHA256)
    assert said == (
        f"data.bin gives something else than was published (its SHA-256 is {found}): nothing of it was kept."
    )


def test_data_that_breaks_off_is_told(origin: Origin) -> None:
    origin.files["data.bin"] = DATA
    origin.lengths["data.bin"] = str(len(DATA) + 1)
    assert told(origin, "data.bin", most=len(DATA) + 1) == "data.bin broke off: try again."


@pytest.mark.parametrize("most", [len(DATA) - 1, 10])
def test_too_much_is_told(most: int, origin: Origin) -> None:
    origin.files["data.bin"] = DATA
    assert told(origin, "data.bin", most) == "data.bin is larger than 0 MB: it was not fetched."


def test_too_much_is_told_where_its_length_is_not(origin: Origin) -> None:
    origin.files["data.bin"] = DATA
    origin.lengths["data.bin"] = ""
    assert download([f"{origin.address}data.bin"], len(DATA)) == DATA
    assert told(origin, "data.bin", 100_000) == "data.bin is larger than 0 MB: it was not fetched."


def test_a_length_that_is_no_number_is_told(origin: Origin) -> None:
    origin.files["data.bin"] = DATA
    origin.lengths["data.bin"] = "much"
    assert told(origin, "data.bin").startswith("Cannot fetch ")


def test_a_machine_that_is_not_online_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(DataError) as error:
        download(["https://example.org/data.bin"], 10)
    assert str(error.value) == (
        "Cannot fetch https://example.org/data.bin: Name or service not known; "
        "look whether this machine is online and try again."
    )


@pytest.mark.parametrize("url", ["http://127.0.0.1/data.bin", "file:///etc/hostname", "ftp://127.0.0.1/a"])
def test_nothing_but_https_is_asked(url: str) -> None:
    with pytest.raises(DataError, match=r"Cannot fetch .*: unknown url type: "):
        download([url], 10)


class OverHttp(urllib.request.AbstractHTTPHandler):
    """Asks the origin on this machine for what is asked over https, so that it can lead on from there."""

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(http.client.HTTPConnection, request)


def test_no_origin_can_lead_away_from_https(origin: Origin, monkeypatch: pytest.MonkeyPatch) -> None:
    others = (urllib.request.HTTPSHandler, urllib.request.HTTPHandler)
    shipped = [handler for handler in module.HANDLERS if handler not in others]
    monkeypatch.setattr(module, "HANDLERS", [*shipped, OverHttp])
    origin.files["new"] = DATA
    secure = origin.address.replace("http", "https")
    origin.moved |= {"here": f"{secure}new", "away": f"{origin.address}new"}
    assert download([f"{secure}here"], len(DATA)) == DATA
    with pytest.raises(DataError, match="unknown url type: http"):
        download([f"{secure}away"], len(DATA))
