"""What people say about their business in passing, by patterns: shown to them, changeable, kept for this conversation only.

Health, family, faith and the like are never picked up.
"""

import re
from collections.abc import Iterator, Mapping

from assistant.events import Remembered
from assistant.state import REGION
from knowledge import places, regions
from knowledge.documents import Level

LABELS: Mapping[str, str] = {
    REGION: "地区",
    "entity": "主体类型",
    "trade": "行业",
    "stage": "经营阶段",
    "fact:headcount": "从业人数",
    "fact:no_messages": "联系意愿",
}
_ME = r"(?:我|咱|俺|偶|本人|我们|我家|自己)"
_TRADES = (
    "餐饮:餐馆|饭店|饭馆|餐厅|餐饮店?|面馆|粉店|小吃店?|早餐店?|早点|烧烤店?|火锅店?|奶茶店?|快餐店?|大排档|夜宵|食堂|熟食店?|咖啡店?|咖啡馆|卤菜店?|包子铺",
    "零售:超市|便利店|小卖部|杂货店|水果店|服装店|鞋店|文具店|五金店|烟酒店|母婴店|花店|药店|蔬菜店|菜店|手机店|百货店|书店|生鲜店",
    "网络经营:网店|淘宝店?|电商|直播带货|做直播|微店|拼多多店?",
    "居民服务:理发店?|美发店?|美容店?|美甲店?|洗衣店|家政|洗车店?|修车店?|汽修店?|修理店|开锁|按摩店?|足疗店?|宠物店|照相馆",
    "住宿:民宿|宾馆|旅馆|旅社|酒店|客栈",
    "教育培训:培训班|托管班?|托育|兴趣班|培训机构",
    "运输:货运|跑运输|搬家公司|快递点|快递站",
    "加工制造:加工厂|作坊|小厂|服装厂|家具厂",
)
_TRADE = tuple(
    (name, re.compile(rf"(?:{_ME}|开|做|经营|搞|干|有家?|[家个间])[^，。？?！!]{{0,8}}?(?P<said>{words})"))
    for name, _, words in (one.partition(":") for one in _TRADES)
)
_ENTITY = (
    (
        "个体工商户",
        re.compile(
            rf"{_ME}[^，。？?！!]{{0,6}}(?:是|属于|算|办的|开的)[^，。？?！!]{{0,4}}个体|^(?:我是)?个体(?:工商)?户[。,，]?$|{_ME}个体(?:工商)?户"
        ),
    ),
    (
        "企业",
        re.compile(
            rf"{_ME}[^，。？?！!]{{0,4}}(?:是|属于|开的?|有)[^，。？?！!转变]{{0,4}}(?:有限)?(?:公司|企业)(?!的?补)|{_ME}们?公司|^(?:我是)?(?:企业|公司)$"
        ),
    ),
    ("农民专业合作社", re.compile(rf"{_ME}[^，。？?！!]{{0,6}}合作社")),
)
_STAGE = (
    ("准备开业", re.compile(rf"{_ME}?(?:想|打算|准备|计划|正在筹备|要)(?:自己)?(?:再)?(?:开|办|做|搞)(?:个|一?家|一?间|点)[^，。？?！!]{{0,6}}(?:店|馆|铺|厅|公司|生意|摊|超市|民宿)|还没开业|筹备开业")),
    ("刚开业", re.compile(r"刚(?:刚)?(?:开|办|注册|拿)(?:了|的|下)?[^，。？?！!]{0,6}(?:店|馆|铺|厅|业|张|执照|公司|个体)|新开(?:了|的)")),
    ("经营中", re.compile(rf"{_ME}?(?:的?店)?(?:已经)?(?:开|干|经营|做)了(?:快|有)?[\d一二三四五六七八九十两几半]+(?:来|多)?(?:个月|年)")),
)  # fmt: skip
_HEADCOUNT = re.compile(
    r"(?:雇|请|招|用)了?(?P<n>\d{1,4}|[一二两三四五六七八九十])(?:个|名|位)?(?:人|员工|工人|伙计|帮工|服务员)|(?:店里|一共|总共|我们|公司)[有就共]*(?P<m>\d{1,4}|[一二两三四五六七八九十])(?:个|名|位)?(?:人|员工|工人|伙计)"
)
_HAN = {han: number for number, han in enumerate("零一二三四五六七八九十")} | {"两": 2}

_LIVES = r"(?:{me}|店|铺子?|摊子?|公司|户口|执照|登记|注册|人)[^，。？?！!]{{0,6}}(?:在|是)[^，。？?！!]{{0,3}}{place}|在{place}[^，。？?！!]{{0,6}}(?:开|做|经营|办|租|登记|注册)|(?:搬|迁|换|改)(?:到|去|成|为)了?[^，。？?！!]{{0,3}}{place}|(?:地区|位置)[^，。？?！!]{{0,4}}{place}|^{place}的?[。.]?$|^那?在?{place}呢[?？]?$"

_CORRECTED = (
    re.compile(r"不[是在](?P<old>[^，,。是在]{2,8})[，,。 ]?(?:而)?(?:我)?(?:是|在)(?P<new>[\u4e00-\u9fff]{2,12})"),
    re.compile(r"[是在](?P<new>[^，,。不是在]{2,8}?)(?:的|这边|那边)?[，, ]?(?:而)?不[是在][\u4e00-\u9fff]{2,8}"),
    re.compile(
        r"^(?:不对|(?:我)?(?:说|搞|弄|写|打)?错了?)[，, ]*(?:应该)?[是在]?(?P<new>[^，,。]{2,8}?)(?:的|这边|那边)?$"
    ),
)
"""不是武汉，是宜昌; 是宜昌，不是武汉; 说错了，宜昌的."""
_LEVELS: Mapping[str, Level] = {"县": Level.COUNTY, "区": Level.COUNTY, "市": Level.CITY, "省": Level.PROVINCE}
_LEVEL_ALONE = re.compile(
    r"(?:那|不对|错了)?[，, ]?(?:不是[省市县区国家全]{1,2}[里上]?的?[，, ]?)?(?:是)?(?:我)?(?:(?:说|问|指|讲)的是)?(?:我们?|咱们?|俺们?)?(?:这个?|本|当地)?(?P<level>[县区市省])(?:里面|里头|[里上内])(?:这边)?(?:的)?(?:规定|政策)?(?:呢|啊|吧)?"
)


_FORMER = re.compile(
    r"从[\u4e00-\u9fff]{2,6}?(?=回[\u4e00-\u9fff]{2})|从[\u4e00-\u9fff]{2,8}?(?:打工|务工|回来|回乡|过来|来的)"
    r"|在[\u4e00-\u9fff]{2,8}?(?:(?:打|务)过?工|[上念读](?:过|的|了)?(?:学|书|大学|大专|职高|技校)|(?:大学|专科|学校|技校)?毕业|当过?兵|服过?役|[上做干待住学打]过(?!年)[班的了]?)"
    r"|(?:以前|之前|原来|原先|从前|早年|过去)(?:是|都|一直)?在[\u4e00-\u9fff]{2,6}?(?=干|打工|上班|待)|[\u4e00-\u9fff]{2,6}(?:大学|学院|技校)(?=毕业|读|念|上)"
)
"""Where somebody worked, learned or was before."""


def without_former(text: str) -> str:
    """在宜昌打过工 says nothing of where somebody is now."""
    return _FORMER.sub("", text)


def region_said(text: str, region: str | None) -> str | None:
    """The place the person means as their own. Where none is known yet, the only one named counts."""
    text = without_former(text)
    named = places.named_in(text, near=region)
    if plain := _corrected(text, region) or _alone(text, region):
        return plain
    own = [code for code in named if _is_own(text, code)]
    if len(own) == 1 and len(named) == 1:
        return own[0]
    if region is None and len(named) == 1:
        return named[0]
    inside = [code for code in named if region and code != region and region in regions.chain(code)]
    return inside[0] if len(inside) == 1 and len(named) == 1 else None


def is_place_alone(text: str, region: str | None) -> bool:
    """Whether the words are nothing but a place, or put one right."""
    return (_corrected(text, region) or _alone(text, region)) is not None


def _alone(text: str, region: str | None) -> str | None:
    return places.named_alone(
        re.sub(r"^(?:那|那么|我在|在|我是|换成|改成)|(?:呢|吧|的|这边|那边|[。?？!！])+$", "", text), near=region
    )


def _corrected(text: str, region: str | None) -> str | None:
    for pattern in _CORRECTED:
        match = pattern.search(text)
        new = places.named_in(match["new"], near=region) if match else []
        if len(new) == 1:
            return new[0]
    return None


def level_said(text: str) -> Level | None:
    """我说的是我们县里: the place is meant by its level alone."""
    match = _LEVEL_ALONE.fullmatch(text.strip("。.!！?？ "))
    return _LEVELS[match["level"]] if match else None


def _is_own(text: str, code: str) -> bool:
    name = regions.name(code)
    forms = "|".join(map(re.escape, dict.fromkeys((name, regions.short_name(name)))))
    return re.search(_LIVES.format(me=_ME, place=f"(?:{forms})"), text) is not None


def of_region(code: str, said_in: int) -> Remembered:
    return Remembered(REGION, LABELS[REGION], code, regions.full_name(code), said_in)


def picked_up(text: str, known: Mapping[str, Remembered], said_in: int) -> Iterator[Remembered]:
    """Facts of the business that are new or have changed; the region apart."""
    for key, value in _found(text):
        if key not in known or known[key].value != value:
            yield Remembered(key, LABELS[key], value, f"{value}人" if key == "fact:headcount" else value, said_in)


def _found(text: str) -> Iterator[tuple[str, str]]:
    for key, table in (("entity", _ENTITY), ("stage", _STAGE), ("trade", _TRADE)):
        value = next((value for value, pattern in table if pattern.search(text)), None)
        if value:
            yield key, value
    match = _HEADCOUNT.search(text)
    if match:
        said = match["n"] or match["m"]
        yield "fact:headcount", str(_HAN.get(said, said))


def trade_said(text: str) -> str | None:
    """我说的是餐馆 names a trade."""
    return next((name for name, pattern in _TRADE if pattern.search(f"开{text}")), None)
