"""Read the rulebook; what is wrong is told with file and line, all at once."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node, SequenceNode

from knowledge.rules.conditions import FORMS
from knowledge.rules.errors import BadRulebook, Complaint, UnknownPolicy
from knowledge.rules.model import Fact, Gate, Gates, Policy, Saying, Sayings, SharedFacts
from knowledge.rules.values import FactType

FOLDER = Path(__file__).parents[1] / "rulebook"
FACTS, GATES, SAYINGS = "facts.yaml", "gates.yaml", "sayings.yaml"
MORE_SAYINGS = "sayings_*.yaml"
"""Of facts that one policy alone asks about."""
M = TypeVar("M", bound=BaseModel)
Path_ = tuple[int | str, ...]
"""Where something stands in a file: ("editions", 0, "conditions")."""

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""Four times faster where libyaml is there: a fifth of the time to the first answer."""

_REASONS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，是不是写错了名称",
    "enum": "只能是 {expected}",
    "string_pattern_mismatch": "不合格式 {pattern}",
    "string_too_short": "太短",
    "string_too_long": "不能超过 {max_length} 个字",
    "too_short": "至少要有 {min_length} 个",
    "date_from_datetime_parsing": "应是日期，如 2026-01-01",
    "date_parsing": "应是日期，如 2026-01-01",
    "string_type": "应是文字",
    "int_parsing": "应是整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "list_type": "应是列表（- 开头）",
    "dict_type": "应是“名称: 值”",
    "model_type": "应是“名称: 值”",
}


@dataclass(frozen=True, slots=True)
class Lines:
    """The line on which each part of a file begins."""

    file: str
    by_path: Mapping[Path_, int] = field(default_factory=dict)

    def of(self, *path: int | str) -> int:
        """The line of this part, or of the nearest part around it that is written."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.by_path:
                return self.by_path[path[:end]]
        return 1

    def complain(self, reason: str, *path: int | str) -> Complaint:
        return Complaint(self.file, self.of(*path), reason)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All policies, the facts they share, the gates that end whole classes of documents."""

    policies: Mapping[str, Policy]
    facts: Mapping[str, Fact]
    gates: tuple[Gate, ...]
    lines: Mapping[str, Lines]
    sayings: Mapping[str, Saying] = field(default_factory=dict)
    dialect: Mapping[str, str] = field(default_factory=dict)
    """Words of dialects, and what they are in the standard language."""
    terms: frozenset[str] = frozenset()
    """Words that people misspell, beside those of the sayings."""

    def policy(self, identity: str) -> Policy:
        try:
            return self.policies[identity]
        except KeyError:
            raise UnknownPolicy(identity) from None

    def facts_of(self, policy: Policy) -> Mapping[str, Fact]:
        """Shared facts and the policy's own."""
        return {**self.facts, **policy.facts} if policy.facts else self.facts


@functools.cache
def shipped() -> Rulebook:
    """The rulebook of this installation. Raises BadRulebook."""
    return load(FOLDER)


def load(folder: Path) -> Rulebook:
    """Read all files of a folder. Raises BadRulebook with every complaint of every file."""
    book, complaints = read(folder)
    if complaints:
        raise BadRulebook(complaints)
    return book


def read(folder: Path) -> tuple[Rulebook, list[Complaint]]:
    """What could be read, and what is wrong with the rest."""
    complaints: list[Complaint] = []
    shared, _ = _parse(folder / FACTS, SharedFacts, complaints)
    gates, _ = _parse(folder / GATES, Gates, complaints)
    spoken = [_parse(folder / SAYINGS, Sayings, complaints)]
    spoken += [_parse(file, Sayings, complaints) for file in sorted(folder.glob(MORE_SAYINGS))]
    policies: dict[str, Policy] = {}
    lines: dict[str, Lines] = {}
    for file in sorted(folder.glob("*.yaml")):
        if file.name in {FACTS, GATES, SAYINGS} or file.match(MORE_SAYINGS):
            continue
        policy, places = _parse(file, Policy, complaints)
        if policy is None:
            continue
        complaints += _misplaced(policy, places, policies, shared)
        policies[policy.id], lines[policy.id] = policy, places
    book = Rulebook(
        policies,
        shared.facts if shared else {},
        tuple(gates.gates) if gates else (),
        lines,
        {name: saying for sayings, _ in spoken if sayings for name, saying in sayings.sayings.items()},
        {said: meant for sayings, _ in spoken if sayings for said, meant in sayings.words.items()},
        frozenset(term for sayings, _ in spoken if sayings for term in sayings.terms),
    )
    for sayings, said_where in spoken:
        complaints += _missaid(sayings, book, said_where)
    return book, complaints


def _missaid(sayings: Sayings | None, book: Rulebook, lines: Lines) -> Iterable[Complaint]:
    """Sayings of facts and options that are not there."""
    known = {**book.facts, **{name: fact for one in book.policies.values() for name, fact in one.facts.items()}}
    for name, saying in sayings.sayings.items() if sayings else ():
        if name not in known:
            yield lines.complain(f"没有事实 {name}", "sayings", name)
            continue
        fact = known[name]
        options = set(fact.options) if fact.type is FactType.CHOICE else {"是", "否"}
        for part, chosen in (
            ("options", saying.options),
            ("owned", saying.owned),
            ("answers", saying.answers),
        ):
            for option in chosen.keys() - options:
                yield lines.complain(f"{name} 没有选项“{option}”", "sayings", name, part, option)


def _misplaced(
    policy: Policy, places: Lines, known: Mapping[str, Policy], shared: SharedFacts | None
) -> Iterable[Complaint]:
    if policy.id in known:
        yield places.complain(f"编号 {policy.id} 已经有了", "id")
    if Path(places.file).stem != policy.id:
        yield places.complain(f"文件名要和编号一样：{policy.id}.yaml", "id")
    others = {name for other in known.values() for name in other.facts} | set(shared.facts if shared else ())
    for name in policy.facts.keys() & others:
        yield places.complain(f"事实 {name} 别处已经有了：几项政策都问的写进 {FACTS}", "facts", name)


def _parse(file: Path, model: type[M], complaints: list[Complaint]) -> tuple[M | None, Lines]:
    lines = Lines(file.name)
    try:
        text = file.read_text(encoding="utf-8")
        loader = _LOADER(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except FileNotFoundError:
        complaints.append(Complaint(file.name, 1, "没有这个文件"))
        return None, lines
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        complaints.append(Complaint(file.name, line, f"不是合格的 YAML：{error.problem}"))
        return None, lines
    lines = Lines(file.name, dict(_places(node)) if node else {})
    complaints += [lines.complain(f"{name} 写了两次", *path) for path, name in _repeated(node)]
    try:
        return model.model_validate(data), lines
    except ValidationError as error:
        complaints += [_complaint(detail, lines) for detail in error.errors()]
        return None, lines


def _places(node: Node, path: Path_ = ()) -> Iterable[tuple[Path_, int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, MappingNode):
        for key, value in node.value:
            inner = (*path, key.value)
            yield from _places(value, inner)
            yield inner, key.start_mark.line + 1
    elif isinstance(node, SequenceNode):
        for position, value in enumerate(node.value):
            yield from _places(value, (*path, position))


def _repeated(node: Node | None, path: Path_ = ()) -> Iterable[tuple[Path_, str]]:
    """Keys given twice: YAML silently keeps the last."""
    if isinstance(node, MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield (*path, key.value), key.value
            seen.add(key.value)
            yield from _repeated(value, (*path, key.value))
    elif isinstance(node, SequenceNode):
        for position, value in enumerate(node.value):
            yield from _repeated(value, (*path, position))


def _complaint(detail: Any, lines: Lines) -> Complaint:
    path = tuple(part for part in detail["loc"] if part not in FORMS or part in {"all", "any", "not"})
    path = _written(path, lines)
    name = ".".join(str(part) for part in path if isinstance(part, str)) or "整个文件"
    context = detail.get("ctx", {})
    if detail["type"] == "value_error":
        reason = str(context.get("error", detail["msg"]))
    else:
        reason = _REASONS.get(detail["type"], detail["msg"]).format_map({"expected": "", **context})
    return lines.complain(f"{name}：{reason}", *path)


def _written(path: Path_, lines: Lines) -> Path_:
    """Without the names of forms that Pydantic puts between: ("all", "all", 0) is written ("all", 0)."""
    found: Path_ = ()
    for position, part in enumerate(path):
        last = position == len(path) - 1
        if (*found, part) in lines.by_path or (last and part not in FORMS):
            found = (*found, part)
    return found
