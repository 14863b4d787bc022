"""Facts for a self-test picked up from what somebody said, by patterns; all of them are shown for confirmation.

Better nothing than something wrong: questions, suppositions, wishes, vague figures
and what is said of others give no fact.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from assistant import colloquial
from assistant.colloquial import Found
from knowledge import regions
from knowledge.rewriting import simplified
from knowledge.rules.engine import REGION, Engine, read_answer
from knowledge.rules.errors import BadAnswer
from knowledge.rules.model import Fact, Saying
from knowledge.rules.values import FactType, Unreadable, Value, read, show
from knowledge.vocabulary import Vocabulary, sound

_PIECES = re.compile(r"[，,。；;！!\n]|(?<=\D)[、 ](?=\D)|(?=[？?])")
_SUPPOSED = re.compile(
    r"如果|要是|假如|假设|万一|听说|规定|标准|政策上|要求|条件是|能不能|可不可以|行不行|会不会|多少|怎么|才能|才可以|才行"
    r"|是不是|有没有|是否|能否|吗$|么$|[？?]|哪[个些里一]|举个例子|比如|应该(?!是)|必须|需要"
)
_WISHED = re.compile(r"想|打算|准备|计划|将来|以后|明年|下个?月|马上要|要去")
_OTHERS = re.compile(
    r"朋友|隔壁|邻居|别人(?!家?的?(?:房|店面|铺))|亲戚|同行|老乡|表[哥弟姐妹]|堂[哥弟姐妹]|他们?家|她家|人家|同学|客户"
)
_HEDGED = re.compile(r"好像|可能|也许|说不定|不确定|没准|搞不好|似乎|拿不准|应该算")
_PAST = re.compile(r"以前|从前|原来|原先|过去|曾经|当年|当时|那时候?|早先|那会儿")
_CORRECTED = re.compile(r"不对|[说搞记弄讲]错了?|错了|更正|应该是|准确地?说|不不|等等|等一下")
_NOT = re.compile(r"(?:不是|没有|没|未|不|非|还没|无)(?:在|有|是|过)?$")
_YES = re.compile(
    r"^(?:是的?|对的?|嗯+|有的?|有过|没错|正是|报了|办了|交了|签了|可以|是啊|对啊|当然)(?:[啊呀呢了吧的]*)$"
)
_NO = re.compile(r"^(?:不是|没有|没|否|不|没得|还没|没呢|没报|没办|没交|没签|不对|从来没有|没有过)(?:[啊呀呢了吧的]*)$")
_UNSURE = re.compile(r"不知道|不清楚|不晓得|说不[上好清]|忘了|记不[得清]|不确定|搞不清|不太清楚")
_PLACE = re.compile(r"店|开|登记|注册|经营|生意|公司|做|执照|办的")
_TERM = re.compile(r"[\u4e00-\u9fff]{2,5}(?![?\u4e00-\u9fff])")
_NO_PLACE = re.compile(f"{_WISHED.pattern}|{_HEDGED.pattern}|{_PAST.pattern}|户口|户籍|老家|籍贯|住在|出生|以前")
_SHORT_PLACE = re.compile(r"(?:在|到)([\u4e00-\u9fff]{2,4}?)(?:开|做|办|注册|登记|这边|经营|搞|有个?[店厂])")
_YES_NO = {"是": True, "否": False}
_WORKERS = "残疾|员工|伙计|工人|服务员|师傅|小妹|阿姨|大姐|帮工|学徒|店员|导购|营业员|收银|司机|厨师|小伙|姑娘|应届|大学生|毕业生|失业|退伍|临时工"
_WHOLE_UNITS = {
    "人": rf"个人|口人|人|个(?:{_WORKERS})|名|位|口子|个(?=$|[，,。])",
    "平方米": "个?平方米?|平米|个?平|㎡",
    "": "个(?!月)|次|件|天|米|家",
}


@dataclass(frozen=True, slots=True)
class Picked:
    """A fact as it was heard; nothing counts before the person has confirmed it."""

    name: str
    value: Value
    shown: str
    words: str
    """The piece of the message it was heard in."""
    rough: bool = False
    """Part of it was not said: the day of a month."""


@dataclass(frozen=True, slots=True)
class Pickup:
    picked: tuple[Picked, ...] = ()
    declined: tuple[str, ...] = ()
    """Asked about, and answered 不知道."""


def pick_up(text: str, engine: Engine, *, today: date, asked: Collection[str] = ()) -> Pickup:
    """Facts said in the message; `asked` are those just asked about, which a bare answer may answer."""
    text = plain(text, engine)
    if _OTHERS.search(text):
        return Pickup()
    heard = _Heard(engine, today)
    for piece in pieces(text):
        heard.take(piece)
    picked = heard.agreed()
    open_names = [name for name in asked if name not in picked]
    picked |= {one.name: one for one in _bare(text, open_names, engine, today) if one.name not in heard.found}
    is_unsure = not picked and bool(_UNSURE.search(text))
    return Pickup(tuple(picked.values()), tuple(open_names) if is_unsure else ())


class _Heard:
    """What was heard so far, piece by piece; a correction takes the place of what it corrects."""

    def __init__(self, engine: Engine, today: date) -> None:
        self._engine, self._today = engine, today
        self.found: dict[str, list[Picked]] = {}
        self._before = ""
        """The piece before, if it named something without saying how much."""
        self._correcting = False
        self._last: list[str] = []

    def take(self, piece: str) -> None:
        self._correcting = self._correcting or bool(_CORRECTED.search(piece)) or piece.startswith("不是")
        told = [] if piece.startswith("不是") else list(_of_piece(piece, self._engine, self._today))
        if not told and self._before:
            told = list(_of_piece(self._before + piece, self._engine, self._today))
        if not told and self._correcting:
            told = self._instead(_CORRECTED.sub("", piece).lstrip("是的"))
        if told:
            for one in told:
                self.found[one.name] = [one] if self._correcting else [*self.found.get(one.name, ()), one]
            self._last, self._correcting, self._before = [one.name for one in told], False, ""
        elif not self._correcting:
            self._before = piece

    def _instead(self, piece: str) -> list[Picked]:
        """The new value of what was heard last."""
        known = self._engine.vocabulary
        answers = [one for name in self._last for one in _answers(name, known[name], piece, self._today)]
        return answers if len(answers) == 1 else []

    def agreed(self) -> dict[str, Picked]:
        """One value each; what was taken back and not said anew is gone, and so is what was said in two ways."""
        gone = set(self._last) if self._correcting else set()
        return {
            name: several[-1]
            for name, several in self.found.items()
            if name not in gone and len({one.value for one in several}) == 1
        }


def plain(text: str, engine: Engine) -> str:
    """Words of dialects and misspelt terms as the patterns know them."""
    text = simplified(text)
    for said, meant in engine.book.dialect.items():
        text = text.replace(said, meant)
    return _terms(engine).repair(text)[0]


@lru_cache(maxsize=4)
def _terms(engine: Engine) -> Vocabulary:
    """The terms of the sayings by how they sound; only what is no word of the dictionary is put right."""
    sayings = engine.book.sayings.values()
    patterns = [
        one for saying in sayings for one in (*saying.cues, *(p for each in saying.options.values() for p in each))
    ]
    terms = {term for pattern in patterns for term in _TERM.findall(pattern)}
    return Vocabulary((), {sound(term): term for term in sorted(terms, key=len)})


def pieces(text: str) -> list[str]:
    """Parts of the message that state something; what is asked or supposed is left out."""
    parts = [piece.strip() for piece in _PIECES.split(text)]
    kept: list[str] = []
    supposed = False
    for number, piece in enumerate(parts):
        asked_next = number + 1 < len(parts) and parts[number + 1].startswith(("？", "?"))
        supposed = supposed or bool(re.search(r"如果|要是|假如|假设|万一|比如", piece))
        if piece and not supposed and not asked_next and not _SUPPOSED.search(piece):
            kept.append(piece)
        if re.match(r"[？?]", piece):
            supposed = False
    return kept


def statements(text: str) -> list[str]:
    """Pieces in which the person states something of themselves; none where others are spoken of."""
    return [] if _OTHERS.search(text) else pieces(text)


def _matches(patterns: Sequence[str], piece: str) -> re.Match[str] | None:
    """Where one of them is said, if any."""
    return re.search("|".join(patterns), piece) if patterns else None


def _of_piece(piece: str, engine: Engine, today: date) -> Iterator[Picked]:
    for name, saying in engine.book.sayings.items():
        fact = engine.vocabulary.get(name)
        if fact is None or _matches(saying.unless, piece) or (_WISHED.search(piece) and not saying.wishes):
            continue
        is_past = fact.type is not FactType.YES_NO and not saying.past and _PAST.search(piece)
        if _HEDGED.search(piece) or is_past:
            continue
        if saying.options:
            yield from _chosen(name, fact, saying, piece)
        elif _matches(saying.zero, piece):
            yield Picked(name, 0, show(fact.type, 0, unit=fact.unit), piece)
        elif _matches(saying.cues, piece):
            values = list(_values(fact, piece, today))
            if len(values) == 1:
                yield from _picked(name, fact, values[0], piece)
    yield from _place(engine, piece)


def _chosen(name: str, fact: Fact, saying: Saying, piece: str) -> Iterator[Picked]:
    """The one option that was said; two at once, or one denied, give none."""
    patterns = {
        option: [one if option == "否" else _undenied(one) for one in written]
        for option, written in saying.options.items()
    }
    said = {option: match for option, written in patterns.items() if (match := _matches(written, piece))}
    if fact.type is FactType.YES_NO and len(said) == 2:
        longest = max(said, key=lambda option: len(said[option][0]))
        inside = all(said[longest].start() <= said[other].start() < said[longest].end() for other in said)
        said = {longest: said[longest]} if inside else {}
    if len(said) != 1:
        return
    ((option, match),) = said.items()
    if _NOT.search(piece[: match.start()]):
        return
    value: Value = _YES_NO[option] if fact.type is FactType.YES_NO else option
    yield Picked(name, value, show(fact.type, value, unit=fact.unit), piece)


def _undenied(pattern: str) -> str:
    """What a pattern leaves open must not turn it round: 年报忘报了 is no 年报……报了."""
    return pattern.replace(".{", "[^没未忘漏不无]{")


def _values(fact: Fact, piece: str, today: date, *, bare: bool = False) -> Iterator[Found]:
    if fact.type is FactType.MONEY:
        yield from colloquial.sums(piece, bare=bare)
    elif fact.type is FactType.WHOLE:
        yield from _counted(fact, piece, bare=bare)
    elif fact.type is FactType.DATE:
        yield from colloquial.dates(piece, today)
    elif fact.type is FactType.PERIOD:
        yield from colloquial.periods(piece, fact.unit or "月")
    elif fact.type is FactType.RATIO:
        yield from colloquial.ratios(piece)


def _counted(fact: Fact, piece: str, *, bare: bool) -> Iterator[Found]:
    if fact.unit == "人":
        for words, value in (("我们俩", 2), ("夫妻俩", 2), ("两口子", 2), ("就我自己", 1), ("我自己一个", 1)):
            place = piece.find(words)
            if place >= 0:
                yield Found(value, place, place + len(words))
                return
    units = _WHOLE_UNITS.get(fact.unit, re.escape(fact.unit) + "|" + _WHOLE_UNITS[""])
    yield from colloquial.counts(piece, units, bare=bare)


def _picked(name: str, fact: Fact, found: Found, piece: str) -> Iterator[Picked]:
    given: object = found.value
    try:
        value = read_answer(fact, given if isinstance(given, date) else str(given))
    except BadAnswer:
        return
    yield Picked(name, value, show(fact.type, value, unit=fact.unit), piece, found.rough)


def _place(engine: Engine, piece: str) -> Iterator[Picked]:
    """Where the business is: the longest full name of a place beside a word of trading, or 在武汉开店."""
    if REGION not in engine.vocabulary or not _PLACE.search(piece) or _NO_PLACE.search(piece):
        return
    matches = [match[0] for match in _place_names().finditer(piece)]
    short = _SHORT_PLACE.search(piece)
    if not matches and short and len(regions.codes_named(short[1])) == 1:
        matches = [short[1]]
    if len(matches) == 1 and not _NOT.search(piece[: piece.find(matches[0])]):
        yield from _region(matches[0], piece)


def _region(said: str, piece: str) -> Iterator[Picked]:
    try:
        code = read(FactType.REGION, said)
    except Unreadable:
        return
    yield Picked(REGION, code, show(FactType.REGION, code), piece)


@lru_cache(maxsize=1)
def _place_names() -> re.Pattern[str]:
    """Names with their 省, 市, 区 or 县, one after another; short forms could be anything."""
    names = sorted((name for name in regions.names().values() if len(name) > 2), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, names))})+")


def _bare(text: str, names: list[str], engine: Engine, today: date) -> Iterator[Picked]:
    """A short answer to what was just asked: 三个人, 8万, 是的, 去年七月."""
    whole = re.sub(r"^不是[^，,]*[，,]\s*是?", "", text.strip().strip("。.！!，, "))
    for said in dict.fromkeys([whole, *pieces(whole)]):
        if _SUPPOSED.search(said) or _UNSURE.search(said):
            continue
        fitting = [one for name in names for one in _answers(name, engine.vocabulary[name], said, today)]
        if fitting:
            yield from fitting if len(fitting) == 1 else ()
            return


def _answers(name: str, fact: Fact, said: str, today: date) -> Iterator[Picked]:
    if fact.type is FactType.YES_NO:
        if _YES.match(said) or _NO.match(said):
            value = bool(_YES.match(said))
            yield Picked(name, value, show(fact.type, value), said)
    elif fact.type is FactType.CHOICE:
        named = [option for option in fact.options if option in said]
        if len(named) == 1 and not _NOT.search(said[: said.find(named[0])]):
            yield Picked(name, named[0], named[0], said)
    elif fact.type is FactType.REGION:
        yield from _region(re.sub(r"^(?:我?们?(?:的店|店)?在|是)|的$", "", said), said)
    else:
        found = list(_values(fact, said, today, bare=True))
        if len(found) == 1:
            yield from _picked(name, fact, found[0], said)


def to_text(value: Value) -> str:
    """As the forms and the API take it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
