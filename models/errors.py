"""Errors that a person reads.

Every error that `models` raises on purpose is an `AtelierError`: one sentence that says what is wrong and what to do.
The sentence is kept as a template with its values apart, so that the desktop can translate the template (`tr`) and the
command line can print it as it stands.
"""

from __future__ import annotations


class AtelierError(Exception):
    """One sentence for a person; `template` holds it with `{name}` places, `values` what fills them."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, values)
        self.template = template
        self.values = values

    def __str__(self) -> str:
        return self.template.format(**self.values)


class ModelFolderError(AtelierError):
    """A model folder is missing, damaged, or of a form that this version does not read."""


class DataError(AtelierError):
    """Training or evaluation data cannot be used."""


class InputError(AtelierError):
    """What a person typed or passed cannot be worked with."""
