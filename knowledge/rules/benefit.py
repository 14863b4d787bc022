"""What one gets: a small whitelisted arithmetic on Decimals, shown as it was computed.

Facts, numbers (50% is one), + - * /, min, max and brackets; anything else is refused when the rulebook is read.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from types import MappingProxyType

from knowledge.rules.errors import BadFormula
from knowledge.rules.values import Value, plain

CENT = Decimal("0.01")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_OPERATORS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = MappingProxyType(
    {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
)
_SIGNS: Mapping[type[ast.operator], str] = MappingProxyType(
    {ast.Add: " + ", ast.Sub: " − ", ast.Mult: " × ", ast.Div: " ÷ "}
)
_BINDING: Mapping[type[ast.operator], int] = MappingProxyType({ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2})
_FUNCTIONS: Mapping[str, tuple[Callable[[list[Decimal]], Decimal], str]] = MappingProxyType(
    {"min": (min, "取小"), "max": (max, "取大")}
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read and found harmless."""

    written: str
    tree: ast.expr
    names: tuple[str, ...]

    def compute(self, facts: Mapping[str, Value]) -> Decimal | None:
        """To the cent, half up; None where a fact is missing or there is nothing to divide by."""
        numbers: dict[str, Decimal] = {}
        for name in self.names:
            value = facts.get(name)
            if not isinstance(value, (int, Decimal)) or isinstance(value, bool):
                return None
            numbers[name] = Decimal(value)
        try:
            return plain(_value(self.tree, numbers).quantize(CENT, ROUND_HALF_UP))
        except (DivisionByZero, InvalidOperation):
            return None

    def shown(self, words: Mapping[str, str]) -> str:
        """With names or numbers put in: 取小(1600元 × 50%, 800元)."""
        return _shown(self.tree, words, 0)


def parse(formula: str) -> Formula:
    """Raises BadFormula for everything that is not on the list."""
    text = _PERCENT.sub(r"percent(\1)", formula)
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise BadFormula(formula, "不合算式的写法") from error
    for node in _walk(tree, formula):
        if isinstance(node, ast.Constant) and (
            isinstance(node.value, bool) or not isinstance(node.value, (int, float))
        ):
            raise BadFormula(formula, "只能写数字")
    names = dict.fromkeys(node.id for node in _walk(tree, formula) if isinstance(node, ast.Name))
    return Formula(formula, tree, tuple(names))


def _walk(node: ast.expr, formula: str) -> Iterator[ast.expr]:
    yield node
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        inner = [node.left, node.right]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords and node.args:
        if node.func.id not in {*_FUNCTIONS, "percent"}:
            raise BadFormula(formula, f"没有 {node.func.id} 这个运算")
        inner = node.args
    elif isinstance(node, (ast.Constant, ast.Name)):
        inner = []
    else:
        raise BadFormula(formula, "只能用事实名称、数、+ - * / min max 和括号")
    for one in inner:
        yield from _walk(one, formula)


def _value(node: ast.expr, numbers: Mapping[str, Decimal]) -> Decimal:
    if isinstance(node, ast.Constant):
        return Decimal(str(node.value))
    if isinstance(node, ast.Name):
        return numbers[node.id]
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_value(node.left, numbers), _value(node.right, numbers))
    name, arguments = _call(node)
    values = [_value(one, numbers) for one in arguments]
    return values[0] / 100 if name == "percent" else _FUNCTIONS[name][0](values)


def _shown(node: ast.expr, words: Mapping[str, str], around: int) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Name):
        return words.get(node.id, node.id)
    if isinstance(node, ast.BinOp):
        binding = _BINDING[type(node.op)]
        right = binding + isinstance(node.op, (ast.Sub, ast.Div))
        text = _shown(node.left, words, binding) + _SIGNS[type(node.op)] + _shown(node.right, words, right)
        return f"（{text}）" if binding < around else text
    name, arguments = _call(node)
    inner = [_shown(one, words, 0) for one in arguments]
    return f"{inner[0]}%" if name == "percent" else f"{_FUNCTIONS[name][1]}（{'，'.join(inner)}）"


def _call(node: ast.expr) -> tuple[str, list[ast.expr]]:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        raise TypeError(node)
    return node.func.id, node.args
