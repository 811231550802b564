"""Rows of numbers as a short text within JSON: zlib, then base64."""

from __future__ import annotations

import base64
import zlib

from models.errors import InputError

MAX_PACKED = 1 << 22  # characters of one packed row


def pack(data: bytes) -> str:
    """Bytes as a short text."""
    return base64.b64encode(zlib.compress(data, 9)).decode("ascii")


def unpack(text: object, size: int) -> bytes:
    """The `size` bytes that `pack` made a text of; blanks put in by a mail program do no harm. Raises `InputError`."""
    data = unpacked(text, size)
    if len(data) != size:
        raise torn()
    return data


def unpacked(text: object, most: int) -> bytes:
    """At most this many bytes, so that no text can unpack to more than memory holds."""
    if not isinstance(text, str) or len(text) > MAX_PACKED:
        raise torn()
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(base64.b64decode("".join(text.split()), validate=True), most + 1)
    except (ValueError, zlib.error) as error:
        raise torn() from error
    if len(data) > most or not reader.eof:
        raise torn()
    return data


def torn() -> InputError:
    """What is said of packed numbers that cannot be used."""
    return InputError("A row of packed numbers is incomplete or was changed on its way: copy it again.")
