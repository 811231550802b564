"""Bytes from a public origin: https alone, of bounded size, with the expected SHA-256 where one is known."""

from __future__ import annotations

import hashlib
import http.client
import urllib.request
from collections.abc import Sequence
from typing import IO
from urllib.error import HTTPError

from tqdm import tqdm

from models.errors import DataError

SILENCE = 30.0  # seconds without a byte after which an origin is given up
_PIECE = 1 << 16
HANDLERS: list[type[urllib.request.BaseHandler]] = [  # none for http or files, to which no redirect can lead either
    urllib.request.ProxyHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPRedirectHandler,
    urllib.request.HTTPErrorProcessor,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.UnknownHandler,
]


def download(origins: Sequence[str], most: int, sha256: str | None = None) -> bytes:
    """What the first of these addresses gives that gives what is wanted, at most `most` bytes.

    Raises the last address's `DataError` where none does.
    """
    *others, last = origins
    for url in others:
        try:
            return _from(url, most, sha256)
        except DataError:
            continue
    return _from(last, most, sha256)


def _from(url: str, most: int, sha256: str | None) -> bytes:
    data = _read(url, most)
    found = hashlib.sha256(data).hexdigest()
    if sha256 not in (None, found):
        told = "{url} gives something else than was published (its SHA-256 is {found}): nothing of it was kept."
        raise DataError(told, url=url, found=found)
    return data


def _read(url: str, most: int) -> bytes:
    request = urllib.request.Request(url, headers={"User-Agent": "latent-atelier"})
    opener = urllib.request.OpenerDirector()
    for handler in HANDLERS:
        opener.add_handler(handler())
    try:
        with opener.open(request, timeout=SILENCE) as response:
            length = int(response.headers.get("Content-Length", 0))
            data = b"" if length > most else _pieces(response, length, most, url)
    except HTTPError as error:
        error.close()
        raise DataError("{url} was refused: {code} {reason}.", url=url, code=error.code, reason=error.reason) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        told = "Cannot fetch {url}: {reason}; look whether this machine is online and try again."
        raise DataError(told, url=url, reason=getattr(reason, "strerror", None) or reason) from error
    if max(length, len(data)) > most:
        raise DataError("{url} is larger than {most} MB: it was not fetched.", url=url, most=most // 1_000_000)
    if len(data) < length:
        raise DataError("{url} broke off: try again.", url=url)
    return data


def _pieces(response: IO[bytes], length: int, most: int, url: str) -> bytes:
    """All that comes, or what is just too much; where a person looks on, with a bar."""
    whole = bytearray()
    name = url.rpartition("/")[2]
    with tqdm(desc=name, total=length or None, unit="B", unit_scale=True, leave=False, disable=None) as bar:
        while len(whole) <= most and (piece := response.read(_PIECE)):
            whole += piece
            bar.update(len(piece))
    return bytes(whole)
