"""The shape that keeps the project readable: sizes, names, docstrings, the direction of imports, clean pins."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("api", "assistant", "evals", "ingest", "knowledge", "prompts")
MOST_LINES = 350
MOST_LINES_OF_A_FUNCTION = 60
BANNED = {"utils", "helpers", "common", "manager", "handler", "processor"}
SENTENCE_ENDS = (".", "?", "!", "。", "？", "：", ":")

Named = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@functools.cache
def modules(*folders: str) -> list[tuple[str, ast.Module, str]]:
    """Path, tree and source of every Python file in these folders."""
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    sources = [(str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")) for file in files]
    return [(path, ast.parse(source), source) for path, source in sources]


def definitions(tree: ast.Module) -> Iterator[Named]:
    for node in ast.walk(tree):
        if isinstance(node, Named):
            yield node


def parts(name: str) -> set[str]:
    """ChromaVectorIndex → chroma, vector, index."""
    return {part.lower() for part in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def is_banned(name: str) -> bool:
    return (
        bool(parts(name) & BANNED)
        or name.lower().lstrip("_").startswith("base_")
        or re.match(r"_*Base[A-Z]", name) is not None
    )


def test_a_file_is_read_in_one_sitting() -> None:
    long = {path: lines for path, _, source in modules(*PACKAGES) if (lines := source.count("\n")) > MOST_LINES}
    assert not long


def test_a_function_is_read_at_a_glance() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree, _ in modules(*PACKAGES, "tests")
        for node in definitions(tree)
        if not isinstance(node, ast.ClassDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
        and "migrations/versions" not in path  # a list of tables, made once
    ]
    assert not long


def test_names_say_what_a_thing_is() -> None:
    files = [
        path
        for path, _, _ in modules(*PACKAGES, "tests")
        if any(is_banned(part) for part in Path(path).with_suffix("").parts)
    ]
    names = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree, _ in modules(*PACKAGES, "tests")
        for node in definitions(tree)
        if is_banned(node.name) and not node.name.startswith("test_")  # the name of a test is a sentence
    ]
    assert not files + names


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        path
        for path, tree, source in modules(*PACKAGES, "tests")
        if source.strip() and not (ast.get_docstring(tree) or "").split("\n\n")[0].rstrip().endswith(SENTENCE_ENDS)
    ]
    assert not silent


def test_in_assistant_only_curation_takes_documents_in() -> None:
    importing = [
        path
        for path, tree, _ in modules("assistant")
        if any(imported.split(".")[0] == "ingest" for imported in imports(tree))
        and not re.match(r"assistant/curation(?:\.py|/)", path)
    ]
    assert not importing


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_pins_name_no_package_index() -> None:
    """Which index a machine uses is its own affair (design.md 12)."""
    address = re.compile(
        r"https?://|file:|--(?:extra-)?index-url|--find-links|--trusted-host|^\[\[?tool\.uv", re.MULTILINE
    )
    files = [*ROOT.glob("requirements*.txt"), ROOT / "pyproject.toml"]
    assert len(files) == 4
    assert not [file.name for file in files if address.search(file.read_text(encoding="utf-8"))]


def test_every_pin_has_a_hash() -> None:
    for file in ROOT.glob("requirements*.txt"):
        pins = re.split(r"^(?=[A-Za-z0-9])", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        assert pins
        assert not [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin]


def test_the_banned_words_are_found_in_names_of_any_style() -> None:
    assert all(map(is_banned, ("IndexManager", "text_utils", "base_model", "BaseModelThing", "_common")))
    assert not any(map(is_banned, ("IndexKeeper", "database", "Database", "uncommon", "rebase")))
