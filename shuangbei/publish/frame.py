"""One digest of everything that pages rest on beside the content of data/: program, texts, settings."""

from __future__ import annotations

import os
from pathlib import Path

from shuangbei import memory, paths
from shuangbei.publish import execution

# Of the files beside the folders a build reads these alone: somebody may keep a log there.
_FILES = {"_config.yml", "_toc.yml", "pyproject.toml", "requirements.txt"}
_NEVER = {"_build", "__pycache__", "tests"}


def digest() -> str:
    """
    Return the digest of what a page is made from, but for the content of the data package.

    Package, lock, Python, texts, catalogues, theme, boundaries, archives and settings count by
    their content; of the data package the names of its files count, because pages list them.
    """
    own, data = [], paths.data_dir()
    for folder, folders, files in os.walk(paths.ROOT):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _NEVER and not name.startswith(".") and not name.endswith(".egg-info")
        )
        wanted = _FILES & set(files) if Path(folder) == paths.ROOT else set(files)
        own += [Path(folder, name) for name in sorted(wanted)]
    # Catalogues are compiled beside their texts.
    own = [path for path in own if path.suffix != ".mo" and not path.is_relative_to(data)]
    # By names that a copy of the repository has too, wherever it lies.
    text = "".join(
        f"{path.relative_to(paths.ROOT).as_posix()}{memory.file_digest(path)}"
        for path in own
        if not path.name.startswith(".")
    )
    names = sorted(
        path.relative_to(data).as_posix()
        for path in data.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    )
    told = f"{execution.program_digest()}{text}{names}"
    return memory.digest(told.encode())
