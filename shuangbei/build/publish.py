"""What is written once the pages of all editions stand: data, archive, lists, headers, packed files."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

from shuangbei import check, load, paths, status
from shuangbei.build import archive, deliver, listing, workbook

OBJECTS = paths.BUILD / "objects.jsonl"


def publish(pages: Path) -> None:
    """
    Complete the site below ``pages``.

    Written are the published data, the framed figures of earlier editions, sitemap and
    robots.txt, the header file of Pages hosts, and the packed forms of all texts; and, beside
    the site, the list that an object store is filled by.

    Raises
    ------
    ValueError
        If ``html.baseurl`` in ``_config.yml`` is no address of a site.
    """
    about, base = load.edition(), listing.base()
    publish_data(pages, base)
    archive.restore(pages)
    listing.write(pages, base, about["published"])
    deliver.write_headers(pages)
    deliver.compress(pages)
    deliver.write_objects(pages, OBJECTS)


def write_json(path: Path, content: object) -> None:
    """Write all of a file or nothing of it."""
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(path)


def _package_files(descriptor: dict) -> list[Path]:
    """Files of the data package: what its contract names, and nothing that lies beside it."""
    data = paths.data_dir()
    beside = {data / "datapackage.yaml", data / "edition.yaml", *data.glob("README*.md"),
              *(p for p in data.glob("schemas/*.yaml") if not p.name.startswith("."))}
    named = {data / resource["path"] for resource in descriptor["resources"]}
    return sorted(beside | named)


def publish_data(pages: Path, base: str) -> None:
    """
    Write the published interfaces below ``pages/data``.

    They are ``status.json``, the data package with its files, the package as one zip, and as
    one workbook.  ``base`` is the address of the site.
    """
    target = pages / "data"
    descriptor = check.descriptor(paths.data_dir())
    files = _package_files(descriptor)
    for path in files:
        copy = target / path.relative_to(paths.data_dir())
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    write_json(target / "datapackage.json", descriptor)
    write_json(target / "status.json", status.register())
    _zip(target / "datapackage.zip", files)
    book = workbook.content(descriptor, paths.data_dir(), load.edition(), base)
    (target / "datapackage.xlsx").write_bytes(book)


def _zip(archive: Path, files: list[Path]) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path in files:
            name = path.relative_to(paths.data_dir()).as_posix()
            # A fixed date: the same files give the same archive.
            entry = zipfile.ZipInfo(name, date_time=(2023, 3, 29, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            bundle.writestr(entry, path.read_bytes())
