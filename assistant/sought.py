"""What kind of thing a question asks for (a sum, a time, a place, a count, names), and whether a clause offers one.

A clause that is about the matter but holds no sum does not answer how much: a sign for answerability, and where the
thing asked for is plainly named (几课时, 哪几家银行, 罚多少) and stands in no clause, the answer says that it is not there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.comparable_figures import figures
from knowledge import places, several, words

_NUMBER = r"[\d一二三四五六七八九十百千两半]"


class Sought(StrEnum):
    SUM = "金额"
    TIME = "时间"
    PLACE = "地点或者联系方式"


_ASKS = {
    Sought.SUM: re.compile(
        r"(?:多少|好多|几多|几个|几|么子|啥|什么)(?:钱|块|元|银|米|利息|利率|比例|额度|费)|(?:罚|补|收|交|缴|赔|给|退|扣|奖|领|贷)"
        r"(?:我|咱|你|款)?(?:得|个|到)?(?:多少|好多|几多|几)(?!天|日|月|年|时间|人|次|份|样|种)|"
        r"(?:补贴|额度|标准|罚款|收费|利率|费用|起征点|上限)(?:是|有)?(?:多少|好多|几多|咋算|怎么算|么样算|怎么定)|百分之几|几个点|多大力度"
    ),
    Sought.TIME: re.compile(
        r"(?:多少|好多|几多|几)个?(?:天|日|月|年|工作日|小时|钟头|周|星期)|多久|多长时间|好久|几时|啥时|什么时候|么时候|么时候|何时|哪天|哪年|"
        r"期限|截止|到期|啥辰光|嘛时候|几号"
    ),
    Sought.PLACE: re.compile(
        r"(?:在|到|去|上|往)(?:哪|边度|何处|啥地方|什么地方|么位置|么地方)|哪个(?:窗口|大厅|地方|部门|单位)|哪里(?:办|申请|领|交|报|查|投诉)|地址|电话|网址|网站|号码|"
        r"二维码|公众号|小程序"
    ),
}
_OFFERS = {
    Sought.SUM: re.compile(
        rf"{_NUMBER}\s*(?:元|万|亿|%|％|倍|折|成|个百分点|基点)|百分之{_NUMBER}|免费|不收取|不得收|免征|免收"
    ),
    Sought.TIME: re.compile(
        rf"{_NUMBER}\s*(?:个?(?:工作日|自然日|月|星期|小时)|日|天|年|周|时)|当场|即时|当日|立即|届满|之日起"
    ),
    Sought.PLACE: re.compile(
        r"窗口|大厅|中心|所在地|街道|乡镇|网|平台|电话|地址|邮寄|部门|机关|机构|局|法院|仲裁|委员会|人民政府|小程序|热线"
    ),
}


def sought(question: str) -> frozenset[Sought]:
    """Nothing, where a question asks whether, how or why."""
    return frozenset(kind for kind, pattern in _ASKS.items() if pattern.search(question))


def offered(kinds: Iterable[Sought], text: str) -> frozenset[Sought]:
    return frozenset(kind for kind in kinds if _OFFERS[kind].search(text))


@dataclass(frozen=True, slots=True)
class _Particular:
    """A thing asked for in so many words, and what a clause that tells it must have."""

    name: str
    asks: re.Pattern[str]
    tells: re.Pattern[str]
    only_shown: bool = False
    """Whether only the clauses that would be shown tell it, not others of their document."""


_MANY = r"(?:几|多少|好多|几多|多小|几许)"
_NUMBER_OF = r"(?:[\d一二三四五六七八九十百千两半]+)\s*"
_UNITS = (
    ("人数", r"(?:个人|个?名|位|人(?!员|家|社|民))", r"(?:个?人|名|位)"),
    ("课时", r"(?:个?课时|个?学时|节课?|堂课?)", r"(?:个?课时|个?学时|节|堂)"),
    ("分贝数", r"分贝", r"分贝"),
    ("尺寸", r"(?:寸|厘米|公分|毫米)", r"(?:寸|厘米|公分|毫米|cm|mm)"),
    ("距离或者尺寸", r"(?:米|公里)(?!面|粉|饭|酒)", r"(?:米|公里)"),
    ("面积", r"个?(?:平(?:方米|方|米)?|方)(?=$|[，,。？?才以算够嘛吗呢的啊行])", r"(?:平方米|平米|平)"),
    ("台数", r"(?:台|部)(?!门|分)", r"(?:台|部)(?!门|分)"),
    ("户数", r"(?:户|家)(?!庭|里|店人)", r"(?:余)?(?:户|家)|个(?:[\u4e00-\u9fff]{0,3}店|网点|单位|企业)"),
    ("年龄", r"(?:岁|周岁)", r"(?:周?岁)|劳动年龄|退休"),
    ("次数", r"(?:次|回(?!复|应|访)|遍|期)(?!能|到)", r"(?:次|回|遍|期)|每年|每季|一事一"),
    ("张数", r"(?:张|页)", r"(?:张|页)"),
    (
        "个数",
        r"(?:个|处|间)(?=$|[，,。？?呢啊吗]|铺|店|地址|摊|名额|证|照)(?!月|工作日|人)",
        r"(?:个|处|间)(?!月|工作日|人)",
    ),
    ("份数", r"份(?!额|量|子)", r"份"),
    ("度数", r"度(?!电)", r"(?:度|℃)"),
    ("分值", r"分(?=$|[，,。？?才以算够])(?!钟|之)", r"分(?!之|钟)"),
)
_OWNERS = r"(?:机构|银行|医院|公司|学校|中介|基地|园区|路段|街|社区|网点|平台|专家|店|厂家|单位)"
_AMOUNTS = "税|罚|违约金|罚息|押金|停车|预算|体检|物业|水费|电费|装修|会费|定金|保证金|工资|年薪|评估费|审计费|评审费|学费|报名费|运费|邮费|快递费|加盟费|版权费|平台费|公证费|刻章|公章"
_HOW_MUCH_OF = r"(?:(?!电话|座机|号码|热线)[^，,。？?；;\s罚补赔奖]){0,8}(?:多少|好多|几多|几个?(?=钱|块|元|点)|多小)"
_QUOTED = "报价利率|基准利率|存款利率|LPR|lpr|汇率|价格|行情|市价|均价|油价|最低工资|缴费基数|物价指数"
"""What somebody outside sets anew from time to time; a rule only refers to it."""
_EVENTS = "开班|开课|上课|开讲|举办|招聘会|展会|展销会|比赛|大赛|考试|培训班|下一?期|讲座|说明会|面试|摇号|开业典礼"
_WHEN = r"(?:哪一?天|几号|几月几|几时|何时|多会儿|(?:什么|啥|么|嘛)时候|啥辰光)"


def _counted() -> Iterator[_Particular]:
    for name, asked, told in _UNITS:
        yield _Particular(name, re.compile(f"(?<!分){_MANY}{asked}"), re.compile(f"{_NUMBER_OF}{told}"))


_PARTICULARS = (
    _Particular(
        "具体是哪几家、叫什么",
        re.compile(rf"{_OWNERS}[^，,。？?]{{0,4}}(?:(?:都?有|是|包括|分别是?)(?:哪(?!里|儿)|名单)|叫(?:什么|啥|么))|{_OWNERS}[^，,。？?]{{0,3}}(?:名单|名录|清单)|(?:哪几[家个条所]|哪些|哪几)(?:经办|定点|合作|担保|培训|见习|指定|认定)?(?:的)?{_OWNERS}|哪个(?:银行|医院|律师|学校|讲师|老师|公司)"),
        re.compile(rf"[\u4e00-\u9fff]{{2,}}{_OWNERS}、[\u4e00-\u9fff]{{2,}}{_OWNERS}|名单(?:如下|：)"),
    ),
    *_counted(),
    _Particular(
        "人的姓名",
        re.compile(r"(?:局长|主任|科长|处长|所长|书记|经理|专员|负责人|联系人|讲师|老师|律师|经办人|院长|站长|组长)(?:是谁|是哪个|是哪位|叫(?:什么|啥|么)|姓(?:什么|啥|么)|的?(?:名字|姓名))"),
        re.compile(r"(?:联系人|负责人|局长|主任)[：:]"),
    ),
    _Particular(
        "门牌地址",
        re.compile(r"(?:哪|什么|啥)(?:条|个)?(?:路|街|巷|楼|村)(?!段)|门牌|具体(?:地址|位置)|哪栋|在第?几(?:层|楼|栋)|第几(?:层|楼|栋)|几楼"),
        re.compile(r"[\u4e00-\u9fff]{1,8}(?:路|街|巷|道)\d+号|[一二三四五六七八九十\d]+(?:楼|层|号楼)"),
    ),
    _Particular(
        "具体日期",
        re.compile(rf"(?:{_EVENTS})[^，,。？?]{{0,8}}{_WHEN}|{_WHEN}[^，,。？?]{{0,5}}(?:{_EVENTS})"),
        re.compile(r"\d+月\d*日?|每周[一二三四五六日]"),
    ),
    _Particular(
        "从哪一天起算",
        re.compile(r"(?:从|打|自|由|按)(?:哪|什么|啥|何)[^，,。？?]{0,6}(?:起|算|开始|数)|(?:哪一?天|何时|啥时候|什么时候)(?:开始|起)?(?:起算|算起|开始算|起头)|起算(?:点|日)?(?:是|怎|咋|如何)"),
        re.compile(r"之日起|日起|起算|届满|期满|当[日天月年]|次[日月年]"),
        only_shown=True,
    ),
    _Particular(
        "能顺延、延长多久",
        re.compile(r"(?:顺延|延长|延期|宽限|推迟|往后推|缓)[^，,。？?]{0,6}(?:多少|几|多久|到哪|到什么)"),
        re.compile(rf"(?:顺延|延长|延期|宽限|推迟|展期|缓[缴交])[^，。；]{{0,20}}{_NUMBER_OF}"),
    ),
    _Particular(
        "现在的数值",
        re.compile(rf"(?:{_QUOTED})(?:现在|目前|眼下|今天|当前|最新|这个?月|今年|如今|到底|究竟|一般)+[^，,。？?]{{0,5}}(?:多少|几|啥数)|(?:现在|目前|眼下|今天|当前|最新|这个?月|如今)的?[^，,。？?补贷]{{0,12}}(?:{_QUOTED})(?:是|为|有)?(?:多少|几)"),
        re.compile(rf"(?:{_QUOTED})[^，。；、]{{0,4}}(?:为|是|：)\s*[\d.]+"),
        only_shown=True,
    ),
    _Particular(
        "以后会怎么变",
        re.compile(r"(?:明年|后年|下半年|来年|往后|将来|今后|下一?年|以后)[^，,。？?]{0,14}(?:会不会|是不是要?|会|要)再?(?:涨|降|变|改|调|取消|停|提高|减少|加[到钱码])"),
        re.compile(r"分年(?:提高|降低)|逐年(?:提高|降低|递)|自20\d\d年[^。；]{0,12}(?:提高|降低|调整)"),
        only_shown=True,
    ),
    _Particular(
        "收不收费",
        re.compile(r"(?:是否|要不要|收不收|用不用|要唔要|需不需要|需要)(?:另外?|再)?(?:收|交|缴|给|出)?(?:取|纳)?(?:费|钱)(?!用?支)|收费(?:吗|不|么|没)|(?:要|收)钱(?:吗|不|么)"),
        re.compile(r"费|钱|元|免"),
    ),
    _Particular(
        "条件",
        re.compile(r"(?:什么|啥|么子|哪些|哪几[个项条]|何种|怎样的)(?:样的?)?(?:硬性|基本|申[报请])?条件|条件(?:是|有|要|包括)?(?:什么|啥|么子|哪些)|[具备符合满足]{2}(?:什么|啥|哪些)"),
        re.compile(r"具备|满足(?![^，。；]{0,8}条件)|(?<!更加)(?<!更)符合(?![^，。；]{0,14}(?:条件|特点|实际|需[要求]|精神))|满[\d一二三四五六七八九十半]|属于|有?下列|必须|未被|未列入|(?:年|月|元|人|%|岁)以[上下]|条件[：:]|(?:对象|范围)[是为：:]|的，(?:可以|给予|予以|应当|免)|适用(?:于|本)"),
    ),
    _Particular("网址", re.compile(r"网址|网站(?:是|地址|链接)|链接(?:是|在|发)|二维码|小程序(?:叫|是)"), re.compile(r"网|平台|小程序|http")),
    _Particular("颜色", re.compile(r"(?:什么|啥|么子?|哪种|哪些)颜?色"), re.compile(r"颜色|色")),
)  # fmt: skip
_ASKS_PLAINLY = {
    Sought.SUM: re.compile(
        r"(?:多少|好多|几多|多小)(?:钱|块|元|银|利息|利率|比例|额度|费)|百分之几|几个点|几成(?!型)|几毛|几块"
        r"|(?:罚|补|收|交|缴|赔|给|退|扣|奖|领|贷|报)(?:我|咱|你|款)?(?:得|个|到|销)?(?:多少|好多|几多)(?!天|日|月|年|时间|人|次|份|样|种|材料|资料|东西)"
    ),
    Sought.TIME: re.compile(
        r"(?:多少|好多|几多|几)个?(?:天|日(?!子)|月|年|工作日|小时|钟头|周|星期|礼拜)|多久|多长时间|好久|几号|几点(?!钱)"
    ),
}
"""Where nothing but a sum, or a time, would answer: 到期怎么办 and 什么时候要担保 may be answered without one."""
_OFFERS_TOO = {
    Sought.SUM: re.compile(r"不收费|全免|不予行政处罚|财政承担|免除|减免|由.{2,8}承担|双倍|分之|利率|返还|退还|罚款"),
    Sought.TIME: re.compile(r"每年|每季|每月|按季|按月|半年|长期|永久|当天|\d+[:：]\d+|\d+月"),
}
_AMOUNT_OF = re.compile(rf"(?P<what>{_AMOUNTS}){_HOW_MUCH_OF}|{_MANY}(?:钱|块|元)?(?:的)?(?P<of>{_AMOUNTS})")
_FEE = re.compile(
    rf"(?:收|交|缴|要|付)(?:我|你|俺|咱)?{_MANY}(?:钱|块|元)?的?(?P<of>[\u4e00-\u9fff]{{2}})[费废](?![用者])"
    rf"|(?P<what>(?<![收免缴付交经浪])[\u4e00-\u9fff]{{2}})[费废](?:是|要|得|收|交|一?(?:个|每)?[年月天次户])*{_MANY}(?!.{{0,6}}[补报贴])"
    r"|(?P<whose>(?<![收免缴付交经浪])[\u4e00-\u9fff]{2})[费废]用?(?:是|由|归|得|要)?(?:谁|哪个|哪家)来?(?:出|掏|付|管|承担|报)"
)
"""Any other fee that somebody is to pay: 管理费."""
_FREE = re.compile(r"不收取|不收费|免费|一律免|全免|费用由")
_OFFICE_LINE = re.compile(r"^(?:收费标准|单位|层级|项目|内容|地址)[：:]")
_SAID_OF = {"罚": r"罚款|处罚|罚息", "刻章": "公章|刻制"}


_ANOTHER = re.compile(r"[吗么嘛]$|[不没]得?[咯啊呀嘛]?$|([\u4e00-\u9fff])[不没]\1|多少|几|好多|多久|哪|谁|怎么|咋")
SHORTEST_PIECE = 4


def asks_more(question: str, texts: Iterable[str], shown: Iterable[str] = ()) -> bool:
    """Whether beside what is missing the message asks something, or has a figure confirmed, that the clauses do say."""
    clauses, kept = list(texts), list(shown)
    pieces = [one for one in re.split(r"[，,。；;？?！!\s]+", question) if len(one) >= SHORTEST_PIECE]
    rest = [one for one in pieces if not missing(one, clauses, kept)]
    known = figures("\n".join(kept or clauses)).keys()
    return len(rest) < len(pieces) and any(_ANOTHER.search(one) or figures(one).keys() & known for one in rest)


def missing(question: str, texts: Iterable[str], shown: Iterable[str] = ()) -> str:
    """What is asked for in so many words and stands in none of the clauses; nothing where it does, or is not plain.

    `shown`: of the clauses those that would be shown; all of them, where none are given.
    """
    clauses, kept = list(texts), list(shown)
    together, quoted = "\n".join(clauses), "\n".join(kept or clauses)
    for one in _PARTICULARS:
        if one.asks.search(question) and not one.tells.search(quoted if one.only_shown else together):
            return one.name
    if match := _AMOUNT_OF.search(question):
        what = match["what"] or match["of"]
        sentences = re.split(r"[。；;\n]", together)
        said = [one for one in sentences if re.search(_SAID_OF.get(what, what), one)]
        if not any(_OFFERS[Sought.SUM].search(one) or _OFFERS_TOO[Sought.SUM].search(one) for one in said):
            return "金额"
    if (match := _FEE.search(question)) and not _tells_of_fee(
        match["what"] or match["of"] or match["whose"], together, quoted
    ):
        return "收费的金额"
    if other := _also(question, together):
        return other
    for kind, pattern in _ASKS_PLAINLY.items():
        if pattern.search(question) and not (_OFFERS[kind].search(together) or _OFFERS_TOO[kind].search(together)):
            return kind.value
    return ""


def told_in(kinds: Iterable[Sought], text: str) -> bool:
    """Whether every kind of thing is offered, in figures or in words: 每年."""
    return all(_OFFERS[kind].search(text) or (kind in _OFFERS_TOO and _OFFERS_TOO[kind].search(text)) for kind in kinds)


def tells_particular(question: str, text: str) -> bool:
    """Whether one of the things named plainly is asked for, and stands there."""
    return any(one.asks.search(question) and one.tells.search(text) for one in _PARTICULARS)


def _tells_of_fee(what: str, together: str, quoted: str) -> bool:
    lines = [one for one in re.split(r"[。；;\n/]", quoted) if not _OFFICE_LINE.search(one.strip())]
    bears = re.compile(
        rf"{what}[^，,。；;]{{0,10}}费用|(?:负担|承担|支付)[^，,。；;]{{0,12}}{what}[^，,。；;]{{0,8}}费"
    )
    return f"{what}费" in together or bool(bears.search(together)) or any(_FREE.search(one) for one in lines)


_DAY_OF_APPLYING = re.compile(
    r"(?:[几何啥]时|(?:什么|啥|么|嘛)时候|几月份?|几号|哪个?月|哪天)[^，。？?]{0,5}(?:报(?!销)|申|交|递|提交|受理)"
    r"|(?:申报|申请|受理|交材料|递材料|报)[^，。？?]{0,4}(?:[几何啥]时|(?:什么|啥|么)时候|几月|几号|哪个?月|哪天)"
)
_DAY_TOLD = re.compile(r"\d+月(?!内)\d*|每年|每季|季度|首月|之日起|届满|期满|随时|任何时间|常年|全年")


def lacks_the_day(question: str, text: str) -> bool:
    """Whether it is asked when to apply, and the words do not say."""
    return _DAY_OF_APPLYING.search(question) is not None and _DAY_TOLD.search(text) is None


def asks_the_day(question: str) -> bool:
    return _DAY_OF_APPLYING.search(question) is not None


def tells_the_day(text: str) -> bool:
    return _DAY_TOLD.search(text) is not None


_ALSO = re.compile(
    r"(?:^|[，,；;。？?\s])(?:那么?|还有|另外)?(?P<what>[\u4e00-\u9fff、和跟]{2,14}?)(?:是不是|能不能|可不可以)?也(?:都)?(?:一样|能|可以|给|送|免|补|算|要|行|是|有|管|发|退)[^，,。]{0,6}(?:吗|么|不|没|吧|嘛|[?？]|$)"
)
"""那财务章、发票章也送不: whether what was said of one thing holds for another."""


_WHOSE = re.compile(r"[这那][边里儿]|我们|他们|人家|本地|当地")


def _also(question: str, text: str) -> str:
    """The other thing, where none of the clauses names it."""
    match = _ALSO.search(question)
    if match is None:
        return ""
    if places.named_in(match["what"]) or _WHOSE.search(match["what"]):
        return ""
    told = [one for one in words.cut(match["what"]) if len(one) > 1 and not several.names_nothing(one)][-1:]
    pairs = [word[at : at + 2] for word in told for at in range(len(word) - 1)]
    return f"“{match['what']}”" if pairs and not any(pair in text for pair in pairs) else ""


def offers_side(body: str, asked: str, kinds: frozenset[Sought]) -> bool:
    """A sum or a time where one is asked for; else a word of the question."""
    return kinds <= offered(kinds, body) if kinds else any(word in body for word in words.telling(asked))
