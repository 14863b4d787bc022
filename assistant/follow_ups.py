"""Words that mean something only after what was said before: 那要多少钱, 宜昌呢, 第二个, 换个说法, 不是武汉是宜昌.

Without a language model the topic and document of the last question are carried over; with one it rewrites,
and what it writes is used only where it brings in no number or name of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant import asides, facts, requests, rewriting, sharp
from assistant.behaviours import FROM_RULES, Behaviour
from assistant.places_meant import LONGEST_LEANING, asks_of_home
from assistant.quantities import NUMERAL
from assistant.reading import Reader
from assistant.state import State
from assistant.subjects import END, LEAD, MATTERS, NAMED, matter_before, topic_before, topic_of, without_places
from knowledge import clause_names, places, several
from knowledge.spoken_grammar import standard
from prompts.client import ChatModel

LONGEST = 22
"""Characters of a message that can be half a question."""
_NUMBERS = {"一": 0, "1": 0, "二": 1, "2": 1, "两": 1, "三": 2, "3": 2, "四": 3, "4": 3, "五": 4, "5": 4}
_NTH = re.compile(
    r"^(?:我?(?:选|要|看|说的是|问的是))?第?(?P<n>[一二三四五12345])(?:个|条|项|种|点)?(?:问题|方案|办法)?(?:呢|吧|是?什么|怎么(?:办|弄|说)|详细(?:说|讲|点)*|的)?$"
)
_OF_NTH = re.compile(
    r"^(?:那么?)?(?:你说的|刚才的?)?第(?P<n>[一二三四五12345])(?:个|条|项|种|点)(?:问题)?(?:的|那个)?[，,]?(?P<rest>.{2,14})$"
)
"""第一个要啥材料."""
_OF_CONVERSATION = re.compile(
    r"^(?:我|你)?(?:刚才|前面|上面|最开始|一开始)?(?:问|说)?的?(?:那)?第(?P<n>[一二三四五12345])个问题(?:里|中)?(?:说|问|讲|提)?的?(?:那个)?[，,]?(?P<rest>.{0,14})$"
)
_ONCE_MORE = re.compile(r"^(?:请|麻烦)?(?:你)?(?:再|重新|重复)?(?:说|讲|答|回答)?(?:一?[遍次下])?(?:吧|呗|呢)?$")
_LAST = re.compile(r"^(?:最后|最末)(?:那)?(?:一)?(?:个|条|项|种)(?:呢|吧|怎么(?:办|弄))?$")
_RESTATE = re.compile(
    r"换(?:个|种|一种|一个)?(?:说法|方式说|讲法)|说(?:得|的)?(?:简单|通俗|明白|清楚|直白)(?:一?点|些)?|说人话|讲人话|(?:没|不太?|听不|看不)(?:看|听)?(?:懂|明白)|^(?:啥|什么|么子|咩)意思|简单(?:点|些|地)?(?:说|讲)|大白话|再说一遍|太(?:复杂|长|专业|官方)了"
)
_DETAIL = re.compile(
    r"^(?:再|能|请|麻烦|可以)?(?:你|您)?(?:再)?(?:说|讲|介绍)?(?:得|的)?(?:详细|具体|仔细|完整)(?:一?点|些|一下|说说|讲讲|说明|介绍)*(?:吗|吧|呗|嘛)?$|展开(?:说|讲)|多说(?:一?点|几句)|(?:看|给我看|发)(?:一下|下)?(?:原文|全文|整条)|原文(?:呢|是什么|怎么(?:写|说))"
)
_SINCE = re.compile(
    r"(?:啥|什么|么子|几)时(?:候)?(?:开始|改|变|涨|降|起|实施|施行|生效)|(?:从)?(?:哪|几)[天年月号](?:开始|改|变|起|实施|施行|生效)"
)
_MEANT = re.compile(
    r"^(?:不是[^，,。]{0,8}[，,。 ])?(?:我)?(?:说|问|指|讲)的(?:是|不是[^，,]{1,8}[，,]?是)(?P<said>[^，,。]{1,16})$"
)
_WITH_NE = re.compile(r"^(?P<said>[^，,。？?]{1,10}?)(?:呢|咧|捏|嘞)$")
_SAME_TOPIC = re.compile(r"^(?:它|这个|那个|这|那)")
_SIDE = re.compile(
    r"多少|好多|好久|几|多久|多长|什么|啥|怎么|咋|啷个|哪|谁|能不能|可以|要不要|需要|条件|材料|流程|时间|电话|地址|钱|吗|期限|截止"
)
_ASKED_SIDE = re.compile(
    r"(?:[在去到找]|应该|需要)?(?:补|给|领|贷|罚)?(?:多少|几|多久|多长|什么|啥|怎么|咋|哪|谁|能不能|可不可以|要不要|有没有|需要|条件|材料|流程).*$"
)
_OF_ITS_OWN = re.compile(r"我|你|您|俺|咱|他|她|人家|如果|要是|万一|没|不(?!用)|那|这")
"""Begins a sentence of its own: behind a matter it needs a comma to be read."""
_MOST = re.compile(r"好多|几多|最[多高少低长]|顶[多格]|(?:能|可以)(?:领|拿|补|贷)")
_WHO = re.compile(r"^(?:请问)?(?:哪些|什么|哪种)(?:人|企业|店)|^谁")
_REFUSED = re.compile(r"(?:不给|不批|不同意|不让|没批|没给|没通过|不通过|驳回|拒绝|退回)(?:我|咱|的话|了)?$")
_A_CASE = re.compile(r"^(?:要是|如果|万一|假如|假使|倘若)|[了着过]$|是(?:我|咱|别人|他|她)|[没不]|[了过].")
"""房子是我爸的呢: another case of the same matter, no other person who asks."""
_CHANGED = re.compile(
    r"(?:那|现在|后来|如今)*(?:改|变|涨|降|提高|提|调)(?:成|到|为|了)(?P<rest>(?:好多|多少|几多|几|啥样?|什么)(?:了|钱|啊|呀|嘛|咯)*)"
)
"""改成好多了: the figure of now."""
_CONTEST = re.compile(
    r"(?:那|要是|如果|万一|我|俺|对结果)*(?:不服气?|不认|不同意|有意见|有异议|觉得不对|判错了?|搞错了?)(?:这个|那个)?(?:评审|审核|认定|评定|划型|分型|核查|处理|最后)?的?(?:结果|结论|决定|认定)?(?:的话)?(?:咋|怎么|咋个|该|能|可以|找|去|向|跟)*(?:办|弄|谁|哪个|哪里|哪儿|说理?|申诉|反映|复核)*(?:呢|嘛|呀|啊|吗)*"
)
_MISSED = re.compile(
    r"(?:要是|如果|万一|那|我)*(?:忘记?了?|晚了|过了?期?|错过|逾期|来不及)(?:报|交|办|申请|领|没报)?了?(?:的话)?(?:咋|怎么|还能|能|可以|会)[^，。]{1,6}"
)
_THIS_YEAR = re.compile(r"(?:今年|明年|以后|下回|下次)(?:的|这次|那次)?(?:呢|咧|嘞|嘛)?")
_OURS = re.compile(
    r"(?:我|咱|俺)们?(?:问的是|说的是|是问|是说|指的是)?(?:我|咱|俺)?们?(?:的是)?(?:这边|这里|这儿|这|本地|当地|区|市|县|屋头|自己)+(?:里|头|的)?"
)
_GROUPS = re.compile(
    r"残疾人|高校毕业生|大学生|毕业生|退役军人|退伍军人|返乡(?:创业)?农民工|农民工|登记失业人员|失业人员|就业困难人员|个体户|个体工商户|公司|企业|小微企业"
)
_BEFORE = r"以前|之前|原来|原先|从前|过去|去年|前年|早先|老早"
_RECALLED = re.compile(
    rf"(?:可是?|那|咦|哎|诶|啊|但是?|不对)?[，, ]?(?:我)?(?:(?:{_BEFORE})(?:我)?(?:记得|听说)?的?(?:不是|就?是|只要|都?要|说)(?:说|的是|是|要|收|给|补)?|(?:记得|印象[里中]?|听说|听人说)(?:的|{_BEFORE})?(?:不是|好像是|说是|就?是|只要|要|说)?|不是)(?P<what>[^？?]{{1,10}}?)(?:吗|嘛|么|吧|啊|呀|来着|的)*"
)
_AROUND_FIGURE = re.compile(
    rf"{NUMERAL}|[万千百]?(?:元|块钱?|个?月|年|天|日|个?工作日|%|个点|成|人|平米?|平方米?|次|倍)|满|[要给补收只才]|最[高多]|每[月年户人]|以上|左右|半"
)

_B = Behaviour


class Kind(StrEnum):
    NEW = "new"
    CARRIED = "carried"
    CHOSEN = "chosen"
    """Something that was offered; its words stand for the message."""
    SOURCE = "source"
    """One of the clauses of the last answer."""
    RESTATE = "restate"
    DETAIL = "detail"
    RECALLED = "recalled"
    """Another figure than the one just told, from memory."""
    READ = "read"
    """Half a question, made whole by a model that may do so."""
    REGION = "region"
    """The last question again, for another place."""


@dataclass(frozen=True, slots=True)
class Understood:
    text: str
    kind: Kind = Kind.NEW
    number: int = 0
    """Of the clause, counted from 1."""


_LEANS = re.compile(
    r"^(?:那么?|那|可是?|但是?|后来|对了|所以|要是|如果|万一|还有|再|又|哦|嗯|好吧|行吧|另外|然后|完了|既然)(?![些个位种天年月时么])|[呢咧捏嘞]$"
    r"|他们?|她们?|它|人家|那[边里儿头]|这(?:个|种|样|期间|时候)|刚才|上面|你说的"
)
_ANSWERED = FROM_RULES | {_B.SEVERAL, _B.DEADLINE, _B.ELIGIBILITY, _B.CONTACT, _B.OUTSIDE_REMIT, _B.HUMAN, _B.BOOKING}


_OF_ANYTHING = re.compile(
    r"本本|证子|[大小中]型|本人|亲自|委托人?|重新|第[一二三四五]年|[今明后]年|单子|表格?|原件|复印件|照片|签字|盖章|同意|网[上点]|手机|线上|线下|窗口|银行卡|账户|账号|收据|通知|结果|名单|名额|次数|年限|上限|下限|面积|影响|拆下来|挂上去|填错|写错|弄错|交错|报错|下来|上去|出来|老婆|老公|家里人|爸妈|夫妻俩?|两口子|兄弟|姐妹|[一每各]人|[一两]份|一[声下趟]|合伙人|别人|自己人|我[哥姐弟妹爸妈]|嘛|噻|哦|哈|咯"
)
"""What may be asked or told of any matter, and names none."""


def leans(text: str, state: State) -> bool:
    """Whether short words after an answer mean something only beside what was said before."""
    said = END.sub("", standard(text.strip()))
    if not state.messages or len(said) > LONGEST_LEANING or state.last_behaviour not in _ANSWERED:
        return False
    own = several.subject(_OF_ANYTHING.sub("", said))
    return _LEANS.search(said) is not None or not own or asides.is_of_an_office(text)


def understand(
    text: str,
    state: State,
    *,
    new_region: bool = False,
    model: ChatModel | None = None,
    reader: Reader | None = None,
) -> Understood:
    """`new_region`: the message has just named another place as the person's own.

    A reader tells half a question from a whole one; without it, or where it fails, the rules do.
    """
    said = END.sub("", text.strip())
    tapped = next((send for label, send in state.last_choices if said == END.sub("", label) and send != label), "")
    said = END.sub("", standard(tapped or text).strip())
    if state.messages and (nth := _of_conversation(said, state)) is not None:
        return nth
    if not state.messages or len(said) > LONGEST or sharp.behaviour_of(said):
        return Understood(tapped or text, Kind.CHOSEN if tapped else Kind.NEW)
    plain = next((one for one in _plain(said, state, new_region=new_region)), None)
    reading = reader.read(text, state) if reader and not tapped and plain is None else None
    if reading is not None:
        return Understood(reading.whole, Kind.READ) if reading.whole else Understood(text)
    return plain or _carried(said, state, model) or Understood(tapped or text, Kind.CHOSEN if tapped else Kind.NEW)


def _plain(said: str, state: State, *, new_region: bool) -> Iterator[Understood]:
    if match := _NTH.fullmatch(said):
        yield from _nth(_NUMBERS[match["n"]], state)
    elif (match := _OF_NTH.fullmatch(said)) and (parts := _parts_told(state)) and _NUMBERS[match["n"]] < len(parts):
        part = parts[_NUMBERS[match["n"]]]
        matter = part if several.subject(part) else state.last_question
        yield Understood(f"{topic_of(matter)}{match['rest']}", Kind.CARRIED)
    if _LAST.fullmatch(said):
        yield from _nth(-1, state)
    if not state.last_question:
        return
    if new_region and _is_place_only(said):
        yield Understood(state.last_question, Kind.REGION)
    if recalls(said):
        yield Understood(state.last_question, Kind.RECALLED)
    if _RESTATE.search(said) and len(said) <= 16:
        yield Understood(state.last_question, Kind.RESTATE)
    if _DETAIL.search(said) or (_SINCE.search(said) and len(said) <= 16):
        yield Understood(state.last_question, Kind.DETAIL)


def _of_conversation(said: str, state: State) -> Understood | None:
    """刚才第二个问题再说一遍: of the parts of the last message, else of all that was asked here."""
    match = _OF_CONVERSATION.fullmatch(said)
    if match is None:
        return None
    parts = _parts_told(state)
    asked = parts if len(parts) > 1 else [text for _, text in sorted(state.told.items()) if requests.asks(text)]
    row, rest = _NUMBERS[match["n"]], match["rest"]
    if row >= len(asked):
        return None
    if _ONCE_MORE.fullmatch(rest):
        return Understood(asked[row], Kind.CHOSEN)
    return Understood(f"{topic_of(asked[row])}{rest}", Kind.CARRIED)


def _is_place_only(said: str) -> bool:
    rest = re.sub(
        r"^(?:那|那么|不对|(?:我)?[说搞弄写打]?错了?|哦)[，, ]?(?:应该)?|不[是在][^，,。是在]{2,8}[，, ]?(?:而)?|我?(?:的店|店)?(?:是|在|换成|改成|搬到)|[呢吧的了啊]$",
        "",
        said,
    )
    return places.named_alone(rest) is not None or (len(rest) <= 8 and bool(places.named_in(rest)) and not _SIDE.search(rest))  # fmt: skip


def recalls(said: str) -> bool:
    """我记得是5000: a figure and nothing else, said to have held before."""
    match = _RECALLED.fullmatch(said)
    return match is not None and bool(re.search(NUMERAL, match["what"])) and not _AROUND_FIGURE.sub("", match["what"])


def _nth(row: int, state: State) -> Iterator[Understood]:
    """Of the questions answered, else of the clauses that were numbered, else of what was offered to be tapped."""
    parts = _parts_told(state)
    if len(parts) > 1 and -len(parts) <= row < len(parts):
        yield Understood(parts[row], Kind.DETAIL)
    sources = state.last_exchange.sources if state.last_exchange else []
    if len(sources) > 1 and -len(sources) <= row < len(sources):
        yield Understood(state.last_question, Kind.SOURCE, row % len(sources) + 1)
    offered = [send for _, send in state.last_choices if send not in {"转人工", "跳过"}]
    if len(offered) > 1 and -len(offered) <= row < len(offered):
        yield Understood(offered[row], Kind.CHOSEN)


def _parts_told(state: State) -> list[str]:
    return [reply.part for reply in state.last_replies if reply.part] or _parts_of(state)


def _parts_of(state: State) -> list[str]:
    answer = state.last_exchange.reply.answer if state.last_exchange else None
    found = (answer or {}).get("parts")
    return [str(one.get("question", "")) for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _carried(said: str, state: State, model: ChatModel | None) -> Understood | None:
    state = replace(state, last_question=matter_before(state))
    if not state.last_question:
        return None
    whole = _by_rules(said, state)
    if whole is None:
        return None
    written = rewriting.by_model(said, state, model) if model and model.is_ready() else None
    return Understood(written or whole, Kind.CARRIED)


def asks_what_became(said: str) -> bool:
    """改成好多了: of a rule that was just told, no wish to alter anything."""
    return _CHANGED.fullmatch(END.sub("", said.strip())) is not None


def _by_rules(said: str, state: State) -> str | None:
    """The whole question that half of one stands for; None where it stands for itself."""
    last = state.last_question
    if asks_of_home(said, state):
        return re.sub(r"^(?:那|这)[边里儿头]?的?", "", without_places(state.matter or last))
    if _OURS.fullmatch(re.sub(r"^(?:那么?|不是)[，,]?|[呢吧嘛的]+$", "", said)) and places.named_in(last):
        return without_places(last)
    if state.last_behaviour == Behaviour.CONFLICT and (named := MATTERS.search(last)):
        last = named[0]
    topic = topic_before(state) if last == state.last_question else topic_of(last)
    if places.named_in(said):
        topic = without_places(topic)
    document = _document(state)
    if recast := _recast(said, topic, state):
        return recast
    if meant := _MEANT.fullmatch(said):
        trade = facts.trade_said(meant["said"])
        return f"{meant['said']}{_without_trade(state.last_question) if trade else state.last_question}"
    rest = LEAD.sub("", said) or said
    if (clause := clause_names.opening(rest)) and (document or state.documents):
        beside = clause_names.within(clause, _clause_before(state))
        return f"{document or _titled(state.documents[0])}{beside}{rest[len(clause) :].removesuffix('呢')}怎么规定"
    if match := _WITH_NE.fullmatch(rest):
        there = _place_alone(match["said"])
        return f"{there}{without_places(last)}" if there else _instead(match["said"], last, topic)
    own = several.subject(_MOST.sub("", rest))
    if _SIDE.search(rest) and (not own or (_SAME_TOPIC.match(said) and len(own) <= 3)):
        return f"{document}{topic}{'，' if topic and _OF_ITS_OWN.match(rest) else ''}{rest}"
    return None


def _place_alone(said: str) -> str:
    """青禾那头呢: the name of the place, where nothing else is said."""
    name = re.sub(r"^(?:那|在)|(?:那|这)?[边头里儿]的?$|的$", "", said)
    return name if places.named_alone(name) is not None else ""


def _recast(said: str, topic: str, state: State) -> str:
    """What needs other words to be found: 改成好多了, 忘记了咋办, 不服咋办, 今年的呢."""
    if changed := _CHANGED.fullmatch(said):
        return f"{topic}{changed['rest']}"
    if _MISSED.fullmatch(said):
        return f"{topic}{said}"
    if _CONTEST.fullmatch(said):
        return f"{topic}的结果有异议怎么办"
    is_of_now = state.last_behaviour == Behaviour.ONE_OFF and _THIS_YEAR.fullmatch(LEAD.sub("", said))
    return f"{topic}每年什么时候申报" if is_of_now else ""


def _document(state: State) -> str:
    """The document that the last question named."""
    named = NAMED.search(state.last_question)
    if named:
        return named[0]
    return _titled(state.documents[0]) if state.documents and clause_names.names_clause(state.last_question) else ""


def _clause_before(state: State) -> str:
    """That the last answer rests on first: （三） is beside it."""
    sources = state.last_exchange.sources if state.last_exchange else []
    return str(sources[0].get("clause", "")) if sources else ""


def _titled(title: str) -> str:
    return f"《{title.strip('《》')}》"


def _instead(said: str, last: str, topic: str) -> str:
    """残疾人呢: the same question about them; 期限呢: another side of the same matter."""
    if not several.subject(said):
        return f"{topic}{said}"
    if _REFUSED.search(said):
        return f"{topic}没批，对决定不服怎么办"
    if _A_CASE.search(said):
        return f"{topic}，{said}怎么办" if _OF_ITS_OWN.match(said) else f"{topic}{said}怎么办"
    if _WHO.match(last):
        return f"{said}可以申请{topic}吗"
    side = _ASKED_SIDE.search(NAMED.sub("", last))
    if _GROUPS.search(said):
        topic = _GROUPS.sub("", topic).lstrip("的")
    return f"{said}{topic if said not in topic else ''}{side[0] if side else ''}"


def _without_trade(question: str) -> str:
    return re.sub(r"超市|便利店|服装店|理发店|网店|水果店|药店|宾馆|民宿", "", question)
