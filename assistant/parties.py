"""Which sides a message sets against each other: levels, places, kinds of documents; and whether it asks who is right."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.comparable_figures import figures
from assistant.opposed import opposed
from knowledge import places, regions
from knowledge.catalogue import StoredPassage
from knowledge.documents import Level
from knowledge.spoken_grammar import plain

Side = Callable[[StoredPassage], bool]
_LEVELS: tuple[tuple[Level, str], ...] = (
    (Level.NATIONAL, r"国家|中央|国务院|全国|(?<![办司执做])法律"),
    (Level.PROVINCE, r"(?<!节)省(?:里|头|上|级|市监|政府|人社|文件|规|办|的|局|厅|下|文|说|定|写|(?=[，,和跟与、]))|全省|省(?=给|只|才|要|补|县|市(?!场|监))"),
    (Level.CITY, r"(?<![城门菜夜上超])市(?:里|头|上|级|政府|人社|文件|规|办|局|的|说|定|写|下|文(?!化)|(?=[，,和跟与、给只才要补]))|全市|(?<=省)市(?!场|监)|市(?=县)"),
    (Level.COUNTY, r"(?<![地社小校景片])[区县](?:里|头|上|级|政府|人社|文件|规|办|局|的|说|定|写|下|文(?!化)|(?=[，,和跟与、给只才要补]))|全[区县]|(?<=市)县"),
)  # fmt: skip
_ABOVE = r"上面|上头|上级|上边"
_BELOW = r"下面|下头|地方(?=上|的|规定|文件|标准|政策|[说写定给])|基层|本地|我们?这[里儿边]"
_EXPLAINS = r"解读|解释(?=里|说|写|上|的)|问答|宣传|说明(?!书)|海报|公众号|网页|指南"
_KINDS = ("办法", "细则", "通知", "方案", "措施", "意见", "条例", "制度", "规范", "公告")
_PAPERS = re.compile(rf"(?P<what>[\u4e00-\u9fff]{{0,8}}?)(?P<kind>{'|'.join(_KINDS)})")
_NO_NAME = re.compile(r"^(?:现行|实施|管理|暂行|试行|[这那哪两几]|[新老旧原]的?|[国省市县区]|上|下)|[说讲写给的]$")
SHORTEST_NAME = 2
_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,8}[〔\[(（]\d{4}[〕\])）]\d+号")
_CLASH = re.compile(
    r"听(?:谁|哪)|(?:哪|谁)[个份边家种条头]{0,2}(?:的|文件|规定|说法|标准)?(?:才)?(?:算数?|作数|管用|为准|说了算|有效|大|对(?!面)|准(?!备)|真|是真|当真|上算)|(?:为准|算数|作数|管用|有效)的(?:是|到底是)?(?:哪|谁)"
    r"|(?:以|照|按|依|信|看|用|执行|遵|跟)(?:着|照)?(?:哪|谁|什么)(?!些?(?:材料|资料|表|证|条件|方式|渠道|身份|系统|软件|平台|账|时候|时间|地方|窗口|手续))|(?:到底|究竟)(?:是)?(?:哪|谁|多少|几|算|按|该)|哪一?[个份边](?:走|来|执行|办(?!法)|报)"
    r"|(?:算数?|算话|作数|管用)(?:的是)?还是[^，。？?]{1,10}(?:算|作数|管用)|(?:哪|谁)[个份边家种条头]{0,2}先(?:对|算)"
    r"|矛盾|冲突|打架|不一[样致]|有?出入|对不上|两样|不同(?:的)?(?:说法|标准|规定)?|不符|相反|有差|差[一了][截大]|比(?:国家|中央|全国|省|市|上面|上级|[^，。]{2,4}(?:里|的))[^，。]{0,8}(?:低|高|少|多|短|长|严|松)|两个(?:说法|标准|口径)|口径"
)
_VERSUS = re.compile(
    r"却|可是|可(?=[市省区县白青办])|但|反而|又(?:说|写|是|讲)|倒是|怎么(?:又|才|只)|咋(?:又|才|只)|[，,、 ]"
)
_BOTH = re.compile(
    r"(?:两|二)(?:个|份|边|级|家|头)[^，。]{0,4}(?:文件|文(?!化|书)|说法|规定|标准|地方|部门|政策|口径|都)"
)
_NOT_ONE = re.compile(
    r"一起(?:拿|领|享|申)|都能(?:拿|领|享)|重复(?:拿|领|享)|叠加|同时(?:拿|领|享|申)|(?:生存|成长|发展)型.{0,6}(?:区别|不同)|[一]?码|区别是"
)
"""Both may be had, or told apart: nobody is asked to govern."""


@dataclass(frozen=True, slots=True)
class Parties:
    sides: Sequence[Side]
    """In the order in which they are named."""


def parties(text: str, region: str) -> Parties:
    """The sides named in a message; `region`: where the person is."""
    found: list[tuple[int, Side]] = []
    for level, pattern in _LEVELS:
        if match := re.search(pattern, text):
            found.append((match.start(), _of_level(level)))
    chain = regions.chain(region)
    for code in places.named_in(text, near=region):
        if code in chain:
            at = max(text.find(regions.short_name(regions.name(code))), 0)
            found.append((at, _of_region(code)))
    for pattern, side in ((_ABOVE, _above(region)), (_BELOW, _of_region(region)), (_EXPLAINS, explains)):
        if match := re.search(pattern, text):
            found.append((match.start(), side))
    found += [(match.start(), _of_paper(match["what"], match["kind"])) for match in _PAPERS.finditer(text)]
    found += [(match.start(), _numbered(match[0])) for match in _NUMBER.finditer(text)]
    return Parties([side for _, side in sorted(found, key=lambda one: one[0])])


def clash(text: str, region: str) -> bool:
    """Whether the message asks which of two rules governs."""
    said = re.sub(r"那(?=[个份边家](?:文件|规定|说法)?(?:为准|才?算|才?对|才?作))|(?<=[听按照以信依])那(?=[个份边家])", "哪", re.sub(r"\s+", " ", plain(text).strip()))  # fmt: skip
    if _REACHES.search(said) and not _OF_RULES.search(said):
        return False
    if opposed(said, region):
        return True
    if _NOT_ONE.search(said) and not _GOVERNS.search(said) and not _TWO_SAY.search(said):
        return False
    if _differ(said):
        return True
    if _TWO_SAY.search(said) and (_CLASH.search(said) or _WHY.search(said)):
        return True
    if not _CLASH.search(said):
        return False
    sides = len(parties(said, region).sides)
    return sides >= 2 or (_BOTH.search(said) is not None) or (sides == 1 and _VERSUS.search(said) is not None and _GOVERNS.search(said) is not None)  # fmt: skip


_REACHES = re.compile(r"电话|号码|热线|打哪|联系|地址|网址|(?:找|去)(?:哪|谁)")
_OF_RULES = re.compile(r"文件|规定|办法|细则|政策|标准|解读|条例|通知|[说写讲定](?!话)")
"""Which of two offices to call is no clash of rules."""
_TWO_SAY = re.compile(
    r"一[个份边][说讲是写][^一]{1,20}(?:一[个份边]|又有|[那另][一]?[个份边])[说讲是写]|(?:(?:两|二|几)个|俩)(?:版本|说法|口径|文件)|有的?[说讲][^有]{1,16}有的?[说讲]"
    r"|没(?:有|得)?[写提说讲][^。]{0,20}[写提说讲](?:了|的是|明)|[写提说讲]了[^。]{0,20}没(?:有|得)?[写提说讲]"
    r"|(?:文件|办法|规定|[那这一]份|细则|政策|通知)[^，。]{0,4}[说写讲定][^。]{2,30}(?:又|却|倒|反而|可)(?:只|才|没|不|是)?[说写讲定]"
)
_WHY = re.compile(r"咋回事|怎么回事|啥情况|怎么(?:算|办|弄)|咋(?:算|办|整|弄)|到底|究竟|[给算行能][不没][给算行能]")
_AGAINST = re.compile(r"又|却|但|怎么|咋|蒙|糊涂|晕|搞不清|闹不|到底|究竟|只给|才给")
_GOVERNS = re.compile(r"听(?:谁|哪)|为准|算数|作数|打架|冲突|矛盾|对不上|说了算")


def _differ(text: str) -> bool:
    """Two levels with two figures of one kind, the later one set against the former: 省里讲五千，市里又八千."""
    levels = sum(re.search(pattern, text) is not None for _, pattern in _LEVELS)
    units = [figure.unit for figure in figures(text)]
    return levels >= 2 and len(units) > len(set(units)) and _AGAINST.search(text) is not None


def _of_level(level: Level) -> Side:
    return lambda passage: regions.level(passage.region) is level


def _of_region(code: str) -> Side:
    return lambda passage: passage.region == code


def _above(region: str) -> Side:
    return lambda passage: passage.region != region and passage.region in regions.chain(region)


def _of_paper(what: str, kind: str) -> Side:
    """惠企兑现办法 is 惠企政策兑现管理办法: its words stand in the title in their order; 办法 alone is any of the kind."""
    names = [what[start:] for start in range(len(what) - SHORTEST_NAME + 1) if not _NO_NAME.search(what[start:])]
    if not names:
        return lambda passage: kind in passage.title and not explains(passage)
    return lambda passage: (
        not explains(passage) and any(_goes_through(f"{name}{kind}", passage.title) for name in names)
    )


def _goes_through(name: str, title: str) -> bool:
    letters = iter(title)
    return all(letter in letters for letter in name)


def _numbered(number: str) -> Side:
    """云政发〔2024〕3号."""
    return lambda passage: _NOT_WORDS.sub("", passage.doc_number or "") == _NOT_WORDS.sub("", number)


def explains(passage: StoredPassage) -> bool:
    return passage.kind == "解读" or "解读" in passage.title
