"""Texts from outside the program in tooltips: Qt takes what looks like HTML there for HTML."""

from __future__ import annotations

import html


def plain(text: str) -> str:
    """A tooltip that shows this very text, its blanks and line breaks too, and wraps where it is long."""
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>' if text else ""
