"""A chart becomes a figure of the site: its node, files, page, embed and citation."""

from shuangbei.site.figures.node import (
    CHART,
    VegaLiteRenderer,
    address,
    forms,
    html_of,
    known,
    report_figure,
    skip_figure,
    visit_figure,
)

__all__ = [
    "CHART",
    "VegaLiteRenderer",
    "address",
    "forms",
    "html_of",
    "known",
    "report_figure",
    "skip_figure",
    "visit_figure",
]
