"""Short words that mean something only after an office was named or nothing was found: 几点上班, 号码啥时候核的, 那我问谁去."""

import re

from assistant.after_warnings import goes_on
from assistant.subjects import END
from knowledge.spoken_grammar import standard

__all__ = ["asks_for_another", "asks_whom", "goes_on", "has_no_answer", "is_of_an_office", "when_verified"]

LONGEST = 26
_VERIFIED = r"(?:什么时候|哪天|何时|几号|多久(?:前|之前)?|哪一?年|几月)?(?:的)?(?:给|是|有|做)?(?:没有?)?(?:核(?:实|验|对|查|准|过|的)|查证|更新|验证|确认)(?:过|的|了|号码?|日期)*"
_ITS_SIDES = re.compile(
    r"(?:(?:打|拨)?(?:哪个|什么|多少)?(?:的)?(?:座机|电话|热线|号码|联系方式|固话|总机|分机)(?:号码?)?|(?:具体|详细)?(?:地址|位置|地方|地点|定位)"
    rf"|{_VERIFIED}"
    r"|在?(?:哪里|哪儿|哪个(?:位置|地方|楼|路)?|哪|里头)|几(?:楼|号楼|层)|(?:怎么|怎样|如何)(?:走|去|过去|联系|找|到|打)|坐(?:什么|几路|哪路)车"
    r"|(?:到|从)?(?:几点|什么时候)(?:钟)?|[上下]班|[开关]门|营业|开放|接待|午休|中午|(?:周|礼拜|星期)(?:[一二三四五六日天末])|节假日|过节|双休日?|晚上|下午|上午|早上|有人|开不开门?|上不上班|放假|休息|休不休息?|值班"
    r"|(?:收|要)(?:不要)?(?:费|钱)|找(?:谁|哪个|哪位)|联系(?:人|谁|哪个)|(?:具体|主要)?管(?:什么|哪些)(?:事|的)?|打哪个|(?:要|用|需要|可以|能)?(?:不?用)?预约)"
)
"""What somebody asks about an office, in standard words."""
_ITS_NAME = re.compile(
    r"不(?:归|是|属)你们(?:的)?(?:管|事)?|你说的(?:那个|这个)?|刚才?(?:说|给)?的?(?:那个|这个)?|上面(?:说|给)?的?|那[边里儿头家]|这[边里儿家]|他们?|她们|人家|你们|那个|这个|它们?家?|窗口|大厅|部门|单位|科室?|公开的?|座席|那|这"
)
_ONLY_WORDS = re.compile(
    r"来着|请问|再?问(?:一?下)|麻烦|告诉我?|给(?:我)?(?:一个|个|下)?|还有|另外|顺[便带]|好的|嗯|哦|对了|试试|试一?下|发(?:一?个|给我|我|一?下)|说(?:一?[下声])?|讲(?:一?下)|把|就|呗|是|的|在|到|去|都|也|有|要|用|能|可以|什么|多少|几|个|号|人|点|来|我|怎么|吗|呢|嘛|么|吧|啊|呀|咧|哈|嘞|噻|撒|哇|来着|[啦哩喽哟哎诶]|不|没|了|过|得|行|会|还|再|现在|一般|[\s，,、。！!？?]"
)
_ASKS = re.compile(
    r"[吗呢么嘛咧不没?？]|几|哪|什么|多少|怎|谁|电话|号|座机|地址|位置|联系|核|(?:发|给|说|讲)(?:一|我|个|下)"
)
"""Who only says 周六上午 tells when to come."""
_ANOTHER = re.compile(
    r"(?:除了[^，,。]{1,8}[，,]?)?(?:还有|有没有|有)?(?:没有)?(?:别的|别处|其他的?|其它的?|另外的?|第二个)(?:窗口|地方|单位|部门|大厅|点|号码?|电话|热线|可以|能|没有|[吗不么呢办打问找])+"
)
_NO_ANSWER = re.compile(
    r"(?:没有?人|不)(?:接|理我|应|听)|打不[通进]|占线|忙音|一直(?:响|嘟)|空号|停机|(?:接|打)通了?(?:也)?(?:不|没)|不在(?:岗|位)|没有?开门|关着门|推(?:来推去|给别人)"
)
_ABOUT_CALLS = re.compile(r"怎么办|怎么弄|还能|那|别的|换|再|呢$|咋|打|电话")
_WHOM = re.compile(
    r"^(?:那么?|好吧|行吧?|可是?|但|既然这样|你|您|总|得|该|要|就|也|倒是|至少|起码|说说|告诉|给|我|咱|知道|不知道|到底|应该|能|可以|去|上|到|跟|向|再|，|,)*"
    r"(?:问|找|打(?:听|给)?|咨询|联系|去|打(?:哪个)?电话|打|跑)(?:一?下)?(?:谁|哪(?:里|儿|个)?(?:部门|单位|地方|局|窗口|人|家)?|什么(?:人|部门|单位|地方))"
    r"(?:电话|热线)?(?:去?(?:问|打听|咨询|说|弄|办|改|查|反[映应]|补|管|解决|处理)?(?:清楚|一下)?)(?:呢|嘛|啊|呀|去|才行|才知道|比较好|好|吧|哦)*$"
    r"|^(?:那|你)*(?:谁|哪里|哪个部门|哪个单位)(?:能|会|可以|才|晓得|知道|清楚|说得清|管这个)+(?:告诉我|答|说清)?(?:呢|嘛|啊|呀)*$"
)


def is_of_an_office(text: str) -> bool:
    """几点上班, 那边座机多少: a side that every office has, and no word of a matter or of another office."""
    said = END.sub("", standard(text.strip()))
    rest, sides = _ITS_SIDES.subn("", said)
    is_asked = bool(sides) and len(said) <= LONGEST and _ASKS.search(standard(text)) is not None
    return is_asked and not _ONLY_WORDS.sub("", _ITS_NAME.sub("", rest))


def when_verified(text: str) -> bool:
    return re.search(_VERIFIED, standard(text)) is not None


def asks_for_another(text: str) -> bool:
    """除了他们还有别的地方能办不."""
    said = END.sub("", standard(text.strip()))
    return len(said) <= LONGEST and _ANOTHER.search(said) is not None


def has_no_answer(text: str) -> bool:
    """打了没人接咋办: the number that was just given."""
    said = END.sub("", standard(text.strip()))
    return len(said) <= LONGEST and _NO_ANSWER.search(said) is not None and _ABOUT_CALLS.search(said) is not None


def asks_whom(text: str) -> bool:
    """那你总得告诉我问谁去: who else would know, after nothing was found."""
    said = END.sub("", standard(text.strip()))
    return len(said) <= LONGEST and _WHOM.search(said) is not None
