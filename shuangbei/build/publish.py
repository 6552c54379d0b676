"""What is written once the pages of all editions stand: data, archive, lists, headers, packed files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from shuangbei import check, load, paths, status, whole
from shuangbei.build import archive, deliver, listing, workbook


def publish(pages: Path) -> None:
    """
    Complete the site below ``pages``.

    Written are the published data, the framed figures of earlier editions, sitemap and
    robots.txt, the header file of Pages hosts, and the packed forms of all texts.

    Raises
    ------
    ValueError
        If ``html.baseurl`` in ``_config.yml`` is no address of a site.
    """
    about, base = load.edition(), listing.base()
    publish_data(pages, base)
    archive.restore(pages)
    listing.write(pages, base, about["published"], listed=not load.is_practice())
    deliver.write_headers(pages)
    deliver.compress(pages)


def write_json(path: Path, content: object) -> None:
    """Write all of a file or nothing of it."""
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    whole.write(path, text.encode())


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
    named = {path.relative_to(paths.data_dir()).as_posix(): path.read_bytes() for path in files}
    whole.write(target / "datapackage.zip", whole.zip_of(named))
    book = workbook.content(descriptor, paths.data_dir(), load.edition(), base)
    (target / "datapackage.xlsx").write_bytes(book)
