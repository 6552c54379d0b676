"""What the atlas can show, and the choice among it as HTML: indicators, divisions, periods, forms."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape
from pathlib import Path

from shuangbei import atlas, district_map, load, paths, wording

Link = Callable[[str, str], str]
pick = wording.pick
_GROUPS = {"needed": ("计划要的指标", "What the plan needs"),
           "other": ("其他公布的指标", "Other published figures"),
           "targets": ("区县自己定的目标", "Targets of the districts")}
_FEW = 5  # so many periods stand side by side


@lru_cache(maxsize=2)
def _catalogue(language: str, folder: Path) -> tuple:
    observations = load.observations("districts")
    return observations, tuple(atlas.views(observations)), atlas.first(observations)


def catalogue() -> tuple:
    """Return all observations of the districts, the views of the atlas, and the one it opens with."""
    return _catalogue(paths.language(), paths.data_dir())


def page(view: atlas.View) -> str:
    """
    Name of the page of a view.

    All views stand in one folder, the hub among them: a script can put one in the place of
    another, and every address on the page still holds.
    """
    return f"districts/atlas-{view.slug}"


def choices(view: atlas.View, link: Link) -> str:
    """What else can be looked at: indicators, divisions and periods of this one, forms."""
    label = pick("选择指标、时期和形式", "Choose indicator, period and form")
    same = [one for one in catalogue()[1] if one.indicator_id == view.indicator_id]
    vintages = list(dict.fromkeys(one.vintage for one in same))
    rows = [_periods([one for one in same if one.vintage == view.vintage], view, link)]
    if len(vintages) > 1:
        firsts = [next(one for one in same if one.vintage == vintage) for vintage in vintages]
        rows.insert(0, _row(pick("区划", "Divisions"), [
            (load.label("vintages", one.vintage), one, one.vintage == view.vintage) for one in firsts], link))
    return (f'<nav class="atlas-choices" aria-label="{label}">{_indicators(view, link)}{"".join(rows)}'
            f"{_ways()}</nav>")


def _when(view: atlas.View) -> str:
    return pick("最近一次", "newest") if view.period == atlas.NEWEST else wording.period(view.period)


def _indicators(view: atlas.View, link: Link) -> str:
    """All indicators that can be looked at, by group; the first view of each."""
    firsts: dict[str, atlas.View] = {}
    for one in catalogue()[1]:
        firsts.setdefault(one.indicator_id, one)
    names = load.codelist("indicators")["name"]
    parts = []
    for group, ids in atlas.groups().items():
        items = "".join(f"<li>{_anchor(escape(names[i]), firsts[i], i == view.indicator_id, link)}</li>"
                        for i in ids if i in firsts)
        if items:
            parts.append(f'<p class="local-title">{pick(*_GROUPS[group])}</p><ul>{items}</ul>')
    return _folded(pick("指标", "Indicator"), escape(names[view.indicator_id]), "".join(parts))


def _folded(name: str, chosen: str, content: str) -> str:
    """A choice among many: closed it says what is chosen."""
    return (f'<details class="atlas-many"><summary>{name}{wording.say("colon")}<strong>{chosen}</strong>'
            f"</summary><div>{content}</div></details>")


def _periods(views: list[atlas.View], view: atlas.View, link: Link) -> str:
    name = pick("时期", "Period")
    if len(views) <= _FEW:
        return _row(name, [(_when(one), one, one == view) for one in views], link)
    items = "".join(f"<li>{_anchor(escape(_when(one)), one, one == view, link)}</li>" for one in views)
    return _folded(name, escape(_when(view)), f"<ul>{items}</ul>")


def _row(name: str, choices: list[tuple[str, atlas.View, bool]], link: Link) -> str:
    """Choices side by side: their words, where they lead, whether it is the one that is shown."""
    items = "".join(f"<li>{_anchor(escape(said), one, current, link)}</li>" for said, one, current in choices)
    return f'<div class="atlas-row"><span>{name}</span><ul>{items}</ul></div>'


def _anchor(said: str, view: atlas.View, current: bool, link: Link) -> str:
    mark = ' aria-current="true"' if current else ""
    return f'<a href="{link(page(view), "")}" data-atlas="{view.slug}"{mark}>{said}</a>'


def forms() -> dict[str, str]:
    """Names of the forms that a view is shown in, by the anchor of each."""
    found = {"atlas-map": pick("地图", "Map"), "atlas-tiles": pick("方格", "Tiles"),
             "atlas-ranking": pick("排名", "Ranking"), "atlas-table": pick("表格", "Table")}
    if district_map.form() == "tiles":
        del found["atlas-map"]
    return found


def _ways() -> str:
    items = "".join(f'<li><a href="#{anchor}">{name}</a></li>' for anchor, name in forms().items())
    return f'<div class="atlas-row atlas-forms"><span>{pick("形式", "Form")}</span><ul>{items}</ul></div>'
