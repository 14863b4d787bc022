"""Several questions in one message, taken apart: each part can be searched on its own.

Cautious: where it is not plain that a second question begins, the words stay together.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge import words
from knowledge.announced import announced
from knowledge.announced import listed as ordered
from knowledge.spoken_grammar import plain

MOST_PARTS = 5
"""What follows stays with the last part."""
_SHORTEST, _LEAST = 2, 3
"""Characters of a part behind a comma, 几钱, and of any other; 多少钱 is one, 行吗 belongs to what stands before it."""

_EITHER = r"(?:是|要|得|行|可以|能|按|算|走|找|用|补|改)[^，,。；;？?]{0,10}还是(?:要|得|该|按|算|能|可以|是|只|先|重|走|直接|另|从|找|用|全|一)"
"""跟着改就行还是得重办."""
_ASKS = re.compile(
    r"[?？]|吗|呢$|什么|什麽|啥|怎么|怎样|咋|如何|多少|多久|多长|多大|多高|几[天个年月岁次成万千百块日种户人分点号家]|好久|几时|几多|几钱"
    r"|哪|谁|是否|能否|可否|有无|何时|何处|为何|有没有|有没得|([\u4e00-\u9fff])[不没]\1|可不可以|能不能|得不得|算不算"
    r"|(?:能|行|要|可以|有|得|收|补|算|会|用|管|办|领|给|罚|贵|好|对|能领|能补|能办|允许)(?:不|没|没有|没得|么|不得)$"
    rf"|{_EITHER}"
)
_PLAINLY_ASKS = re.compile(
    rf"吗$|{_EITHER}|是否|百分之?几|[^，,。]哪样$|"
    r"怎么|怎样|咋|如何|多少|多久|多长|多大|多宽|多高|多远|好久|几钱|(?<![这近好])(?<!(?<!提)前)几[天时点年号次级样]|(?<!好)几(?:万|千|百|类|种|家|个|份|趟|场|期|道|项|成|人)(?:钱|块|元)?$|几月份|能否|可否|何时|何处|有没有|能不能|可不可以|要不要|会不会|用不用|收不收|需不需要"
    r"|(?:要|办|是|有|带|收|交|需要|拿|算)(?:些|点)?(?:什么|啥)(?!的)|(?:什么|啥)(?:时候|条件|材料|手续|地方|标准|后果|区别|证)|哪[些里个儿天级层种家位份张款所]|[去在找]哪(?!怕)|谁[来出定管给办]|[给找]谁"
    r"|(?:能|行|要|可以|得|收|补|能领|能补|能办|管用|允许)(?:不|么)$"
    r"|([\u4e00-\u9fff])[不没]\1|(?:好多|几多|多小|多酒)(?:钱|块|元|天|久|年)?$|算谁的|归谁|谁(?:掏|管|出|给|定|批|负责|交|付)|几(?:成|块钱|年还)|(?<![要差])不$|(?:是吧|对吧|就行|就可以|没错吧)$"
)
"""Not 啥的, 几个人, 不说为啥: words that also stand in statements. What a comma divides must ask plainly on both sides."""
_INDIRECT = re.compile(r"[没不](?:说|写|约|定|知道|告诉|晓得|清楚)|[^请想]问我")
"""没说多久 asks nothing."""
_TELLS = re.compile(r"(?:我|俺|咱|我们|本店|人|店)[^，,。]{0,4}(?:在|是|开|做|住|租|招|请|有|想|要|打算|准备)")
"""What somebody tells of themselves before the next question."""
_INTENDS = re.compile(
    r"(?:要|想|打算|准备|刚|已经?|正在)[^，,。]{2,}|(?:搬|转|换|开|租|招|请|领|丢|过期)[^，,。]{0,4}了"
)
"""我要转成公司: what all the questions behind it are about."""
LONGEST_ASPECT = 8
LONGEST_TOLD = 16
_HARD = r"[?？；;。！!\n]+"
_SOFT, _PAUSE = r"[，,、\s]+", r"[，,\s]+"
_LINK = (
    r"另外|此外|其次|还有(?!没|多少|几|多久|多长|哪)|还想(?:再)?问(?:一下|下|问)?|我?再(?:请)?问(?:一下|下|一个|问)?|对了|以及|同时想问"
    r"|顺便(?:再)?(?:请)?问(?:一下|下|问|一句)?|再就是|再一个|还有一个问题|第[二三四五]个问题|另一个问题|后面一个问题"
)
_BOUNDARY = re.compile(
    rf"(?P<hard>{_HARD})|(?P<link>(?:{_LINK})[，,：: ]*)|(?P<soft>{_SOFT})|(?P<said>(?<=吗)|(?<=呢))"
)
_MARKERS = tuple(
    re.compile(rf"{form}\s*")
    for form in (
        r"(?:^|(?<=[\s，,。；;：:？?！!]))(?P<n>\d)[.、．)）](?!\d)",
        r"(?<!第)[（(](?P<n>\d)[)）]",
        r"(?P<n>[①-⑨])",
        r"(?:^|(?<=[\s，,。；;：:？?！!]))(?P<n>[一二三四五六七八九])、",
        r"(?<!第)[（(](?P<n>[一二三四五六七八九])[)）](?!项)",
        r"(?:^|(?<=[\s，,。；;：:？?！!]))(?P<n>[一二三四五六七八九])(?:是|来)[，,、：: ]?",
        r"(?:^|(?<=[\s，,。；;：:？?！!]))第(?P<n>[一二三四五六七八九])(?:个(?:问题)?)?[，,、：: ]",
    )
)
_ORDER = {mark: row for row in range(9) for mark in ("123456789"[row], "①②③④⑤⑥⑦⑧⑨"[row], "一二三四五六七八九"[row])}
_LEADING = re.compile(rf"^(?:[\s，,、；;。！!：:]|(?:{_LINK})[，,：: ]*)+")
_TRAILING = re.compile(r"[\s，,、；;。：:]+$")
_PARTICLES = re.compile(r"[\s，,、；;。：:啊呀哦咯噻哈嘞嘛]+$")

_FOLLOW_UP = re.compile(
    r"^(?:那|这|都|就|到底|究竟)?(?:为什么|为啥|怎么办|怎么弄|怎么整|咋办|咋整|咋弄|咋个(?:办|整|弄|搞)|啷个(?:办|整|弄)|是吗|对吗|是不是|对不对|可以吗|行吗|行不行|好吗|真的吗|可不可以|能不能|合理吗|怎么说|谢谢|[\u4e00-\u9fff]{0,4}(?:选|用|办|走|算)哪个|[\u4e00-\u9fff]{0,6}(?:听|按|照|以|信|依|看)(?:哪|谁)[个份边家条]?(?:的|为准|执行|来|办|算)?|哪[个份边]?(?:文件|规定|说法)?(?:才)?(?:算数|作数|对|为准|管用|有效|说了算|真的?|是真的))[呢啊呀吧了]*[?？。!！]*$"
)
"""Asks nothing without what stands before it."""
_TIME_AGAIN = re.compile(
    r"^(?:那|要|需要|得|大概|一般|大约|最多|最快|到底|究竟|在)*(?:几|多少|好多)(?:天|个?工作日|个月|个?星期|年|小时)(?:之内|以内|内)?(?:能|可以|才能?)?(?:办好|办完|办下来|办结|下来|拿到|到账|出来|好)?[呢啊呀吧]*[?？。!！]*$"
)
"""And 几天之内？ behind a question for the time: it asks the same once more."""
_FOR_THE_TIME = re.compile(r"多久|多长时间|好久|几天|多少天|什么时候|何时|几个工作日")
_EXPLAINS = re.compile(r"是不是|是否|还是|难道|因为|是因为|比如|例如|也就是|就不能|有没有(?:规定|权|说法)|现在.*不都")
"""Goes on with the question before it."""
_CLAUSE_ALONE = re.compile(r"^那?第[零一二三四五六七八九十百\d]+条")
_TITLE = re.compile(r"《[^《》]+》|[\u4e00-\u9fff]{2,16}[〔\[]\d{4}[〕\]]\d+号")
_ASPECT = re.compile(
    r"(?:延续|续期|续办|延期|补办|变更|公示|封顶|到账|反担保|展期|丢失?|遗失|恢复|现场核查|核查|转让|受理|审核|审批|复核|答复|回复|办结|办完|发放|拨付|打款|撤销|撤下来?|下来|复查|评审|验收|年审|重新评|上课|开课|开班|报名|过了?|条件没变|没变)+"
)
"""What can happen with many a matter, and names none."""
_MATTER = re.compile(
    r"补[贴助帖]|奖励|奖补|贷款|贴息|执照|许可|证(?![明据])|年报|信用|歇业|注销|外摆|招牌|场租|房租|租金|社保|工伤|医保|培训|备案|公章|税|物流|电费|诉求|展期"
)
"""What many a question may be about, with a name of its own."""
_NO_SUBJECT = re.compile(
    "(?:"
    r"\W|\s|[\d.%]|第?[一二三四五六七八九十两几]"
    "|什么|啥|怎么|怎样|咋|如何|多少|多久|多长|多大|哪些|哪里|哪个|哪儿|哪|谁|是否|能否|是不是|不是|有没有|能不能|可不可以|要不要|需不需要|会不会"
    "|请问|想问|咨询|问题|问|一下|我们|你们|他们|我家|自己|人家|有人|对方|别人|这个|那个|这些|那些|它|这|那|此|其|我|你|您|他|她|咱|俺|刚刚|刚|现在|今年|明年|去年|目前"
    "|可以|能够|需要|应该|应当|必须|要求|如果|还是|或者|因为|所以|的话|规定|一般|大概|一共|总共|最多|最高|最少|最低|最长|具体|到底|究竟"
    "|申请|办理|申报|办|领取|领|享受|拿|查询|查|找|去|来|带|准备|提交|交|收费|收|费用|免费|花|要钱|钱|块|元|万|材料|资料|东西|手续|流程|程序|步骤|条件|资格|标准|时间|时候|期限|期|有效期|地方|窗口|部门|单位|电话"
    "|天|个月|月|年|日|个|次|到账|到帐|下来|办结|办好|办完|批|审批|审核|网上|线上|手机|截止|好久|算|补"
    "|吗|呢|吧|啊|呀|么|的|了|得|地|在|到|和|跟|与|或|还|也|就|都|再|又|一直|非得|过期|到期|提前|真的|要|能|会|有|没|没有|不|是|用|给|上|下|里|从|向|对|把|被|让|为|以|及|想|开|做|弄|搞|点|些|好|行|够|先|等|几点|何时|何处|为何|提出|变|不变|几成|百分|有效|国家|政府|公家|财政|(?<!补)贴|[下上]一?[期次批届]|最|最?[多少晚迟早快]|即将|那么|月份|一[桶袋箱车斤吨张份件单笔间层排位]|单子|表格?|申请表|咋样|哪样|怎样|过了?|样|多少|份|期|钟"
    ")+"
)
"""Words that name no matter of their own: asking words, pronouns, and the sides that every matter has (材料, 期限)."""


@dataclass(frozen=True, slots=True)
class Point:
    """One question of a message."""

    text: str
    """On its own: with the subject that it shares with the ones before it."""
    depends: bool = False
    """Whether it has no subject of its own."""
    own: str = ""
    """The part as it was written."""
    situation: str = ""
    """Of a further question: what the message as a whole is about, where somebody told that first."""


def split_questions(text: str) -> list[str]:
    """The message in parts, each a question; one part when there is one question or none.

    Nothing of the message is lost but separators, words like 另外 and what only announces questions;
    a part without a subject of its own gets the one of the part before it.
    """
    return [point.text for point in points(text)]


def points(text: str) -> list[Point]:
    """The same, with what each part owes to the others."""
    stem, listed = announced(text) or ("", text)
    items = ordered(text)[:MOST_PARTS]
    parts = items or [_clean(part) for part in _parts(listed)]
    if len(parts) < 2:
        return [Point(text.strip(), own=text.strip())]
    shared = subject(stem or _led_by(listed, parts))
    if items and not shared:
        shared = named[0] if (named := _MATTER.search(plain(parts[0]))) else ""
    first = _told_first(parts[0])
    told = subject(first)
    if stem:
        aspect = _topic(parts[0])
        is_more = bool(shared) and aspect not in shared and len(aspect) <= LONGEST_ASPECT
        shared = f"{shared}{aspect}" if is_more else shared
        parts[0] = f"{stem}，{parts[0]}"
    elif told and _INTENDS.search(plain(first)) and not _MATTER.search(plain(parts[0])):
        shared = told
    found = list(_with_subjects(parts, shared))
    return [found[0], *(replace(one, situation=told) for one in found[1:])] if told else found


def _told_first(part: str) -> str:
    """迭个月我要弄歇业，最长好歇几年: what stands before the first question of all."""
    told, *asked = re.split(_PAUSE, part, maxsplit=1)
    return told if asked and len(told) <= LONGEST_TOLD and not _asks(plain(told)) else ""


def _led_by(text: str, parts: Sequence[str]) -> str:
    """What stands before the first of questions that are counted: 我们都想借创业贷款，一是…二是…."""
    said = plain(text)
    for pattern in _MARKERS:
        starts = list(pattern.finditer(said))
        if len(starts) == len(parts):
            return text[: starts[0].start()]
    return ""


def _parts(text: str) -> list[str]:
    pieces = _by_markers(text) or list(_by_questions(text))
    kept = [piece for piece in _joined(pieces) if piece.strip()]
    return [*kept[: MOST_PARTS - 1], "".join(kept[MOST_PARTS - 1 :])] if len(kept) > MOST_PARTS else kept


def _by_markers(text: str) -> list[str]:
    """1.… 2.…: at least two, counted from one; what stands before belongs to the first."""
    said = plain(text)
    for pattern in _MARKERS:
        starts = list(pattern.finditer(said))
        if len(starts) >= 2 and [_ORDER[match["n"]] for match in starts] == list(range(len(starts))):
            ends = [*(match.start() for match in starts[1:]), len(text)]
            begins = [0, *ends[:-1]]
            return [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    return []


def _by_questions(text: str) -> Iterator[str]:
    """Cut where what has been said so far asks, and what follows asks again."""
    start, said = 0, plain(text)
    for match in _BOUNDARY.finditer(said):
        before = said[start : match.end("hard")] if match["hard"] else said[start : match.start()]
        rest = said[match.end() :]
        if match["hard"]:
            divides = _asks(before) and _asks(rest)
        else:
            asks_before = _plainly_asks(re.split(_SOFT, before)[-1])
            is_listed = "、" in match[0] or "是否" in before
            divides = asks_before and (_goes_on_asking(rest, is_listed=is_listed) or _tells_and_asks(rest))
        if divides and (start or not _FOLLOW_UP.fullmatch(_clean(before))):
            cut = match.start() if match["link"] else match.end()
            yield text[start:cut]
            start = cut
    yield text[start:]


def _goes_on_asking(rest: str, *, is_listed: bool = False) -> bool:
    """Behind a full stop anything later may ask; behind a comma only what comes next."""
    following = re.split(rf"{_HARD}|{_PAUSE}", _LEADING.sub("", rest), maxsplit=1)[0]
    is_another = is_listed or not _EXPLAINS.match(following)
    return len(following) >= _SHORTEST and is_another and _plainly_asks(following)


def _tells_and_asks(rest: str) -> bool:
    """我在宜昌，政策几天要上平台: something is told first that the next question of its own rests on."""
    told, *asked = re.split(rf"{_HARD}|{_SOFT}", _LEADING.sub("", rest), maxsplit=2)
    is_told = _TELLS.match(told) is not None and len(told) <= LONGEST_TOLD and not _plainly_asks(told)
    return is_told and bool(asked) and subject(asked[0]) != "" and _goes_on_asking(asked[0])


def _plainly_asks(said: str) -> bool:
    return _PLAINLY_ASKS.search(_PARTICLES.sub("", said)) is not None and not _INDIRECT.search(said)


def asks(text: str) -> bool:
    """Whether the words ask anything, in whatever dialect."""
    return _asks(plain(text))


def _asks(said: str) -> bool:
    plain = _TRAILING.sub("", said)
    return _ASKS.search(plain) is not None or _plainly_asks(re.split(_SOFT, plain)[-1])


def _joined(pieces: Sequence[str]) -> list[str]:
    """为什么 and 行吗 go with what they ask about."""
    joined: list[str] = []
    for piece in pieces:
        said = plain(_clean(piece))
        if joined and (
            _FOLLOW_UP.fullmatch(said) or _asks_again(plain(joined[-1]), said) or len(said.rstrip("?？")) < _LEAST
        ):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _asks_again(before: str, said: str) -> bool:
    return bool(_TIME_AGAIN.match(said) and _FOR_THE_TIME.search(before))


def _clean(part: str) -> str:
    part = _LEADING.sub("", part)
    for pattern in _MARKERS:
        match = pattern.match(plain(part))
        part = part[match.end() :] if match else part
    return _TRAILING.sub("", _LEADING.sub("", part))


def _with_subjects(parts: Sequence[str], shared: str) -> Iterator[Point]:
    """`shared`: what all of them are about, where that was said before the first of them."""
    before, document = shared, ""
    for row, part in enumerate(parts):
        own, named = subject(part), _TITLE.search(part)
        document = named[0] if named else document
        is_aspect = own != "" and _ASPECT.fullmatch(own) is not None
        if before and is_aspect:  # 延续 of the permit: no matter of its own
            head = shared if shared and row > 0 else before
            yield Point(part if head in part else f"{head}{part}", depends=row > 0, own=part)
        elif _CLAUSE_ALONE.match(part) and not named:
            yield Point(f"{document}{part}", own=part)
        elif shared and row > 0 and not _MATTER.search(plain(part)) and shared not in part:
            yield Point(f"{shared}{part}", depends=True, own=part)
        else:
            yield Point(part if own else f"{before}{part}", depends=not own and row > 0, own=part)
        before = before if is_aspect else _topic(part) or before


def _topic(part: str) -> str:
    """What the next question may be about, too: the matter it names, with whose it is (孵化园的房租补贴), else its subject."""
    runs = [""]
    for word in words.cut(plain(part)):
        is_empty = _NO_SUBJECT.fullmatch(word) is not None
        if is_empty and not (word == "的" and runs[-1]):
            runs.append("")
        else:
            runs[-1] += word
    of_matter = [run.strip("的") for run in runs if _MATTER.search(run)]
    asking = re.split(_PAUSE, part)[-1]
    return max(of_matter, key=len, default="") or subject(asking) or subject(part)


def names_nothing(word: str) -> bool:
    """Whether a word is only about asking, about a person, or a side that every matter has."""
    return _NO_SUBJECT.fullmatch(word) is not None


def subject(part: str) -> str:
    """What a question is about: the longest run of words that name a matter; empty when there is none."""
    runs = [""]
    for word in words.cut(plain(part)):
        if _NO_SUBJECT.fullmatch(word):
            runs.append("")
        else:
            runs[-1] += word
    return max((run for run in runs if len(run) >= 2), key=len, default="")
