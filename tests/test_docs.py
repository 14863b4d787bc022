"""Every command in the documents is run, and every link leads somewhere."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
_BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
SERVING = ("xiaoer serve", "xiaoer start", "make run")
"""Commands that do not end by themselves are started by tests/api and `xiaoer bench server`."""
MEASURING = ("xiaoer evals", "xiaoer bench")
_HELP = """
import contextlib, io, json, sys
from api.command_line import run
told = {}
for name in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()) as text:
        code = run([*name.split(), "--help"])
    told[name] = code, text.getvalue()
print(json.dumps(told))
"""


def commands() -> list[str]:
    found = []
    for page in PAGES:
        for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
            found += [line.strip() for line in block.splitlines() if line.strip() and not line.startswith("#")]
    return sorted(set(found))


def xiaoer_commands() -> list[str]:
    return [line for line in commands() if line.startswith("xiaoer ") and not line.startswith(SERVING)]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the documents speak of, and a home with the sample."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "文件夹").mkdir()
    text = "青禾市示例办法\n\n第一条 为了说明怎么收入文件，制定本办法。\n\n第二条 本办法自2025年1月1日起施行。\n"
    for name in ("文件或文件夹", "文件夹"):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "办法.txt").write_text(text, encoding="utf-8")
    from docx import Document

    manual = Document()
    for line in text.splitlines():
        manual.add_paragraph(line)
    manual.save(str(folder / "内部手册.docx"))
    (folder / "questions.txt").write_text("歇业最长多久\n开业补贴多少钱\n", encoding="utf-8")
    (folder / "链接.csv").write_text("问题,文件,条款\n这个办法哪天施行,青禾市示例办法,第二条\n", encoding="utf-8")
    sample = ROOT / "knowledge" / "sample"
    run(folder, ["ingest", str(sample / "documents"), str(sample / "faq.csv")])
    return folder


def run(folder: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return python(folder, ["-m", "api.command_line", *arguments])


def python(folder: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XIAOER_")},
        "XIAOER_HOME": str(folder / "data"),
        "XIAOER_CACHE": str(folder / "cache"),
        "XIAOER_OFFLINE": "1",
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("line", [line for line in xiaoer_commands() if not line.startswith(MEASURING)])
def test_a_command_of_the_documents_runs(line: str, desk: Path) -> None:
    arguments = shlex.split(line)[1:]
    if arguments[0] == "remove":
        arguments = [*arguments, "--yes"]
    if "文件编号" in arguments or arguments == ["reindex"] or arguments[0] == "doctor":
        assert run(desk, arguments).returncode in {0, 1}
    else:
        done = run(desk, arguments)
        assert done.returncode == 0, done.stderr + done.stdout


@pytest.fixture(scope="module")
def helped(desk: Path) -> dict[str, tuple[int, str]]:
    """What every measuring command says of itself, in one process: each of its own would take seconds to begin."""
    names = sorted({" ".join(shlex.split(line)[1:3]) for line in xiaoer_commands() if line.startswith(MEASURING)})
    asked = python(desk, ["-c", _HELP, *names])
    assert asked.returncode == 0, asked.stderr
    return {name: (code, text) for name, (code, text) in json.loads(asked.stdout).items()}


@pytest.mark.parametrize("line", [line for line in xiaoer_commands() if line.startswith(MEASURING)])
def test_a_measuring_command_of_the_documents_has_these_options(
    line: str, helped: Mapping[str, tuple[int, str]]
) -> None:
    words = shlex.split(line)[1:]
    code, text = helped[" ".join(words[:2])]
    assert code == 0, text
    options = {word.split("=")[0] for word in words if word.startswith("--")}
    assert options <= set(re.findall(r"--[\w-]+", text))


@pytest.mark.parametrize("line", [line for line in commands() if line.startswith("make ")])
def test_a_make_target_of_the_documents_exists(line: str) -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(line.split()[1:]) <= set(targets)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []
