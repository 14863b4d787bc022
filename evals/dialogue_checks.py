"""Whether a turn went as its case says: one function a kind of expectation, each says what is wrong."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.events import Form, Message, Notice, Question, Remembered, Reply, Result, payload
from evals.dialogue_cases import Clause, Expect
from evals.questions import Expected
from evals.shown import Fact, Kind, facts
from evals.talking import Happened
from knowledge.documents import Audience

OPENING = 220
"""Characters in which an answer must have come to the point."""
SAME_SENTENCE = 10
"""A sentence this long said twice is a template."""
HOTLINES = "12345 12315 12333 12366 12388 12356 12348 12329 12309 110 119 120 122"
INTERNAL = re.compile(r"10\.0\.0\.\d|1380000\d{4}|support@example|61\.183\.191")
_PLACEHOLDER = re.compile(r"〔[一-龥]{2,5}〕")
_NO_SUM = re.compile(rf"{_PLACEHOLDER.pattern}|[一两几](?=块)")
"""What is masked, and 哪一块."""
_NUMBERED = re.compile(
    r"^\s*(?:\d{1,2}\s*[.、．:：)）]|[（(][一二三四五六\d][)）]|第[一二三四五六]|[一二三四五六]、|问题\d)", re.MULTILINE
)

Check = Callable[[Expect, Happened], Iterator[str]]


def problems(
    happened: Happened, before: Sequence[Happened], known: frozenset[tuple[str, ...]], audience: Audience
) -> list[str]:
    """What does not hold; `known` are the facts that the public can read anywhere in the knowledge base."""
    if happened.missing_tap:
        return [f"没有名字像“{happened.turn.tap}”的按钮可点"]
    found = [problem for check in _CHECKS for problem in check(happened.turn.expect, happened)]
    found += _repeats(happened, before)
    found += _by_now(happened, before)
    found += _echoed(happened)
    found += _invented(happened, before, known)
    if audience is Audience.PUBLIC and (leak := INTERNAL.search(shown(happened) + quotes(happened))):
        found.append(f"不对外的内容给了公众：{leak[0]}")
    return found


def shown(happened: Happened) -> str:
    """Everything the person reads, without the quotes of sources that stand beside it."""
    lines: list[str] = []
    for event in happened.events:
        if isinstance(event, Reply):
            lines += [event.part, event.text]
            for card in event.cards:
                lines += [card.title, card.text, card.action, *(f"{label} {value}" for label, value in card.context)]
            lines += [choice.label for choice in event.choices]
        elif isinstance(event, Question):
            lines += [event.text, *(choice.label for choice in event.choices)]
        elif isinstance(event, Form):
            lines += [event.text, *(f"{field.question}\n{field.complaint}" for field in event.fields)]
            lines += [choice.label for choice in event.choices]
        elif isinstance(event, Result):
            lines += [event.sentence, event.note, *(choice.label for choice in event.choices)]
        elif isinstance(event, Notice):
            lines.append(event.text)
    return "\n".join(filter(None, lines))


def quotes(happened: Happened) -> str:
    names = ("title", "doc_number", "clause", "issued", "effective_from", "effective_to", "quote")
    return "\n".join(str(source[name]) for source in happened.sources for name in names if source.get(name))


def behaviours(happened: Happened) -> set[str]:
    asked = {one.behaviour or _behaviour_of(one.about) for one in happened.of(Question)}
    in_test = {form.flow for form in happened.of(Form)}
    return {reply.behaviour for reply in happened.of(Reply)} | asked | in_test


def _behaviour_of(about: str) -> str:
    return "ask_region" if about == "region" else "eligibility"


def _behaves(expect: Expect, happened: Happened) -> Iterator[str]:
    found = behaviours(happened)
    if not any(happened.of(kind) for kind in (Reply, Question, Form)):
        yield "没有回复"
    if expect.behaviours and not found & set(expect.behaviours):
        yield f"类别是 {'、'.join(sorted(found)) or '无'}，应为 {'、'.join(expect.behaviours)}"


def _says(expect: Expect, happened: Happened) -> Iterator[str]:
    words = shown(happened)
    read = f"{words}\n{quotes(happened)}"
    yield from (f"没有说 /{one}/" for one in expect.says if not re.search(one, read))
    yield from (f"说了不该说的“{match[0]}”" for one in expect.never if (match := re.search(one, words)))
    opening = "\n".join(reply.text for reply in happened.of(Reply))[:OPENING]
    yield from (f"开头没有答到 /{one}/" for one in expect.opens if not re.search(one, opening))
    length = sum(len(reply.text) for reply in happened.of(Reply))
    if expect.shorter_than and length >= expect.shorter_than:
        yield f"回复 {length} 字，应少于 {expect.shorter_than} 字"


def _cites(expect: Expect, happened: Happened) -> Iterator[str]:
    cited = [(source["title"], source["clause"]) for source in happened.sources]
    for wanted in filter(None, (expect.cites, *expect.cites_all)):
        if not any(_is_said(one, title, clause) for one in wanted for title, clause in cited):
            yield f"依据里没有《{wanted[0].title}》{wanted[0].clause}（有 {cited[:3]}）"
    if expect.no_sources and cited:
        yield f"不该有依据，却引了《{cited[0][0]}》{cited[0][1]}"
    yield from (f"把《{title}》当了依据" for title in expect.binds_not if title in {name for name, _ in cited})


def _is_said(wanted: Clause, title: str, clause: str) -> bool:
    return Expected(wanted.title, wanted.clause).is_said(title, clause)


def _cards(expect: Expect, happened: Happened) -> Iterator[str]:
    services = {card.service for card in happened.cards}
    if expect.cards and not services & set(expect.cards):
        yield f"没有 {'、'.join(expect.cards)} 的卡片"
    yield from (f"不该有 {one} 的卡片" for one in expect.no_cards if one in services)
    words = "\n".join(
        "\n".join((card.title, card.text, *(value for pair in card.context for value in pair)))
        for card in happened.cards
    )
    yield from (f"卡片里没有 /{one}/" for one in expect.card_says if not re.search(one, words))


def _asks(expect: Expect, happened: Happened) -> Iterator[str]:
    about = [question.about for question in happened.of(Question)]
    if expect.asks and not any(_is_about(one, asked) for one in expect.asks for asked in about):
        yield f"没有问 {'、'.join(expect.asks)}"
    if expect.asks_nothing and about:
        yield f"不该再问，却问了 {'、'.join(about)}"
    yield from (f"不该问 {asked}" for one in expect.asks_not for asked in about if _is_about(one, asked))
    offered = [f"{choice.label} {choice.send}" for choice in happened.choices]
    yield from (f"没有按钮像 /{one}/" for one in expect.choices if not any(re.search(one, label) for label in offered))


def _is_about(wanted: str, asked: str) -> bool:
    return asked == wanted or asked.startswith(f"{wanted}:")


def _remembers(expect: Expect, happened: Happened) -> Iterator[str]:
    kept = happened.of(Remembered)
    for key, wanted in expect.remembers.items():
        if not any(one.key == key and re.search(wanted, f"{one.value} {one.shown}") for one in kept):
            yield f"没有记住 {key}={wanted}"
    if expect.remembers_nothing and kept:
        yield f"不该记住 {kept[0].label}"
    for one in kept:
        yield from (
            f"不该记住“{one.shown}”" for wanted in expect.remembers_not if re.search(wanted, f"{one.value}{one.shown}")
        )


def _masks(expect: Expect, happened: Happened) -> Iterator[str]:
    yield from (f"没有遮盖{kind}" for kind in expect.masked if kind not in happened.message.masked)


def _answers_parts(expect: Expect, happened: Happened) -> Iterator[str]:
    replies = happened.of(Reply)
    told = len(replies) + len(happened.of(Question))
    inside = sum(len(reply.answer["parts"]) for reply in replies if reply.answer)
    numbered = max((len(_NUMBERED.findall(reply.text)) for reply in replies), default=0)
    if expect.parts > max(told, inside, numbered):
        yield f"只答了 {max(told, inside, numbered)} 件，应为 {expect.parts} 件"


def _repeats(happened: Happened, before: Sequence[Happened]) -> Iterator[str]:
    if happened.turn.expect.fresh:
        earlier = {sentence for one in before for sentence in _sentences(one)}
        yield from (f"又说了一遍“{sentence}”" for sentence in _sentences(happened) if sentence in earlier)


def _by_now(happened: Happened, before: Sequence[Happened]) -> Iterator[str]:
    read = "\n".join(part for one in (*before, happened) for part in (shown(one), quotes(one)))
    wanted = happened.turn.expect.said_by_now
    yield from (f"到这一轮还没有说 /{one}/" for one in wanted if not re.search(one, read))


def _sentences(happened: Happened) -> list[str]:
    said = "\n".join(reply.text for reply in happened.of(Reply))
    return [one.strip() for one in re.split(r"[。！？\n]", said) if len(one.strip()) >= SAME_SENTENCE]


def _offers(expect: Expect, happened: Happened) -> Iterator[str]:
    linked = bool(happened.cards) or bool(re.search(r"(?<![\w/])/[a-z][\w\-/]+", shown(happened)))
    if expect.link_or_card and not linked:
        yield "没有卡片或链接"
    if expect.way and not linked and not happened.choices:
        yield "没有卡片、按钮或链接可以接着做"


_CHECKS: tuple[Check, ...] = (
    _behaves, _says, _cites, _cards, _asks, _remembers, _masks, _answers_parts, _offers,
)  # fmt: skip


def _echoed(happened: Happened) -> Iterator[str]:
    """A masked piece of the message that stands in anything that was written down."""
    kept = json.dumps([payload(event) for event in (happened.message, *happened.events)], ensure_ascii=False)
    yield from ("原话里的个人信息还在" for secret in secrets(happened.typed, happened.message) if secret in kept)


def secrets(typed: str, message: Message) -> list[str]:
    """What stood in the place of each 〔…〕."""
    if not message.masked:
        return []
    rest = map(re.escape, _PLACEHOLDER.split(message.text))
    match = re.fullmatch("(.+?)".join(rest), typed, re.DOTALL)
    return [piece for piece in match.groups() if len(piece) >= 2] if match else []


def _invented(happened: Happened, before: Sequence[Happened], known: frozenset[tuple[str, ...]]) -> Iterator[str]:
    """Sums, shares, phones, 文号 and addresses that stand nowhere."""
    read = [one.message.text for one in (*before, happened)] + [quotes(one) for one in (*before, happened)]
    own = {key(fact) for fact in facts("\n".join((*read, HOTLINES, *happened.turn.expect.numbers)))}
    for fact in facts(_NO_SUM.sub("", shown(happened))):
        if is_checked(fact) and key(fact) not in own and key(fact) not in known:
            yield f"凭空的{fact.kind.value}：{fact.words}"


def is_checked(fact: Fact) -> bool:
    return fact.kind in {Kind.PHONE, Kind.URL, Kind.NUMBERED} or (
        fact.kind is Kind.NUMBER and fact.value[1] in {"元", "%"}
    )


def key(fact: Fact) -> tuple[str, ...]:
    return (fact.kind.value, *fact.value)


def transcript(happened: Sequence[Happened]) -> list[Mapping[str, str]]:
    """For the page of worst cases."""
    return [{"person": one.message.text or f"（点“{one.turn.tap}”）", "assistant": shown(one)} for one in happened]
