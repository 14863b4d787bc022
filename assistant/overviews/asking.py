"""Whether a message asks for an overview, and of what; anything more particular is answered from its clauses."""

import re
from dataclasses import dataclass

from assistant.subjects import without_places

_SUPPORT = r"(?:扶持|帮扶|支持|补[贴帖助]|政策|优惠|奖励|奖补|惠企|好处)"
_WHICH = r"(?:哪些|哪几[种项个类样]|些?什么|些?啥子?|些?么子|几[种项个类])"
_FILLER = re.compile(
    r"请问|您好|你好|想问一?下|我想|我要|想|要|了解|知道|看看|看|一下|问|现在|目前|现行|最近|今年|当前|都|咱们?|我们?|你们|这里|这边|本地|当地|的|一些|还|呢|啊|呀|吗|嘛|么|给|对|关于|针对|介绍|说说|讲讲|列|清单|大全|概览|总共|一共"
)
_ASKS_WHAT = re.compile(
    rf"(?:有|是){_WHICH}(?P<of>[^，,。；;？?！!]{{0,16}}?){_SUPPORT}(?:政策|措施|项目|资金|措施)?[呢啊呀吗嘛]?$"
    rf"|{_WHICH}(?P<of2>[^，,。；;？?！!]{{0,12}}?){_SUPPORT}(?:政策|措施|项目)?$"
    rf"|{_SUPPORT}(?:政策|措施|项目|资金)?(?:都|一共|总共)?(?:有|是|包括){_WHICH}[呢啊呀]?$"
    rf"|(?:介绍|说说|讲讲|看看|列|了解).{{0,8}}{_SUPPORT}(?:政策|措施)?$"
    rf"|^(?:扶持|优惠|惠企|补贴|创业)+政策$"
)
_PARTICULAR = re.compile(
    r"条件|材料|要求|手续|流程|资料|后果|影响|区别|期限|时候|窗口|电话|依据|标准|多少|怎么|咋|如何|《|〔|第[一二三四五六七八九十百\d]+条|变化|区别|不同|取消|废止|作废|骗|招[^商]|雇|请了|用残"
)
_FOR_ONESELF = re.compile(
    r"[我咱俺][^，。]{0,6}(?:能|可以|够)|能[^，。]{0,4}(?:享受|领|拿|申请)|可以(?:享受|领|申请|申报)|适合我"
)
_GENERIC = re.compile(
    r"个体工商户|个体户|个体|工商户|小店主?|小微企业|小微|企业|商户|经营者|老板|经营困难|生意不好|困难|创业者?|扶持|帮扶|支持|优惠|惠企|政府|政策|措施|国家|公家|市里|县里|区里|省里|咱?[市县区省]|补[贴帖助]|奖励|奖补|资金|项目|方面|开了?家?(?:个|一家)?[\u4e00-\u9fff]{0,4}(?:店|馆|铺|摊)|开店|新店|刚开|店|好处|有|是|什么|哪些|哪几[种项个类样]|些|啥子?|么子|几[种项个类]|在"
)
TOPICS: tuple[tuple[str, str], ...] = (
    (r"房租|租金|场租|租店|门面", "租"),
    (r"贷款|融资|贴息|借钱", "贷款|贴息"),
    (r"社保|社会保险|养老|医保", "社会保险|社保"),
    (r"用工|招工|招人|就业", "就业|用工|社会保险|社保|扩岗|稳岗"),
    (r"培训|学习", "培训"),
    (r"税费?|减税|免税", "税"),
    (r"开业|开店|首次创业", "开业"),
)
"""What an overview can be narrowed to, and the words of the entries that belong to it; never to people: whom a
subsidy is for stands in its clause, and half a list would be taken for all of it.
"""
_CLAIM = re.compile(
    r"^(?:我?想问一?下|请问|那)?(?:创业|扶持|惠企|政府|个体工?商?户|这些|各种|国家|市里)*的?(?:补[贴帖助]款?|奖励|奖补|扶持资金|补[贴帖助]奖励|政策)(?:的钱|资金)?(?:一般|都|应该|要)*"
    r"(?:怎么样?|咋个?|如何|怎样|啷个|哪样)(?:去|来|才能|能)?(?:申请|申领|申报|领取?|拿到?|办理?|兑现|享受|弄)(?:到|下来)?(?:[、，,和]?(?:多久|几天|什么时候)(?:能)?(?:到账|下来|发))?[呢啊呀？?。]*$"
)
_DOCUMENT = re.compile(
    r"^(?P<named>.{0,80}?)(?:主要|大概|大致|到底|具体|究竟|里面?|都|，)*(?:的?(?:主要)?内容(?:是什么|有哪些|是啥|讲什么)?|(?:说|讲|写|规定|包括|涉及|是关于|关于)了?的?(?:是)?(?:些)?(?:什么|啥子?|么子|哪些(?:内容|方面|事)?)(?:内容)?)[呢啊呀？?。]*$"
)
_QUOTED = re.compile(r"《([^《》]{2,80})》(?:（([^（）]{4,30})）|[(]([^()]{4,30})[)])?")
_THIS = re.compile(
    r"^(?:请问|那)?(?:这|那|该|上面)(?:个|份|部|项)?(?:文件|办法|规定|规范|制度|政策|通知|措施|方案|细则)$"
)
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Topic:
    """What of the support is asked for; empty words mean all of it."""

    words: str = ""
    belongs: str = ""
    is_of_rules: bool = True
    """政策 and not only 补贴: the documents are named, too."""


@dataclass(frozen=True, slots=True)
class Named:
    """A document by what the message calls it; nothing where it means the one just cited."""

    title: str = ""
    number: str = ""


def support_asked(text: str) -> Topic | None:
    """有哪些扶持政策: the topic, where nothing more particular is asked."""
    said = without_places(text.strip().rstrip("？?。！!～~ "))  # for which place is settled before
    if len(said) > LONGEST or _PARTICULAR.search(said) or _FOR_ONESELF.search(said):
        return None
    if not _ASKS_WHAT.search(said):
        return None
    rest = "".join(re.findall(r"[\u4e00-\u9fff]+", _GENERIC.sub("", _FILLER.sub("", said))))
    topics = [(words, belongs) for words, belongs in TOPICS if re.search(words, said)]
    for words, _ in topics:
        rest = re.sub(words, "", rest)
    if len(rest) > 1 or len(topics) > 1:
        return None
    if not topics:
        return Topic(is_of_rules=re.search(r"政策|措施|扶持|惠企", said) is not None)
    found = re.search(topics[0][0], said)
    return Topic(found[0] if found else "", topics[0][1])


def claiming_asked(text: str) -> bool:
    """补贴怎么领: no subsidy in particular."""
    return _CLAIM.match(text.strip()) is not None


def document_asked(text: str) -> Named | None:
    """《某办法》主要说了什么, 这个文件讲了啥."""
    match = _DOCUMENT.match(text.strip())
    if match is None:
        return None
    named = match["named"].strip("，, ")
    if quoted := _QUOTED.search(named):
        rest = _QUOTED.sub("", named).strip("请问那的这个份文件，, ")
        return None if rest else Named(quoted[1], quoted[2] or quoted[3] or "")
    return Named() if _THIS.match(named) else None


def is_whole(text: str) -> bool:
    return support_asked(text) is not None or claiming_asked(text) or document_asked(text) is not None
