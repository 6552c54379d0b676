"""Build, test and look at the site: the one entry, which needs nothing but Python 3.11.

    python3 run.py site      check the data, run the chapters, build the site into _build/site
    python3 run.py test      run the tests
    python3 run.py check     check the data package and say what is wrong, row by row
    python3 run.py serve     look at the built site in a browser on this computer
    python3 run.py lab       open the chapters as notebooks in JupyterLab
    python3 run.py bench     measure build times, side by side with a stock Jupyter Book

On Windows write `py run.py site`. Every command has --help. The first use makes an environment
in .venv from requirements.txt, which takes one or two minutes; later uses start at once.

构建、测试、查看网站的唯一入口，只需要 Python 3.11 以上。第一次使用会按 requirements.txt
在 .venv 里准备环境，需要一两分钟；以后立即开始。Windows 上请写 `py run.py site`。
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "made-from.json"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NEEDED = (3, 11)


def say(zh: str, en: str) -> None:
    """Print one line in the language of the user's computer."""
    print(zh if speaks_chinese() else en, file=sys.stderr, flush=True)


def speaks_chinese() -> bool:
    """Tell whether messages are wanted in Chinese: SHUANGBEI_LANG, else the system's language."""
    chosen = os.environ.get("SHUANGBEI_LANG")
    if chosen:
        return chosen == "zh"
    system = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    named = next((name for name in system if name), "")
    if not named and os.name == "nt":
        import ctypes

        return ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x04
    return named.lower().startswith("zh")


def wanted() -> dict:
    """Describe the environment that this checkout asks for."""
    files = ("requirements.txt", "pyproject.toml")
    digests = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files}
    return {"root": str(ROOT), "python": sys.version.split()[0], **digests}


def is_ready() -> bool:
    """Tell whether .venv was made, completely, from what this checkout asks for."""
    if not (STAMP.is_file() and PYTHON.is_file()):
        return False
    made = json.loads(STAMP.read_text(encoding="utf-8"))
    asked = wanted()
    # A second Python on the machine may use the same environment; it keeps its own interpreter.
    return {**made, "python": None} == {**asked, "python": None}


def pip(*arguments: str) -> None:
    """Run pip in the environment; stop with advice if it fails."""
    call = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if subprocess.call([*call, *arguments], cwd=ROOT):
        say("安装没有成功，上面是 pip 的报告。请检查网络（或 pip 的镜像设置）后再运行一次同样的命令。",
            "The installation failed; pip's report is above. Check the network (or pip's mirror"
            " settings), then run the same command again.")
        sys.exit(1)


def make() -> None:
    """Make the environment; its stamp is written last, so that half of one is never used."""
    say("正在准备运行环境（第一次需要一两分钟）……",
        "Preparing the environment (one or two minutes the first time) …")
    if VENV.exists():
        shutil.rmtree(VENV)
    try:
        venv.EnvBuilder(with_pip=True).create(VENV)
    except subprocess.CalledProcessError:
        say("Python 缺少 venv 模块。Debian 或 Ubuntu 请先安装 python3-venv。",
            "This Python lacks its venv module. On Debian or Ubuntu install python3-venv first.")
        sys.exit(1)
    pip("--require-hashes", "-r", "requirements.txt")
    pip("--no-deps", "--no-build-isolation", "--editable", ".")
    STAMP.write_text(json.dumps(wanted(), indent=1), encoding="utf-8")
    say("环境准备好了。", "The environment is ready.")


def main(arguments: list[str]) -> int:
    """Make the environment if needed and hand over to the package inside it."""
    if sys.version_info < NEEDED:
        say(f"需要 Python 3.11 或更新的版本，这里是 {sys.version.split()[0]}。",
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
        return 1
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0
    if not is_ready():
        make()
    environment = {**os.environ, "PYTHONUTF8": "1",
                   "SHUANGBEI_SPEAKS": "zh" if speaks_chinese() else "en"}
    try:
        return subprocess.call([str(PYTHON), "-m", "shuangbei.cli", *arguments],
                               env=environment)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
