"""python -m desktop"""

from __future__ import annotations

from desktop.app import run

if __name__ == "__main__":
    run()
