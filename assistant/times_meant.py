"""The time of a rule that is asked about: 2024年的开业补贴, 以前, 前年; not the years of somebody's own shop.

我是2023年注册的店 tells of a shop, and asks what holds now; 2024年开店的时候补多少 asks what held then.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_YEARS = {"大前年": -3, "前年": -2, "去年": -1, "上一年": -1}
_YEAR = re.compile(
    r"(?:在|于)?(?:(?P<y>20\d\d)年?|(?<![\d满第近共了长前])(?P<s>1\d|2\d)年|(?P<w>大前年|前年|去年|上一年))(?:的?(?P<m>1[0-2]|0?[1-9])月份?)?(?:\d{1,2}[日号])?(?P<part>上半年|下半年|[年]?[初底末]|期间)?"
)
_COMING = {"明年": 1, "后年": 2}
_AHEAD = re.compile(
    r"(?:等?到了?|过了)?(?P<said>(?:(?P<y>20\d\d)年|(?P<w>明年|后年))(?:的?(?P<m>1[0-2]|0?[1-9])月份?)?(?:\d{1,2}[日号])?[初底末]?)"
)
_BARE = re.compile(
    r"以前的?|从前的?|过去的?(?!\d|[一两三几])|早先的?|早些年的?|当年的?|当初的?|那时候?的?|那会儿的?|[前头早]几年的?|往年的?|原来的?|原先的?|之前的(?=[^，。？?]{0,8}(?:规定|办法|标准|政策|补贴|补助|贷款|额度|要求))"
    r"|[老旧](?:的|版)?(?:办法|政策|规定|标准|文件|规矩)(?:里|中|上|下|的)?"
)
_THEN = re.compile(r"时候|那时|当时|那会|那阵|那年|当年|期间")
_OWN = re.compile(
    r"^(?:就|刚|才|我|咱|俺|我们|店|已经?|一直|[初底末]|在(?!册)|[\u4e00-\u9fff]{0,4}(?=注册|登记的|开的店|毕业))*"
    r"(?:注册|登记|开(?:的|了|过|店|张|始|业(?!补|扶|奖|率))|办(?:的|了|过|好|下)|领(?:的|了|过|照|证)|毕业(?!生[\u4e00-\u9fff]{0,6}(?:补|能|可))|退[伍役]|创业(?!补|担|贷|扶|带|培|政)|招(?:的|了|过)|入职|成立|买|租(?:的|了|下)|签|借|贷(?:的|了|过)|[交缴](?:的|了|过|上|社)|报(?:的|了|过)|申请(?:的|了|过)|申报(?:的|了|过)|受理|提交|提的|被|罚(?:的|了|过)|收到|拿到|取得|出生|停[业了]|关(?:了|店|门)|歇业的|歇[了过]|注销(?:的|了|过)|搬|变更(?:的|了)|结婚|失业的|下岗|离职|离校|到期|发(?:的|了)|装修|干|做|没|不|欠|有过|享受|得过)"
)
_NO_TIME = re.compile(r"^(?:度(?!补)|年报|的年报|首批|第[一二三四]季|[一二三四]季|之?前|以前|之?后|以后|以来|以内|内|起|至|到|—|-|～|~|[)）〕\]]|(?:之日)?开始?施行|施行|印发|出台|发布|新|成文|第?\d+号)")  # fmt: skip
_OF_PAPER = re.compile(r"^(?:的|版|那[个份版])*(?:办法|规定|文件|政策|标准|版|细则|方案)")
_NOW = re.compile(
    r"现在|如今|目前|眼下|今天|今年|还能|还可以|来得及|还有效|还管用|还算数|还作数|还在|换证|换领|再申请还"
)
_AND_NOW = re.compile(r"[，,。；;？?\s](?:那|和|跟)?(?:现在|如今|目前|今年)[^，,。；;]*$")
_ASKS = re.compile(
    r"多少|好多|几多|几|多久|多长|怎么|咋|怎样|啷个|什么|啥|哪|谁|多大|能不能|可不可以|要不要|有没有|吗|么|不[？?]?$|如何|呢[？?]?$"
)
_COMPARES = re.compile(r"变|改|涨|降|不一样|区别|差别|比|还是|一样|没记错|记得|听说|作废|废止|失效|过期|取代|对吧|是吧|对不对|是不是")  # fmt: skip
_MEANWHILE = re.compile(r"[^，,。；;]{0,8}?(?:的时候|那时候?|当时|那会儿?|那阵子?|那年|期间)")
SHORTEST_MATTER = 4
OLDEST = 1990


@dataclass(frozen=True, slots=True)
class Then:
    """A time before today; without days where only “before” is said."""

    said: str
    first: date | None
    last: date | None
    matter: str
    """The question without the time."""
    is_paper: bool = False
    """2022年的办法 names a document by its year."""


def time_meant(text: str, today: date) -> Then | None:
    """None where no time of a rule is named, or it is asked what holds now."""
    if not _ASKS.search(text):
        return None
    for match in _YEAR.finditer(text):
        after = text[match.end() :]
        if _NO_TIME.match(after) or text[: match.start()].endswith(("〔", "[", "(", "（", "到", "至", "自")):
            continue
        piece = _piece(text, match)
        is_now = _NOW.search(text) is not None and (_NOW.search(piece) or not _ASKS.search(piece))
        is_then = _THEN.search(re.split(r"[，,。；;]", after, maxsplit=1)[0]) is not None
        is_own = _OWN.match(after) is not None or re.search(r"(?:我|俺|咱)[^，,。]{0,6}$", text[: match.start()])
        if (is_own and not is_then) or is_now:
            continue
        found = _span(match, today)
        if found is not None:
            matter = _without(text, match)
            said = match[0].removeprefix("在").removeprefix("于")
            return Then(said, *found, matter, _OF_PAPER.match(after) is not None)
    return _bare(text)


def ahead(text: str, today: date) -> tuple[str, date, date, str] | None:
    """到2027年10月还能领吗: the time that lies ahead as it is said, its first and last day, and what is asked of it."""
    for match in _AHEAD.finditer(text):
        year = today.year + _COMING[match["w"]] if match["w"] else int(match["y"])
        months = (int(match["m"]),) * 2 if match["m"] else (1, 12)
        first, last = date(year, months[0], 1), date(year, months[1], monthrange(year, months[1])[1])
        after = text[match.end() :]
        if first > today and not _OWN.match(after) and not re.match(r"度|[一二三四1-4第上下]?[^，。]?季|到期", after):
            rest = f"{text[: match.start()]}{after}"
            return (
                match["said"],
                first,
                last,
                re.sub(r"还(?=能|可以|有|会|在)|的?时候|以后|之后|那时候?", "", rest).strip("，,。 "),
            )
    return None


def _piece(text: str, match: re.Match[str]) -> str:
    """From mark to mark around the time."""
    return re.split(r"[，,。；;？?]", text[: match.start()])[-1] + re.split(r"[，,。；;？?]", text[match.end() :])[0]


def _bare(text: str) -> Then | None:
    """以前开业补贴是多少; 以前我开过店 and 以前是5000，现在还是吗 are asked otherwise."""
    match = _BARE.search(text)
    if match is None or _NOW.search(text) or _COMPARES.search(text):
        return None
    before, after = text[: match.start()], text[match.end() :]
    if re.search(r"\d|年", before + after):
        return None
    if (
        _OWN.match(after)
        or re.match(r"我|俺|咱", after)
        or re.search(r"(?:我|俺|咱|日|月|天|在)[^，,。]{0,2}$", before)
    ):
        return None
    return Then("以前", None, None, f"{before}{after}".strip("，,。？? 的是")) if before or after else None


def _span(match: re.Match[str], today: date) -> tuple[date, date] | None:
    year = today.year + _YEARS[match["w"]] if match["w"] else int(match["y"] or f"20{match['s']}")
    if not OLDEST <= year < today.year:
        return None
    months = (
        (int(match["m"]),) * 2
        if match["m"]
        else {"上半年": (1, 6), "下半年": (7, 12)}.get(match["part"] or "", (1, 12))
    )
    return date(year, months[0], 1), date(year, months[1], monthrange(year, months[1])[1])


def _without(text: str, match: re.Match[str]) -> str:
    """The matter alone: 2024年3月开店的时候开业补贴多少钱 is about 开业补贴多少钱."""
    before, after = text[: match.start()], text[match.end() :]
    own = _MEANWHILE.match(after)
    if own and len(after) - own.end() >= SHORTEST_MATTER:
        after = after[own.end() :]
    paper = re.match(r"(?:的|版|那[个份版])*(?:办法|规定|文件|政策|版|细则|方案)?(?:里头?|中|上|下|的)?", after)
    after = after[paper.end() :] if paper else after
    return _AND_NOW.sub("", f"{before}{after}").strip("，,。？? 的是我") or text
