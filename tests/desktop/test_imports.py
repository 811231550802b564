"""What is imported once the app runs is not read once more as text."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import linecache, sys
from desktop import app, imports

def is_read(name):
    __import__(name)
    assert name in sys.modules
    return any(path.endswith(name + ".py") for path in linecache.cache)

sys.path.insert(0, sys.argv[1])
before = is_read("first_module")
imports.go_straight()
imports.go_straight()
print(before, is_read("second_module"))
"""


def test_modules_are_not_read_as_text(tmp_path: Path) -> None:
    for name in ("first_module", "second_module"):
        (tmp_path / f"{name}.py").write_text("import json\n")
    done = subprocess.run(
        [sys.executable, "-c", CODE, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "False"]
