"""Keeps the framed figures of an edition for good: packs them once, unpacks them into every site."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from shuangbei import languages, load, paths, writing
from shuangbei.site.discovery import feed

ARCHIVE = paths.ROOT / "archive"
_ROOMS = tuple(f"{one.folder}embed" for one in languages.ALL.values())
# What each edition's feed said of it: it is said again in every later feed.
_FEEDS = tuple(f"{one.folder}{feed.NAME}" for one in languages.ALL.values())


class AlreadyKept(RuntimeError):
    """The edition has been frozen before; what was promised to stay is not written anew."""


class NothingToKeep(RuntimeError):
    """The site holds no framed figures of the edition."""


class Invented(RuntimeError):
    """The edition is one for practice, and nobody may frame its figures for good."""


class Strange(ValueError):
    """An archive holds what none of this project's does."""


class Missing(RuntimeError):
    """An edition was published, and its archive or its row in the registry is not there."""


def _framed(site: Path, edition: str) -> list[Path]:
    return sorted(path for room in _ROOMS for path in (site / room / edition).rglob("*") if path.is_file())


def of_present() -> Path:
    """Return where the present edition is kept, or will be."""
    return ARCHIVE / f"{load.edition()['edition']}.zip"


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
    Invented
        If its figures are invented for practice.
    NothingToKeep
        If the site was built for another edition, or not at all.
    """
    if load.is_practice():
        raise Invented("练习版不归档。 An edition for practice is not kept.")
    edition, target = load.edition()["edition"], of_present()
    files = _framed(site, edition)
    if target.exists():
        raise AlreadyKept(
            f"{edition} 版已经归档（archive/{target.name}），不再改写：别的网站可能正嵌着它。确要重做，请先删除这个文件。"
            f" Edition {edition} is in archive/{target.name} and is not written anew: others may"
            " frame it. To make it again all the same, delete that file first."
        )
    if not files:
        raise NothingToKeep(
            f"{site} 里没有 {edition} 版的嵌入页面，请先构建网站。"
            f" {site} holds no framed figures of edition {edition}; build the site first."
        )
    found = [*files, *(site / name for name in _FEEDS)]
    entries = {path.relative_to(site).as_posix(): path.read_bytes() for path in found}
    writing.write(target, writing.zip_of(entries))
    return target


def _belongs(name: str, edition: str) -> bool:
    """Tell whether a name lies where framed figures of the edition do, or is one of its feeds."""
    return name in _FEEDS or (
        ".." not in PurePosixPath(name).parts
        and any(name.startswith(f"{room}/{edition}/") for room in _ROOMS)
    )


def _read(archive: Path) -> dict[str, bytes]:
    """Content of an archive by name."""
    try:
        with zipfile.ZipFile(archive) as bundle:
            found = {name: bundle.read(name) for name in bundle.namelist()}
    except zipfile.BadZipFile as error:
        raise Strange(
            f"archive/{archive.name} 坏了，请从代码仓库取回。 archive/{archive.name} is"
            " damaged; take it from the repository again."
        ) from error
    outside = [name for name in found if not _belongs(name, archive.stem)]
    absent = [name for name in _FEEDS if name not in found]
    if outside or absent:
        raise Strange(
            f"archive/{archive.name} 不是 run.py freeze 写的：{(outside or absent)[0]}。请从代码仓库取回原来的。"
            f" archive/{archive.name} is not as run.py freeze writes it: {(outside or absent)[0]}."
            " Take the one that was there from the repository."
        )
    return found


def verify() -> None:
    """
    Stop before a site is built in which an earlier edition's framed figures would be gone.

    Raises
    ------
    Missing
        If the present edition has no row in ``data/editions.csv``, or an earlier one no archive.
    Strange
        If an archive is damaged, or of an edition that the registry does not know.
    """
    about, known = load.edition(), load.table("editions").set_index("edition")["issued"]
    edition, published = about["edition"], about["published"]
    if known.get(edition) != published:
        raise Missing(
            f"data/editions.csv 里没有本期这一行：{edition},{published}（照 edition.yaml 填，以前各期的行留着）。"
            f" data/editions.csv has no row {edition},{published} for this edition: enter it after"
            " edition.yaml, and leave the rows of earlier editions."
        )
    for code in known.index.drop(edition):
        if not (ARCHIVE / f"{code}.zip").exists():
            raise Missing(
                f"{code} 版发布过，但没有归档：缺 archive/{code}.zip。请从代码仓库取回；没有归档过的，先取回那一期的代码，"
                f"构建后运行 run.py freeze。 Edition {code} was published and is not kept:"
                f" archive/{code}.zip is missing. Take it from the repository, or build that"
                " edition again and run `run.py freeze`."
            )
    for archive in _archives():
        _read(archive)
        if archive.stem not in known.index:
            raise Strange(
                f"archive/{archive.name}：data/editions.csv 里没有这一期，请补上那一行。"
                f" archive/{archive.name}: data/editions.csv has no row for this edition; add it."
            )


def _archives() -> list[Path]:
    """What is kept of editions; none of it belongs beside invented figures, whose mark it lacks."""
    return [] if load.is_practice() else sorted(ARCHIVE.glob("*.zip"))


def restore(pages: Path) -> list[str]:
    """
    Unpack the framed figures of every kept edition into a new site, and name them in its feeds.

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
        If an archive is damaged, or holds a file outside its edition's folders.
    """
    kept = {archive.stem: _read(archive) for archive in _archives()}
    for content in kept.values():
        for name in content.keys() - set(_FEEDS):
            target = pages / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content[name])
    present = load.edition()["edition"]
    earlier = {code: content for code, content in kept.items() if code != present}
    for name in _FEEDS if earlier else ():
        said = {code: content[name].decode() for code, content in earlier.items()}
        writing.write(
            pages / name, feed.with_earlier((pages / name).read_text(encoding="utf-8"), said).encode()
        )
    return list(kept)
