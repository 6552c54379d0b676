"""Keeps the framed figures of an edition for good: packs them once, unpacks them into every site."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from shuangbei import load, paths

ARCHIVE = paths.ROOT / "archive"
_ROOMS = ("embed", "en/embed")
_DATE = (2023, 3, 29, 0, 0, 0)  # a fixed one: the same files give the same archive


class AlreadyKept(RuntimeError):
    """The edition has been frozen before; what was promised to stay is not written anew."""


class NothingToKeep(RuntimeError):
    """The site holds no framed figures of the edition."""


class Strange(ValueError):
    """An archive holds what none of this project's does."""


def _framed(site: Path, edition: str) -> list[Path]:
    return sorted(path for room in _ROOMS for path in (site / room / edition).rglob("*")
                  if path.is_file())


def freeze(site: Path) -> Path:
    """
    Pack the framed figures of the present edition, in both languages, into the repository.

    Parameters
    ----------
    site : pathlib.Path
        The finished site.

    Returns
    -------
    pathlib.Path
        ``archive/<edition>.zip``; the same pages give the same bytes.

    Raises
    ------
    AlreadyKept
        If the archive of this edition exists.
    NothingToKeep
        If the site was built for another edition, or not at all.
    """
    edition = load.edition()["edition"]
    target, files = ARCHIVE / f"{edition}.zip", _framed(site, edition)
    if target.exists():
        raise AlreadyKept(
            f"{edition} 版已经归档（archive/{target.name}），不再改写：别的网站可能正嵌着它。确要重做，请先删除这个文件。"
            f" Edition {edition} is in archive/{target.name} and is not written anew: others may"
            " frame it. To make it again all the same, delete that file first.")
    if not files:
        raise NothingToKeep(
            f"{site} 里没有 {edition} 版的嵌入页面，请先构建网站。"
            f" {site} holds no framed figures of edition {edition}; build the site first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".new")
    with zipfile.ZipFile(unfinished, "w") as bundle:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(site).as_posix(), date_time=_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, path.read_bytes())
    unfinished.replace(target)
    return target


def _belongs(name: str, edition: str) -> bool:
    """Tell whether a name lies where framed figures of the edition do, and nowhere else."""
    return ".." not in PurePosixPath(name).parts and any(
        name.startswith(f"{room}/{edition}/") for room in _ROOMS)


def restore(pages: Path) -> list[str]:
    """
    Unpack the framed figures of every kept edition into a new site.

    What is kept wins over what was just built: it was promised not to change.

    Parameters
    ----------
    pages : pathlib.Path
        The root of the new site, with both editions of the book in place.

    Returns
    -------
    list of str
        The editions, oldest first.

    Raises
    ------
    Strange
        If an archive holds a file outside its edition's folders.
    """
    kept = sorted(ARCHIVE.glob("*.zip"))
    for archive in kept:
        with zipfile.ZipFile(archive) as bundle:
            names = bundle.namelist()
            outside = [name for name in names if not _belongs(name, archive.stem)]
            if outside:
                raise Strange(f"archive/{archive.name} holds {outside[0]}, which is none of its"
                              " edition's framed figures")
            for name in names:
                target = pages / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(bundle.read(name))
    return [archive.stem for archive in kept]
