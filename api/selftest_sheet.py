"""The form of a self-test: everything that was answered travels with it, and nothing stays here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import parse_qsl

from fastapi import Request

from knowledge.rules.engine import Engine, read_answer
from knowledge.rules.errors import BadAnswer
from knowledge.rules.values import Value

MOST_FIELDS = 500
UNKNOWN = "不知道"
NOT_ANSWERED = "请回答这一题，或者选“不知道”"
_MAY_SKIP = frozenset({"result", "share", "more"})
_NEW, _UNSURE, _KEPT, _DECLINED, _ORDER, _GO, _ON = "q.", "u.", "a.", "declined", "order", "go", "on"


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers as given, what was declined, and the groups in the order they were asked."""

    answers: Mapping[str, str] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    order: tuple[tuple[str, ...], ...] = ()
    on: date | None = None
    go: str = "next"
    """What the button pressed says: next, back, change:<fact>, result, share, more."""
    complaints: Mapping[str, str] = field(default_factory=dict)
    """Of the group just sent: what is wrong with which answer."""
    typed: Mapping[str, str] = field(default_factory=dict)
    """Of the group just sent, as typed, right or wrong."""

    def facts(self, engine: Engine) -> dict[str, Value]:
        return {name: read_answer(engine.vocabulary[name], said) for name, said in self.answers.items()}

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Fields that carry the sheet on."""
        kept = [(_KEPT + name, said) for name, said in self.answers.items()]
        kept += [(_DECLINED, name) for name in self.declined]
        kept.append((_ORDER, "|".join(",".join(group) for group in self.order)))
        return kept + ([(_ON, self.on.isoformat())] if self.on else [])

    @property
    def changing(self) -> list[str]:
        """The fact somebody wants to answer anew."""
        return list(self.typed) if self.go.startswith("change:") else []

    def asking(self, names: Sequence[str]) -> "Sheet":
        """With a new group put before the person."""
        order = tuple(group for group in self.order if group != tuple(names))
        return replace(self, order=(*order, tuple(names)))

    def without(self, names: Sequence[str]) -> "Sheet":
        """As if these had not been answered."""
        return Sheet(
            {name: said for name, said in self.answers.items() if name not in names},
            tuple(name for name in self.declined if name not in names),
            tuple(kept for group in self.order if (kept := tuple(name for name in group if name not in names))),
            self.on,
        )


async def sent(request: Request) -> list[tuple[str, str]]:
    body = (await request.body()).decode("utf-8", errors="replace")
    return parse_qsl(body, max_num_fields=MOST_FIELDS)


def read(fields: Sequence[tuple[str, str]], engine: Engine) -> Sheet:
    """The sheet that was sent; what does not belong to the rulebook is dropped."""
    known = engine.vocabulary
    one = dict(fields)
    kept = {name[len(_KEPT) :]: said for name, said in fields if name.startswith(_KEPT)}
    kept = {name: said for name, said in kept.items() if name in known and not _complaint(engine, name, said)}
    order = tuple(
        names
        for group in one.get(_ORDER, "").split("|")
        if (names := tuple(name for name in group.split(",") if name in known))
    )
    declined = tuple(dict.fromkeys(said for name, said in fields if name == _DECLINED and said in known))
    sheet = Sheet(kept, declined, order, _day(one.get(_ON, "")), one.get(_GO, "next"))
    if sheet.go == "back":
        last = order[-2:] if len(order) > 1 else order
        return sheet.without([name for group in last for name in group])
    if sheet.go.startswith("change:"):
        name = sheet.go.removeprefix("change:")
        typed = {name: sheet.answers.get(name, "")} if name in known else {}
        return replace(sheet.without([name]), go=sheet.go, typed=typed)
    return _taken(sheet, one, engine)


def _taken(sheet: Sheet, one: Mapping[str, str], engine: Engine) -> Sheet:
    """With the answers of the last group."""
    group = sheet.order[-1] if sheet.order else ()
    group = tuple(name for name in group if name not in sheet.answers and name not in sheet.declined)
    typed = {name: one.get(_NEW + name, "").strip() for name in group}
    unsure = {name for name in group if typed[name] == UNKNOWN or (one.get(_UNSURE + name) and not typed[name])}
    complaints: dict[str, str] = {}
    answers = dict(sheet.answers)
    for name in group:
        if name in unsure or (not typed[name] and sheet.go in _MAY_SKIP):
            continue
        problem = _complaint(engine, name, typed[name])
        if problem:
            complaints[name] = problem
        else:
            answers[name] = typed[name]
    declined = (*sheet.declined, *(name for name in group if name in unsure))
    return Sheet(answers, declined, sheet.order, sheet.on, sheet.go, complaints, typed)


def _complaint(engine: Engine, name: str, said: str) -> str | None:
    if not said:
        return NOT_ANSWERED
    try:
        read_answer(engine.vocabulary[name], said)
    except BadAnswer as error:
        return f"请写{error.wanted}"
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
