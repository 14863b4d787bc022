"""What somebody wants with a self-test, in words: stop, go on, back, change, see the result, why, which materials."""

import re
from collections.abc import Collection, Iterator
from enum import StrEnum

from knowledge.rules.engine import Engine
from knowledge.rules.values import FactType

LONGEST = 24
"""Characters of an order."""
_END = re.compile(r"[\s，,、。！!？?…~～吧呗了啊呀嘛]+$")
_LEAD = re.compile(r"^(?:那|嗯|哦|好|好的|行|我想|我要|我|请|麻烦|帮我|先|等等|等一下|不对|哎|诶|算了)[，,、 ]*")
_ITEM = r"(?:题|步|个|个问题|一个|项|页)"


class Order(StrEnum):
    STOP = "stop"
    RESUME = "resume"
    BACK = "back"
    CHANGE = "change"
    FINISH = "finish"
    KEEP = "keep"
    AGAIN = "again"
    WHY = "why"
    MATERIALS = "materials"


_PLAIN: tuple[tuple[Order, str], ...] = (
    (
        Order.STOP,
        r"(?:先)?(?:停一停|停一下|停下来?|停|暂停(?:一下)?|歇一会儿?|歇会儿?|放一放|放着)|(?:先)?不(?:想)?(?:测|答|做|填|弄)|(?:等会儿?|等一会儿?|待会儿?|改天|回头|明天|以后|有空|晚点)再(?:测|答|说|做|弄|填)|退出(?:自测)?|结束自测|取消自测|算",
    ),
    (
        Order.RESUME,
        r"(?:继续|接着|回到|恢复|再接着)(?:做|测|答|填|来|弄|刚才的|之前的|上次的|那个)*(?:《?(?P<named>[^《》]{2,20}?)》?的?)?自测|继续(?:测|答|做|填)|接着(?:测|答|做|填|来)",
    ),
    (
        Order.BACK,
        rf"(?:回到|返回|退回|看|回|改)?(?:到)?(?:上一|前一|上){_ITEM}(?:问题)?|往?(?:后退|回退|退一步|返回上一步|返回)",
    ),
    (
        Order.CHANGE,
        r"(?:改|修改|更改|重填|重答|看)(?:一下|下|改|一改)?(?:我)?(?:前面|之前|刚才|上面|已经)?(?:答|填|说)?过?(?:的)?(?:自测)?(?:的)?(?:回答|答案|内容|情况)|(?:前面|刚才|之前)?(?:有)?(?:答|填|选|说|写)错",
    ),
    (
        Order.FINISH,
        r"(?:直接|先)?(?:看|出|给|要|告诉我)(?:一下|下|我)?(?:自测)?(?:的)?结果|(?:剩下|后面|其余|别)的?(?:都)?(?:不|别)(?:答|填|问)|就这些|结果(?:呢|是什么)",
    ),
    (Order.KEEP, r"(?:都)?(?:不变|不用改|不改|照旧|维持原样|还是(?:原来|刚才)的?(?:答案|回答)?)"),
    (Order.AGAIN, r"(?:重新|再)(?:测|做|来)(?:一)?(?:次|遍|下)?(?:自测)?|从头(?:再)?(?:测|来|开始)"),
    (
        Order.WHY,
        r"(?P<named>[^，,。？?]{0,20}?)(?:我)?(?:还|都|到底|究竟)?(?:差|缺|少)(?:哪|什|啥|点|些|在)[^，,。]{0,6}|(?P<named2>[^，,。？?]{0,20}?)(?:为什么|为啥|咋|怎么|凭什么|凭啥)(?:就)?(?:会|是|说)?(?:我)?(?:不行|不符合|不够|不能|没过|待定|不算|没通过|过不了|不合格|不满足|定不了)[^，,。]{0,6}|(?:是)?哪(?:一)?(?:条|里|项|点|些)(?:条件)?(?:不|没)(?:行|符合|够|满足|过|达到)|(?:怎么|怎样|咋)(?:样)?才(?:能)?(?:行|符合|够|满足|达到|通过)",
    ),
    (Order.MATERIALS, r"材料核对|核对(?:一下)?材料|(?:看|查)?(?:一下)?材料(?:清单)?(?:齐不齐|够不够)?"),
)
_COMPILED = tuple((order, re.compile(pattern)) for order, pattern in _PLAIN)
_CHANGES = re.compile(
    r"^(?:改|修改|更改|更正|重填|重答)(?:一下|下|改)?|(?:说|填|答|选|写|报|算|搞|弄|打)错|(?:改成|改为|换成|更正为|应该是)|(?:不对|不准|有误)[，,]"
)
_OF_UNITS: tuple[tuple[str, str], ...] = (
    (r"人数|几个人|员工数", "人"),
    (r"次数", "次"),
)
_OF_TYPES: tuple[tuple[str, frozenset[FactType]], ...] = (
    (r"销售额|营业额|流水|收入|金额|房租|租金|钱数|资产", frozenset({FactType.MONEY})),
    (r"日期|时间|哪天|开业(?:时间|日)|成立(?:时间|日)", frozenset({FactType.DATE})),
    (r"地区|地方|登记地|位置", frozenset({FactType.REGION})),
)


def of(text: str) -> tuple[Order, str] | None:
    """The order that the words give, and nothing else; with the policy it names, if any."""
    bare = _END.sub("", text.strip())
    if not bare or len(bare) > LONGEST:
        return None
    for said in dict.fromkeys((bare, _END.sub("", _LEAD.sub("", bare)))):
        for order, pattern in _COMPILED:
            if match := pattern.fullmatch(said):
                groups = match.groupdict()
                return order, (groups.get("named") or groups.get("named2") or "").strip("的")
    return None


def changed(text: str, engine: Engine, names: Collection[str]) -> list[str]:
    """The answers that the words want to change: 改一下人数, 人数说错了是5个; none where they do not say so."""
    if not _CHANGES.search(_LEAD.sub("", text.strip())):
        return []
    scored = {name: _likeness(text, engine, name) for name in names}
    best = max(scored.values(), default=0)
    return [name for name, score in scored.items() if score == best] if best >= 2 else []


def _likeness(text: str, engine: Engine, name: str) -> int:
    """How plainly a fact is named: by its label, by how people call it, by its kind."""
    fact = engine.vocabulary[name]
    score = 0
    if fact.label in text:
        score = 10 + len(fact.label)
    saying = engine.book.sayings.get(name)
    if saying and any(re.search(cue, text) for cue in saying.cues):
        score = max(score, 4)
    for pattern, unit in _OF_UNITS:
        if fact.unit == unit and re.search(pattern, text):
            score = max(score, 3 + (name == "employees"))
    for pattern, kinds in _OF_TYPES:
        if fact.type in kinds and re.search(pattern, text):
            score = max(score, 3)
    shared = max((len(one) for one in _pieces(fact.label) if one in text), default=0)
    return max(score, shared)


def _pieces(label: str) -> Iterator[str]:
    for length in range(len(label), 1, -1):
        yield from (label[at : at + length] for at in range(len(label) - length + 1))
