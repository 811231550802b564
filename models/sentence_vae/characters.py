"""The characters that the bundled Chinese font has: those of GB 2312, those of the shipped model's tokens, and every
traditional character that is read as one of these.

    python -m models.sentence_vae.characters >characters.txt

ARCHITECTURE.md tells how the font is made with them.
"""

from __future__ import annotations

import sys

from models import shelf
from models.sentence_vae import FAMILY
from models.sentence_vae import tokens as tokens_module
from models.sentence_vae.han import simplified
from models.sentence_vae.pronunciation import FIRST_CHARACTER, LAST_CHARACTER
from models.sentence_vae.tokens import Tokens

MODEL = "verse-zh"
UNREADABLE = "\ufffd"  # single bytes decode to it
FIRST_WIDE = 0x2000  # what stands below shows in any font
_GB_2312 = [bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)]


def characters(tokens: Tokens) -> str:
    """In the order of their code points."""
    shown = {code.decode("gb2312", "ignore") for code in _GB_2312}
    shown |= set("".join(tokens.decode([number]) for number in range(len(tokens))))
    shown |= {one for one in map(chr, range(FIRST_CHARACTER, LAST_CHARACTER + 1)) if simplified(one) in shown}
    return "".join(sorted(one for one in shown - {UNREADABLE} if one >= chr(FIRST_WIDE)))


def main() -> None:
    """Write them to standard output."""
    folder = shelf.find(MODEL, FAMILY)
    sys.stdout.write(characters(Tokens(shelf.read_file(folder, tokens_module.FILE))))


if __name__ == "__main__":
    main()
