"""Build, test and look at the site: the one entry, which needs nothing but Python 3.11 to 3.13.

    python3 run.py site      check the data, run the chapters, build the site into _build/site
    python3 run.py test      run the tests
    python3 run.py check     check the data package and say what is wrong, row by row
    python3 run.py serve     look at the built site in a browser on this computer
    python3 run.py lab       open the chapters as notebooks in JupyterLab
    python3 run.py translate renew the catalogues of the English edition
    python3 run.py freeze    keep this edition's framed figures for good
    python3 run.py bench     measure build times, side by side with a stock Jupyter Book

On Windows write `py run.py site`. Every command has --help. The first use makes an environment
in .venv from requirements.txt, which takes about a minute; later uses start at once. What only
`test` or `lab` needs (requirements-test.txt, requirements-lab.txt) is added when first asked for.

构建、测试、查看网站的唯一入口，只需要 Python 3.11 到 3.13。第一次使用会按 requirements.txt
在 .venv 里准备环境，大约一分钟；以后立即开始。只有 test 或 lab 才用的部分
（requirements-test.txt、requirements-lab.txt）第一次用到时再加。Windows 上请写 `py run.py site`。
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
FETCHED = VENV / "fetched"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NEEDED = (3, 11)
# The layers of the environment: what builds the site, and what a command of that name adds.
SITE, ADDED = "site", ("test", "lab")
# Whoever makes the environment holds this file; one older than half an hour was left behind.
MARK = ROOT / ".~venv-in-the-making"
STALE_AFTER = 1800
# Either would let pip and the environment's Python find packages elsewhere.
ASTRAY = ("PYTHONPATH", "PYTHONHOME")
# Every process would read the sources of all libraries anew, which takes longer than most commands;
# what Python keeps of them, and of the package, lies in the environment and goes with it.
FORGETFUL, KEPT = "PYTHONDONTWRITEBYTECODE", {"PYTHONPYCACHEPREFIX": str(VENV / "bytecode")}


def say(zh: str, en: str) -> None:
    """Print one line in the language of the user's computer."""
    print(zh if speaks_chinese() else en, file=sys.stderr, flush=True)


def speaks_chinese() -> bool:
    """Tell whether messages are wanted in Chinese: SHUANGBEI_SPEAKS, else the system's language."""
    chosen = os.environ.get("SHUANGBEI_SPEAKS")
    if chosen:
        return chosen == "zh"
    system = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    named = next((name for name in system if name), "")
    if not named and os.name == "nt":
        import ctypes

        return ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x04
    return named.lower().startswith("zh")


def lock_of(layer: str) -> str:
    """Name the file that lists the packages of a layer, each with its version and hashes."""
    return "requirements.txt" if layer == SITE else f"requirements-{layer}.txt"


def stamp_of(layer: str) -> Path:
    """Say where it stands what a layer was made from; an added layer's is ``{}`` until it is complete."""
    return VENV / ("made-from.json" if layer == SITE else f"made-from-{layer}.json")


def wanted(layer: str = SITE) -> dict:
    """Describe the layer that this checkout asks for."""
    files = (lock_of(layer), "pyproject.toml") if layer == SITE else (lock_of(layer),)
    digests = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files}
    return digests if layer != SITE else {"root": str(ROOT), "python": sys.version.split()[0], **digests}


def made_from(layer: str = SITE) -> dict:
    """Read what a layer was made from; nothing if the stamp is missing or was half written."""
    try:
        made = json.loads(stamp_of(layer).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return made if isinstance(made, dict) else {}


def is_ready(layer: str = SITE) -> bool:
    """Tell whether a layer, and the one below it, were made completely from what this checkout asks for."""
    # A second Python on the machine may use the same environment; it keeps its own interpreter.
    same = {**made_from(layer), "python": None} == {**wanted(layer), "python": None}
    return PYTHON.is_file() and same and (layer == SITE or is_ready(SITE))


def starts(environment: dict) -> bool:
    """Tell whether the environment's Python starts, and is the version it was made with."""
    version = str(made_from().get("python", "")).split(".")[:2]
    question = f"import sys; sys.exit([str(n) for n in sys.version_info[:2]] != {version!r})"
    try:
        return subprocess.call([str(PYTHON), "-c", question], env=environment) == 0
    except OSError:
        return False


def pip(command: str, *arguments: str) -> None:
    """Run a command of pip in the environment; if it fails, show its report and stop with advice."""
    call = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", command, *arguments]
    done = subprocess.run(
        call, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        say(
            "安装没有成功，上面是 pip 的报告。请检查网络（或 pip 的镜像设置）后再运行一次同样的命令。",
            "The installation failed; pip's report is above. Check the network (or pip's mirror"
            " settings), then run the same command again.",
        )
        sys.exit(1)


def mark() -> None:
    """Claim the making of the environment; stop if somebody else is at it."""
    if MARK.exists() and time.time() - MARK.stat().st_mtime > STALE_AFTER:
        MARK.unlink()
    try:
        os.close(os.open(MARK, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    except FileExistsError:
        say(
            f"运行环境正由另一个命令准备，请等它结束后再运行。如果没有别的命令在运行，请删除 {MARK}。",
            "Another command is preparing the environment; wait for it to end, then run this one"
            f" again. If none is running, delete {MARK}.",
        )
        sys.exit(1)


def make(layer: str = SITE) -> None:
    """Make the environment up to a layer, unless somebody is at it or files of the old one are in use."""
    try:
        mark()
        try:
            if not is_ready(layer):  # whoever held the mark until now may have made it
                fill(layer)
        finally:
            MARK.unlink(missing_ok=True)
    except OSError as error:
        say(
            f"运行环境没有准备好：{error}。请关闭 JupyterLab 和其他正在使用本项目的窗口，再运行一次。",
            f"The environment could not be prepared: {error}. Close JupyterLab and other windows"
            " that use this project, then run the same command again.",
        )
        sys.exit(1)


def fill(layer: str) -> None:
    """Make what is missing; all of it anew where a layer was left half made or its lock has changed."""
    if not is_ready() or stamp_of(layer).exists():
        say(
            "正在准备运行环境（只在第一次，大约一分钟）……",
            "Preparing the environment (about a minute, the first time only) …",
        )
        found()
    if layer != SITE:
        say(
            f"正在加上 run.py {layer} 用的软件包（只在第一次，大约一分钟）……",
            f"Adding what run.py {layer} needs (about a minute, the first time only) …",
        )
        add(layer)
    say("环境准备好了。", "The environment is ready.")


def found() -> None:
    """Make .venv with its first layer; stamps go first and come last, so that half of one is never used."""
    for stamp in map(stamp_of, (SITE, *ADDED)):
        stamp.unlink(missing_ok=True)
    if VENV.exists():
        shutil.rmtree(VENV)
    try:
        venv.EnvBuilder(with_pip=True).create(VENV)
    except subprocess.CalledProcessError:
        say(
            "Python 缺少 venv 模块。Debian 或 Ubuntu 请先安装 python3-venv。",
            "This Python lacks its venv module. On Debian or Ubuntu install python3-venv first.",
        )
        sys.exit(1)
    # The lock is complete, so pip follows no dependency; a module is compiled when first imported.
    pip("install", "--no-compile", "--no-deps", "--require-hashes", "-r", lock_of(SITE))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", ".")
    write_stamp(SITE, wanted())


def add(layer: str) -> None:
    """Add a layer to the first; fetched before it is begun, so that a broken network breaks nothing."""
    if FETCHED.exists():
        shutil.rmtree(FETCHED)
    locked = ("--no-deps", "--require-hashes", "-r", lock_of(layer))
    pip("download", "--dest", str(FETCHED), *locked)
    write_stamp(layer, {})
    pip("install", "--no-compile", "--no-index", "--find-links", str(FETCHED), *locked)
    shutil.rmtree(FETCHED, ignore_errors=True)
    write_stamp(layer, wanted(layer))


def write_stamp(layer: str, made: dict) -> None:
    """Write the stamp of a layer whole or not at all."""
    unfinished = stamp_of(layer).with_suffix(".new")
    unfinished.write_text(json.dumps(made, indent=1), encoding="utf-8", newline="\n")
    os.replace(unfinished, stamp_of(layer))


def main(arguments: list[str]) -> int:
    """Make what the command needs of the environment and hand over to the package inside it."""
    if sys.version_info < NEEDED:
        say(
            f"需要 Python 3.11 或更新的版本，这里是 {sys.version.split()[0]}。",
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.",
        )
        return 1
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0
    for name in ASTRAY:
        os.environ.pop(name, None)
    environment = {**os.environ, **KEPT, "PYTHONUTF8": "1"}
    environment["SHUANGBEI_SPEAKS"] = "zh" if speaks_chinese() else "en"
    environment.pop(FORGETFUL, None)
    layer = arguments[0] if arguments[0] in ADDED and "--help" not in arguments else SITE
    try:
        if is_ready() and not starts(environment):
            stamp_of(SITE).unlink()
        if not is_ready(layer):
            make(layer)
        # -P: a folder called shuangbei in which somebody stands is not the package.
        return subprocess.call([str(PYTHON), "-P", "-m", "shuangbei.cli", *arguments], env=environment)
    except KeyboardInterrupt:
        return 130


def write_utf8() -> None:
    """Let every terminal get UTF-8, whatever it says it is; a sign it cannot show stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def end(*_: object) -> None:
    """Leave when asked to end; the command under way is ended with it."""
    sys.exit(143)


if __name__ == "__main__":
    write_utf8()
    signal.signal(signal.SIGTERM, end)
    sys.exit(main(sys.argv[1:]))
