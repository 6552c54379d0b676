"""Seconds of processor time of the check beside those of `frictionless validate` on the same package.

    .venv/bin/python tests/bench/check.py

The check reads the same files with the same schemas and adds its own rules; whoever did without it
would run Frictionless alone.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RUNS = 5
OURS = "from shuangbei import check; check.main()"
PLAIN = (
    "import frictionless, pathlib, yaml; "
    "told = yaml.safe_load(pathlib.Path('data/datapackage.yaml').read_text(encoding='utf-8')); "
    "frictionless.Package.from_descriptor(told, basepath='data').validate()"
)


def seconds(code: str) -> float:
    """Return the processor time that a fresh Python takes for the code, imports included."""
    timed = f"import time; {code}; print(time.process_time())"
    done = subprocess.run([sys.executable, "-c", timed], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout.splitlines()[-1])


def main() -> None:
    """Run both in turn and print the medians and their ratio."""
    pairs = [(seconds(OURS), seconds(PLAIN)) for _ in range(RUNS)]
    ours, plain = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"check {ours:.2f} s, frictionless alone {plain:.2f} s, ratio {ratio:.2f} (median of {RUNS} pairs)")


if __name__ == "__main__":
    main()
