"""What the message before was about, as far as half a question goes on with it."""

import re
from itertools import pairwise

from assistant.behaviours import Behaviour
from assistant.quantities import NUMERAL
from assistant.state import State
from knowledge import places, regions, several
from knowledge.spoken_grammar import standard

END = re.compile(r"[\s，,、。！!？?…~～]+$")
LEAD = re.compile(
    r"^(?:(?:那么?|那个|哦|嗯|好的?|还有|另外|然后|再问一下|请问|这个|它|这|那么请问|我再问一下|顺便问一下)[，,、 ]*)?(?:(?:我|俺|咱)?(?:正常|正经|正规|合法|老实|照实|到底|究竟|现在|如今)(?:的话|来说|地|的)?)*"
)
NAMED = re.compile(r"《[^《》]+》|[\u4e00-\u9fff]{2,16}[〔\[]\d{4}[〕\]]\d+号")
_ASKING = re.compile(
    r"(?:[,，、]|应该|需要|可以|要|得|能|[在去到找])*(?:哪|多少|几|多久|多长|多大|什么|啥|怎么|怎样|咋|谁|如何|能不能|可不可以|要不要|有没有|是不是|能否|是否|吗|好久)"
)
_VERB = re.compile(r"(?:最[高多低少长]|可以|[能会要应得]|(?<!许)可|[领补贷办拿给罚交]|申请|办理|不)+$")
_CLAIM = re.compile(
    rf"(?:不?是|管|要|满|给|有|补|只|才|最[多高长]|得|够了?)*(?:{NUMERAL})(?:元|块|万|千|年|个?月|个?工作日|天|%|成|个?平)?"
)
_CLAIMED = frozenset({Behaviour.SUPERSEDED, Behaviour.ONE_OFF})
MATTERS = re.compile(
    r"(?:开业|场租|房租|租金|带动就业|创业培训|岗前培训|培训|灵活就业|社会?保险?|吸纳就业|见习|物流|水电|用工|创业)?补[贴助帖]|创业(?:担保)?贷款|(?:担保)?贷款|贴息|营业执照|执照|(?:小餐饮|食品)?(?:经营)?许可证?|年报|信用修复|经营异常|名特优新|简易注销|注销|歇业|外摆|招牌|房租|场租"
)
"""Matters that this service has rules on, by the names people give them."""
_UNTOLD = frozenset(
    {
        Behaviour.CHEATING,
        Behaviour.FEE_OFFER,
        Behaviour.PASTED_POLICY,
        Behaviour.EXTRACTION,
        Behaviour.FORBIDDEN,
        Behaviour.SENSITIVE_DATA,
        Behaviour.PERSONAL_DATA,
        Behaviour.OTHER_REGION,
        Behaviour.NO_EVIDENCE,
    }
)
"""Replies that may say nothing of the matter itself, which the next words can still be about."""


def matter_before(state: State) -> str:
    """What the message before was about, where the reply did not take it up: 编个合同领场租补贴 is about 场租补贴."""
    if state.last_behaviour not in _UNTOLD:
        return state.last_question
    if state.last_replies and state.last_replies[-1].answer is not None and state.last_behaviour != Behaviour.FEE_OFFER:
        return state.last_question
    if state.last_behaviour in {Behaviour.OTHER_REGION, Behaviour.NO_EVIDENCE}:
        return state.matter
    told = (MATTERS.search(standard(text)) for text in reversed([*state.told.values()][-RECENT:]))
    return next((named[0] for named in told if named), state.last_question)


_ROOTS = re.compile(
    rf"(?:{MATTERS.pattern})|食品证|餐饮证|卫生证|[免即]申即享|诉求|分型|首?套?公章|返乡[\u4e00-\u9fff]{{0,4}}(?:培训|专窗)|帮办|代办|转型升级|个转企|经营场所|信用记录|财产险|展期"
)
"""Matters by which half a question can be completed."""
_WHO_ASKS = re.compile(
    r"残疾人?|高校毕业生|大学生|毕业生|退役军人|退伍军人|返乡(?:创业)?农民工|农民工|登记失业人员|失业人员|就业困难人员|小微企业|网商"
)
_OWN_DOING = re.compile(
    r"^.*?(?:我|俺|咱|阿拉|本人|偶)(?:们)?(?:家|店|的店)?(?:想|要|打算|准备|已经|正在|刚|去年|今年|就是|们)*(?:(?:领|办|申请|借|贷|开|做|问|拿|报|交|租|搞|弄|享受)(?:了|过|着|一?个|到)?的?)?|^(?:那|请问|关于|想问一?下)"
)
SHORT = 12
"""Characters of a topic that is carried over as it was put."""
RECENT = 4
"""Messages in which the matter is looked for that the newest ones only lean on."""


def root_of(topic: str) -> str:
    """The matter alone, with whom it is for: what a long or twice completed question is about."""
    named = _ROOTS.search(topic)
    if named is None:
        return topic
    clause = re.split(r"[，,。；;！!？?\s]", topic[: named.end()])[-1]
    if len(clause := _OWN_DOING.sub("", clause)) <= SHORT:
        return clause
    who = _WHO_ASKS.search(topic)
    return f"{who[0]}{named[0]}" if who and who[0] not in named[0] else named[0]


def _matter_told(state: State) -> str:
    """The matter that was named lately and that the last answer speaks of: 创业贷款, where then only 担保人 was said."""
    sources = state.last_exchange.sources if state.last_exchange else []
    said = "".join(f"{one.get('title', '')}{one.get('quote', '')}" for one in sources)
    for text in reversed([*state.told.values()][-RECENT:]):
        named = _ROOTS.search(standard(text))
        if named and any(f"{one}{other}" in said for one, other in pairwise(named[0][-4:])):
            return named[0]
    return ""


def _stands_in_sources(topic: str, state: State) -> bool:
    sources = state.last_exchange.sources if state.last_exchange else []
    said = "".join(str(one.get("quote", "")) for one in sources)
    return any(f"{one}{other}" in said for one, other in pairwise(several.subject(topic)))


def _matter_answered(state: State) -> str:
    """What the clause shown first is about, where no message has named it: 我要去白榆开第二家店 was told of 开业补贴."""
    sources = state.last_exchange.sources if state.last_exchange else []
    named = _ROOTS.search(str(sources[0].get("quote", ""))) if sources else None
    return named[0] if named else ""


def without_places(text: str) -> str:
    for code in places.named_in(text):
        for name in (regions.name(code), regions.short_name(regions.name(code))):
            text = text.replace(name, "")
    return text.lstrip("的")


def topic_before(state: State) -> str:
    """What half a question goes on with."""
    last = standard(state.last_question)
    topic = topic_of(_without_claim(last) if state.last_behaviour in _CLAIMED else last)
    is_made_whole = state.last_exchange is not None and state.last_exchange.reply.rewritten != ""
    if not is_made_whole and len(topic) <= SHORT and _ROOTS.search(topic):
        return topic
    if _ROOTS.search(topic):
        return root_of(topic)
    if told := _matter_told(state):
        return told
    answered = "" if _stands_in_sources(topic, state) else _matter_answered(state)
    if answered:
        return answered
    return topic if len(topic) <= SHORT else several.subject(topic) or topic


def _without_claim(question: str) -> str:
    """The matter of 备案证管三年是吧 and of 名特优新2024年那次啥时候报: what was wrong or of then is left out."""
    plain = re.sub(r"20\d\d年?(?:的?那[次回批年])?", "", re.sub(r"^我?(?:记得|听说|印象里?)", "", question))
    head = _CLAIM.split(plain, maxsplit=1)[0]
    return head if several.subject(head) else plain


def is_another_matter(said: str, last: str) -> bool:
    """那营业执照要什么材料, after something else: a question of its own."""
    named = MATTERS.search(said)
    is_named = named is not None and len(named[0]) > len("补贴")
    return named is not None and is_named and several.subject(said) != "" and named[0] not in last


def topic_of(question: str) -> str:
    """What the question is about, without what it asks about it: 残疾人开店的开业补贴."""
    named = NAMED.sub("", LEAD.sub("", question))
    head = _ASKING.split(named, maxsplit=1)[0]
    head = _VERB.sub("", head.strip("，,的 "))
    return head if several.subject(head) else several.subject(named) or END.sub("", named)
