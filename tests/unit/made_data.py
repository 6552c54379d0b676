"""Lays out the small made data package of made/: ten commitments, their figures, clues and gaps; asserts nothing.

The code lists are those of the project.  All that a new edition changes is made, so that no figure that
comes in breaks what a test of one function says.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from shuangbei import paths

MADE = Path(__file__).parent / "made"


def lay_out(folder: Path) -> Path:
    """Put the package into a folder that is not there yet, beside the code lists of the project."""
    shutil.copytree(paths.ROOT / "data", folder, ignore=shutil.ignore_patterns("observations", "schemas"))
    shutil.copytree(MADE, folder, dirs_exist_ok=True)
    return folder
