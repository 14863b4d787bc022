"""Which place half a question is about: 那边补贴是不是也满半年就给, 那我们自己的规定呢."""

import re

from assistant import facts, requests
from assistant.state import State
from knowledge import places, regions, several
from knowledge.errors import UnknownRegion
from knowledge.spoken_grammar import standard

LONGEST_LEANING = 30
"""Characters of a message that leans on the one before."""
_THERE = re.compile(r"那[边里儿头](?!(?:电话|座机|几点|[上下]班))|他们那|人家那|那个(?:市|县|区|地方)")
_OURS = re.compile(r"我们|咱|自己|本地|当地|本[市县区]|这[边里儿]")
_RULE = re.compile(r"规定|政策|办法|文件|类似|一样|有没有|没有|标准")
_ONLY_WORDS = re.compile(
    r"我们|咱们?|俺们?|自己|本地|当地|本[市县区]|这[边里儿]|有没有|没有|有|类似|一样|同样|相同|规定|政策|办法|文件|标准|一条|都|的|呢|吗|那么?|也|就|别的|是不是|连|难道|到底|什么|些|么|[\s，,、。？?！!]"
)

_ELSEWHERE = re.compile(r"[\u4e00-\u9fff]{2,6}人(?=[，,。来在])|老家(?:在|是)?[\u4e00-\u9fff]{2,6}")
"""Places that somebody came from."""


def place_meant(text: str, state: State) -> str | None:
    """The other place that the last answer was for."""
    if state.region is None or state.last_exchange is None or len(text) > LONGEST_LEANING:
        return None
    if not _THERE.search(standard(text)):
        return None
    told = [state.last_exchange.reply.answer or {}, *state.last_exchange.sources]
    codes = (_code(str(one.get("region") or "")) for one in told)
    here = regions.chain(state.region)
    return next((one for one in codes if one and one not in here), None)


def _code(name: str) -> str | None:
    try:
        return regions.resolve(name)
    except UnknownRegion:
        return None


def asks_of_home(said: str, state: State) -> bool:
    """Whether the person's own place has such a rule."""
    plain = standard(said)
    if state.region is None or len(plain) > LONGEST_LEANING or not _OURS.search(plain):
        return False
    for code in regions.chain(state.region):
        for name in (regions.name(code), regions.short_name(regions.name(code))):
            plain = plain.replace(name, "")
    return _RULE.search(plain) is not None and not _ONLY_WORDS.sub("", plain)


def asking(text: str, region: str | None) -> str:
    """The piece that asks, where it names a place itself: 执照是白榆的，青禾的补贴能领吗 is about 青禾."""
    pieces = (one for one in reversed(requests.pieces(text)) if several.asks(one))
    return next((one for one in pieces if places.named_in(one, near=region)), text)


def in_passing(text: str, region: str | None) -> str | None:
    """Another place that the question names, though the person is not there; one that names home as well is about home."""
    if region is None:
        return None
    text = _ELSEWHERE.sub("", facts.without_former(text))
    others, is_home_named = _named(text, region)
    if len(others) != 1 or (is_home_named and (_FOLLOWS.search(text) or _ALIKE.search(text))):
        return None
    return others[0]


def held_against_home(text: str, region: str | None) -> str | None:
    """我在宜昌，也是按武汉这个办？: the place whose rules are asked about, whether they bind at home."""
    others, is_home_named = _named(facts.without_former(text), region) if region else ([], False)
    return others[0] if len(others) == 1 and is_home_named and _FOLLOWS.search(text) else None


def _named(text: str, region: str) -> tuple[list[str], bool]:
    """Other places, and whether home is named as well."""
    here, named = regions.chain(region), places.named_in(text, near=region)
    is_home = any(code in here for code in named) or _AT_HOME.search(text) is not None
    return [code for code in named if code not in here], is_home


_AT_HOME = re.compile(
    r"(?:我们|咱们?|俺们?)(?:这|[市县区]里?(?!户)|当地|本地)|本地|[本我][市县区](?!户)|这(?:边|里)(?!的?人)"
)
_FOLLOWS = re.compile(
    r"(?<![办执牌])照(?!片|相)[着搬]?|按照?|跟[着从]|参照|适用|管(?:得?[到着]|不)|执行|算数|作数|用不用"
)
"""Whether something of there holds at home."""
_ALIKE = re.compile(r"一样|同样|也(?:能|要|得|可以|有|是)|那[种样]|类似|有没有|有无")
"""Whether there is the same at home."""
