"""What a message answers of an open form: values of its fields, or words; what cannot be read, and why."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.eligibility.said_before import as_heard
from assistant.eligibility.sheet import UNKNOWN, Heard, complaint
from assistant.fact_pickup import pick_up
from assistant.hearing import answers as to_question
from assistant.hearing import figures, stance
from assistant.hearing.picked import Picked
from assistant.hearing.spelling import plain
from assistant.hearing.stance import UNSURE
from knowledge.rules.engine import REGION, Engine
from knowledge.rules.model import Fact, Saying
from knowledge.rules.values import FactType

_FIGURE = re.compile(r"[\d零一二两三四五六七八九十百千万亿几]")
_NUMERIC = frozenset({FactType.WHOLE, FactType.MONEY, FactType.RATIO, FactType.PERIOD})
_ALL_ALIKE = re.compile(
    r"^(?:都|全|全都|全部|一个都|一样都|两[个样项]都|三[个样项]都)(?P<word>是|有|对|做了|办了|签了|符合|满足|没问题|不是|没有|没|不|不符合|否|无)(?:的|了|啊|呀|呢|过)*$"
)
_GENERAL = {"对": "没问题", "符合": "没问题", "满足": "没问题", "不符合": ""}
_DEEDS = ("做了", "办了", "签了")
"""What is all right is so only where it should be so: 都没问题 is no 是 to 在经营异常名录里吗."""
_SKIPS = (
    r"跳过|略过|过掉|^(?:这|那)?(?:[个道一]?题|个|项|条)?(?:就|先)?过(?:了|吧|掉)?$|下一[题个项道条步]|^(?:这|那)个?(?:我|俺)?(?:就|先|也)?不[说讲提](?:了|吧)?"
    r"|不(?:太)?(?:想|愿意?|方便|便|好意思|打算|肯)(?:再)?(?:说|讲|提|透露|告诉|回答)|(?:莫|别|不要|勿|甭)(?:再)?问|空着|换(?:一)?[个道]?(?:题|问)|^(?:不[说讲](?:行|可以)|能不能不[说讲]|可以不[说讲])"
)
"""Not told, in words: it is open like what is not known."""
_UNSURE = re.compile(f"{UNSURE.pattern}|没概念|不好说|答不上|{_SKIPS}")
_NEW_VALUE = re.compile(
    r"(?:错了?|改成|改为|换成|不对|有误|应该是|更正为)[，,、 ]*(?:了)?[，,、 ]*(?:应该)?(?:是|为|成)?(?P<value>[^，,]{1,20})$"
)
_FILLERS = re.compile(r"一下|一会儿?|一点|一些|等等|一样")
"""Their 一 is no number."""
_NTH = re.compile(r"^(?:我?选|第|选第)([一二三四五六七八九1-9])(?:个|项|种|类)?$")
_ROWS = {**{str(row): row - 1 for row in range(1, 10)}, **{han: row for row, han in enumerate("一二三四五六七八九")}}
_BARE = 10
"""Characters of a clause that is nothing but an answer."""
_LIST = re.compile(r"[，,。；;、！!\s]+")


@dataclass(frozen=True, slots=True)
class Taken:
    answered: Mapping[str, str] = field(default_factory=dict)
    declined: tuple[str, ...] = ()
    complaints: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    """Of those complained about, what was given."""
    beside: tuple[Heard, ...] = ()
    """Said without being asked, or only roughly: to be confirmed."""
    misheard: tuple[str, ...] = ()
    """Taken out of what was heard: not given, to be asked for where it is needed."""

    def __bool__(self) -> bool:
        return bool(self.answered or self.declined or self.complaints or self.beside or self.misheard)


def of_fields(
    fields: Iterable[tuple[str, str]], engine: Engine, wanted: Collection[str], heard: Collection[str] = ()
) -> Taken:
    """Values as the form sent them; fields of no concern are dropped. An empty one takes out what was `heard`."""
    answered, declined, complaints, typed = dict[str, str](), list[str](), dict[str, str](), dict[str, str]()
    misheard = [name for name, given in fields if name in heard and not given.strip()]
    for name, given in dict(fields).items():
        said = given.strip()
        if name not in wanted or name not in engine.vocabulary or name in misheard:
            continue
        if said == UNKNOWN:
            declined.append(name)
        elif problem := complaint(engine, name, said):
            complaints[name], typed[name] = problem, said
        else:
            answered[name] = said
    return Taken(answered, tuple(declined), complaints, typed, misheard=tuple(misheard))


def of_words(
    text: str,
    engine: Engine,
    today: date,
    *,
    asked: Sequence[str],
    answers: Mapping[str, str],
    wanted: Collection[str],
    stands: bool = False,
) -> Taken:
    """What was said of what was asked counts; what was said beside it, or of which a part was guessed, does not yet.

    `stands`: the form shows answers already, and asks whether they are right; a bare yes or no changes none of them.
    """
    text = _FILLERS.sub("", text)
    bare = [one for one in asked if engine.vocabulary[one].type is not FactType.YES_NO] if stands else asked
    picked = _picked(text, engine, today, bare)
    answered, complaints, typed = dict[str, str](), dict[str, str](), dict[str, str]()
    beside: list[Heard] = []
    for one in picked:
        heard = as_heard(one)
        if one.name in asked and _is_vague(engine.vocabulary[one.name], one.words):
            complaints[one.name], typed[one.name] = (
                _vague(engine.vocabulary[one.name], one.words, one.shown),
                heard.value,
            )
        elif one.name in asked and not one.rough:
            answered[one.name] = heard.value
        elif (one.name in asked or one.name in wanted) and answers.get(one.name) != heard.value:
            beside.append(heard)
    others = [name for name in wanted if name not in asked and name not in {one.name for one in picked}]
    beside += [one for one in _answered_beside(text, engine, others) if answers.get(one.name) != one.value]
    named = {*answered, *complaints, *(one.name for one in beside)}
    left = [name for name in asked if name not in named]
    answered |= {} if stands else _all_alike(text, engine, left)
    left = [name for name in left if name not in answered]
    declined = tuple(left) if _UNSURE.search(text) and (not named or len(left) == 1) else ()
    if not declined:
        complaints |= _not_figures(text, engine, left)
        for one in _half_sure(text, engine, today, [name for name in left if name in bare and name not in complaints]):
            complaints[one.name], typed[one.name] = _doubted(text, one.shown), as_heard(one).value
    return Taken(answered, declined, complaints, typed, tuple(beside))


def _picked(text: str, engine: Engine, today: date, asked: Sequence[str]) -> list[Picked]:
    """What the words say by themselves; then each piece that says nothing by itself, as a bare answer."""
    found = {one.name: one for one in pick_up(text, engine, today=today).picked}
    if len(asked) == 1 and (chosen := _nth_option(text, engine.vocabulary[asked[0]])):
        text = chosen
    used = {one.words for one in found.values()}
    whole = plain(text, engine)
    told = [part.text for part in stance.parts(whole) if not part.stance]
    for piece in [*told, *([] if used else [whole])]:
        left = [name for name in asked if name not in found]
        if left and piece not in used:
            found |= {
                one.name: one for one in pick_up(piece, engine, today=today, asked=left).picked if one.name in left
            }
    return list(found.values())


def _answered_beside(text: str, engine: Engine, others: Sequence[str]) -> Iterator[Heard]:
    """不是零就业家庭，是第一次: a clause that answers one other question of the test in its own words."""
    known, sayings = engine.vocabulary, engine.book.sayings
    yes_no = {name: sayings[name] for name in others if name in sayings and known[name].type is FactType.YES_NO}
    for part in stance.parts(plain(text, engine)):
        clause = part.text
        if part.stance or len(clause) > _BARE:
            continue
        told = {name: to_question.in_its_own_words(known[name], one, clause) for name, one in yes_no.items()}
        found = [(name, said) for name, said in told.items() if said is not None]
        if len(found) == 1:
            yield Heard(found[0][0], "是" if found[0][1] else "否", clause)


def _nth_option(text: str, fact: Fact) -> str:
    match = _NTH.match(_LIST.sub("", text))
    options = list(fact.options)
    return options[row] if match and (row := _ROWS[match[1]]) < len(options) else ""


def _all_alike(text: str, engine: Engine, left: Sequence[str]) -> dict[str, str]:
    """都是, 都没有: for every yes-or-no question of the group, each as if the word had been said to it alone."""
    match = _ALL_ALIKE.match(_LIST.sub("", text))
    word = _GENERAL.get(match["word"], match["word"]) if match else ""
    asked = [name for name in left if word and engine.vocabulary[name].type is FactType.YES_NO]
    sayings = engine.book.sayings
    told = {
        name: to_question.yes_no(engine.vocabulary[name], sayings.get(name, Saying()), word)
        for name in asked
        if word not in _DEEDS or word[0] in engine.vocabulary[name].ask
    }
    return {name: "是" if said else "否" for name, said in told.items() if said is not None}


def _is_vague(fact: Fact, words: str) -> bool:
    return fact.type in _NUMERIC and figures.is_rough(words)


def _vague(fact: Fact, words: str, shown: str) -> str:
    return f"“{words[:20]}”是个大概数。按{shown}算的话直接确认；有准数请写准数。{_where(fact)}"


def _half_sure(text: str, engine: Engine, today: date, left: Sequence[str]) -> Iterator[Picked]:
    """没有吧, 应该算是: what it would say if it were said for certain; asked once more instead of taken."""
    said = text.strip("。！!？?~～ ")
    certain = stance.without_doubt(said)
    if len(left) == 1 and certain and certain != said:
        yield from (one for one in pick_up(certain, engine, today=today, asked=left).picked if one.name in left)


def _doubted(text: str, shown: str) -> str:
    return f"“{text.strip()[:20]}”听着还不确定。确定是“{shown}”就直接确认；不是请改；不清楚就回“{UNKNOWN}”。"


def _not_figures(text: str, engine: Engine, left: Sequence[str]) -> dict[str, str]:
    """For a number that was said too vaguely to be taken: what is needed instead."""
    if not (figures.is_rough(text) and _FIGURE.search(text)):
        return {}
    numeric = [name for name in left if engine.vocabulary[name].type in _NUMERIC]
    return {
        name: _needed(engine.vocabulary[name], text)
        for name in numeric
        if len(numeric) == 1 or _suits(engine.vocabulary[name], text)
    }


def _suits(fact: Fact, text: str) -> bool:
    signs = r"[万元块钱]" if fact.type is FactType.MONEY else re.escape(fact.unit) if fact.unit else "个"
    return re.search(signs, text) is not None


def _needed(fact: Fact, text: str) -> str:
    example = "80000 或者 8万" if fact.type is FactType.MONEY else f"3{fact.unit}"
    return f"“{text.strip()[:20]}”还不够准，刚好卡在线上时差一点结果就不同。请写一个数，例如 {example}。{_where(fact)}"


def _where(fact: Fact) -> str:
    where = f"可以看{fact.where}；" if fact.where else ""
    return f"{where}不清楚就回“{UNKNOWN}”。"


def unread(engine: Engine, asked: Sequence[str]) -> dict[str, str]:
    """Complaints where nothing could be made of the words."""
    return {name: f"请{_wanted(engine.vocabulary[name])}；不清楚就回“{UNKNOWN}”。" for name in asked}


def _wanted(fact: Fact) -> str:
    match fact.type:
        case FactType.YES_NO:
            return "回答“是”或者“否”"
        case FactType.CHOICE:
            return "从这几项里选一项：" + "、".join(fact.options)
        case FactType.MONEY:
            return "写金额，例如 80000 或者 8万元"
        case FactType.DATE:
            return "写日期，例如 2025-07-01 或者“去年七月一号”"
        case FactType.RATIO:
            return "写比例，例如 1.5%"
        case FactType.REGION:
            return "写到市、县或者区，例如“宜昌市西陵区”"
        case _:
            return f"写一个数，例如 3{fact.unit}"


def corrections(text: str, engine: Engine, today: date, names: Collection[str]) -> Iterator[Heard]:
    """The new values said in 人数说错了，是5个."""
    said = [one for one in pick_up(text, engine, today=today).picked if one.name in names]
    told = _NEW_VALUE.search(text.strip())
    if not said and len(names) == 1 and told:
        said = list(pick_up(told["value"], engine, today=today, asked=names).picked)
    yield from (as_heard(one) for one in said if one.name in names)


def is_unsure(text: str) -> bool:
    return _UNSURE.search(text) is not None


def touches_region(taken: Taken) -> bool:
    return REGION in taken.answered or any(one.name == REGION for one in taken.beside)
