"""Words that leave what waits for an answer: 算了不复核了，改问歇业, 换个问题, 刚才第二个问题, and another matter than the draft's."""

import re
from dataclasses import dataclass

from assistant import requests, sharp
from assistant.behaviours import Behaviour
from assistant.flows import own_words
from knowledge.spoken_grammar import standard

_OWN_ACT = r"(?:复核|投诉|反映|举报|申诉|提交|提|交|预约|约|办|弄|搞|写|说|问|要|告|去|上门|代办)"
_ENDS = re.compile(
    rf"^(?:那|那就|好吧|唉|嗯)*[，, ]*(?:(?:算了|算啦|罢了)(?:吧|啊|啦)?|不(?:想)?{_OWN_ACT}了|(?:这个|这事|这件事?)?先?(?:不|别|莫)(?:弄|管|说|提|办|写|约)(?:这个|这事|它|那个)?了?)"
    rf"(?:[，,。；;！! ]*(?:我)?不(?:想)?{_OWN_ACT}了)*(?:吧|啊|啦|的)?(?=$|[，,。；;！! ]|改问|换|我(?:想)?问|问)"
)
_TURNS = re.compile(
    r"^[，,。；;！!、 ]*(?P<turns>(?:我|咱|俺)?(?:想|要|先|还是)?(?:改问|改成问|换(?:个|一个|件)(?:问题|话题|事|问法)|(?:另外)?问(?:你|您)?(?:个|件|一个|点)?别的|说(?:点|个)别的|不说(?:这|那)(?:个|事|件事?)了?|别的(?:事|问题))(?:事|问题)?(?:吧|啊|了)?[，,。：: ]*)?(?:我(?:就|只)?(?:想|要)?问(?:一?下)?[，, ]*)?"
)
_BACK = re.compile(
    r"(?:刚才|前面|上面|之前)(?:问|说)?的?(?:那|第[一二三四五12345])个?问题|^(?:我)?(?:问的)?第[一二三四五12345]个问题|上一个问题"
)
_LEANS = re.compile(
    r"他们?|她们?|它|这(?:个|件|事|种|边|样|家)|那(?:个|件|事|天|边|家|人)|还|也|又|而且|并且|再|对方|同一|一样|刚才|上面|补充|加上|添|改|删|去掉|希望|要求|因为|所以|后来|结果(?!不服)|当时|凭"
)
_COMPLAINT = re.compile(r"不服|投诉|举报|反映|申诉|驳回|没(?:给我)?批|不给批|没通过|被罚|乱收费|拖着不")
_TELLS_WHEN = re.compile(
    r"\d+[点号日:：]|[一二三四五六七八九十两]+点|[今明后]天|下?(?:周|星期|礼拜)[一二三四五六日天末]|[上下]午|中午|晚上|早上|下个?月"
)
_OFFICE = re.compile(
    r"(?:局|所|科|中心|窗口|大厅|热线|银行|专线)的?(?:电话|座机|号码|地址|位置)(?:号码)?(?:呢|给我|发我)?$"
)
_TELLS_ON = re.compile(r"叫我|让我|要我|给我|态度|他|她|凭|人家|窗口|说是|又")
_OTHER = re.compile(r"另|分开|两份|新|不是(?:一|同)|单独|重新|各(?:写|是)|后面|第二")


@dataclass(frozen=True, slots=True)
class Away:
    """What was said to leave; `rest` asks something of its own."""

    ends: bool
    """Given up; else left for now."""
    rest: str


def away(text: str) -> Away | None:
    """算了，改问歇业; None where the words may go on with what waits: 不办了 alone may be what a clerk said."""
    said = text.strip()
    ended = _ENDS.match(said)
    rest = said[ended.end() :] if ended else said
    turning = _TURNS.match(rest)
    turned = turning is not None and bool(turning["turns"])
    rest = (rest[turning.end() :] if turning and (turned or ended) else rest).strip(" ，,。；;！!、")
    if (not ended and not turned) or (not turned and tells_on(text)):
        return None
    if not rest or requests.asks(rest):
        return Away(ended is not None, rest)
    return None


def tells_on(text: str) -> bool:
    """不办了，叫我明天再来: what somebody else did and said, behind words that could be one's own."""
    told = re.split(r"[，,。；;！! ]", text.strip(), maxsplit=1)
    return len(told) > 1 and not re.match("算了|算啦|取消", told[0]) and _TELLS_ON.search(told[1]) is not None


def goes_back(text: str) -> bool:
    """第一个问题里说的去哪办: to a question asked before."""
    return _BACK.search(standard(text)) is not None


def tells_when(text: str) -> bool:
    """明天上午行不行 tells a day or an hour, though it asks."""
    return _TELLS_WHEN.search(standard(text)) is not None


def names_an_office(text: str) -> bool:
    """社保局电话: asks without a word of asking."""
    return _OFFICE.search(text.strip("。！!？? ")) is not None


def is_another_complaint(draft: str, text: str) -> bool:
    """我的补贴被驳回了，不服 behind a draft about noise: a complaint with a matter of its own, and none of the draft's."""
    if not (_COMPLAINT.search(text) or Behaviour.APPEAL in sharp.hints(text)) or _LEANS.search(text):
        return False
    own = [word for word in own_words.of(text) if not _COMPLAINT.search(word)]
    return bool(own) and not any(word in draft for word in own)


def is_of_its_own(draft: str, text: str) -> bool:
    """小餐饮要办什么证: a question that leans on nothing and shares no word with what lies there."""
    own = own_words.of(text)
    is_whole = requests.asks(text) and not _LEANS.search(text) and not _COMPLAINT.search(text)
    return is_whole and bool(own) and not any(word in draft for word in own)


def wants_another(text: str) -> bool:
    """另写一份."""
    return _OTHER.search(text) is not None
