"""Which parts of a message tell something about the person's own business, now and for certain.

Questions, suppositions, hearsay, rules, wishes, doubts, the past and what is said of others
tell nothing. Some of these reach on over the parts that follow, until something ends them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Flag, auto

from assistant.hearing import people, taking_back

_NUMERAL = "0-9零一二两三四五六七八九十百千万"
_SEPARATOR = re.compile(
    rf"([。！!；;\n]|[？?]+|…+|\.{{2,}}|[：:])|[，,~～]|——|(?<![{_NUMERAL}])[、 ]|[、 ](?![{_NUMERAL}])"
)
_ASKED = re.compile(
    r"(?<!已)([\u4e00-\u9fff])不\1(?!动|时)|可以不|可不可以|(?:要|补|给|罚|交|贴|第|是|在|管|最[多少长短低高迟晚快]|拖到|改到|分|等|得)[^，]{0,3}(?<![们这那好])几(?![十百千万乎率])|(?<![好十前这那过头近没])几(?:天|个?工作日|号|点|时|钱|折|成)|好[多久大](?:钱|天|个|年|块|平|久|$)|边[个度]|点样|哪能|多[大久长高宽远快早]|行不行|会不会|要不要|算不算|用不用|该不该|得不得|好不好|多少|几多|怎么|怎样|咋|如何|为什么|为啥|凭什么|是不是|有没有|是否|难道|莫非|能否|可否|有无"
    r"|对不对|还是(?:没有?|不是?|没)(?=来着|啊|呀|呢|$)|几时|什么|啥|哪|谁|请问|吗$|吗(?=这|那|你)|么$|[伐罢莫]$|[么吗](?=[，,])|(?<=[^啊哦噢诶哎唉])不$|[了过好完]没$|[了过好完]没有$|[成行]不|还是不|有[^，没]{1,4}没(?:有)?$|区别|几个人?(?:起|才|以上)"
    r"|能(?:够)?(?:享受|申请|办|领|贷|批|减|免|补|拿|报|算)|可以(?:享受|申请|办|领|贷|减|免|补|拿)|才能|才可以|才行"
)
_SUPPOSED = re.compile(
    r"如果(?!方便|可以的话|行的话|有空)|(?<![主需重必只首])要是|假如|假设|倘若|若是|若(?![干])|(?<![\d一二两三四五六七八九十百千几])万一|比如|比方|例如|譬如|打个比方|的话$|的话(?=[，,])|举个例|一旦|除非|只要|就算|即使|即便|纵然|纵使|哪怕|倘|假使|假比|早知|但凡|[要若]真(?!的)|真要|就好了|[何不]至于|本该|(?:就|权|全)当(?![过了兵])|设想|设若|假定|(?:就|按|拿)[^，]{1,10}(?:来算|算给|给我算|算算)|恨不得|巴不得|只有.{0,10}才|换成|换作|换做|碰上|举例|示例|范例"
)
_HEARSAY = re.compile(
    r"听说|据说|^(?:都|老|非|硬)?说我们?(?=没|不|是|有|欠)|听[^，]{1,8}[说讲]|听(?:人|他|她|别|朋友|客户)|网上(?:说|讲|看)|有人[说讲发问]|人家[说讲]|都[说讲](?!了|好|清|妥|定|明|过|通|拢)|看到[说讲]|(?<!没)有(?!的|了)[^，我]{1,4}[说讲]|(?:中介|代办|律师|客服|支书|主任|主播|博主|网站|网页|页面|指南|公告|房东|老公|老婆|媳妇|家人|员工|伙计|店员|师傅|股东|客人|顾客|客户|网友|厂长|经理|领导|同行|主管)的?[人们]?(?:分享|留言|评论|发帖)?(?:那边|跟我|对我|都|也|还|老)*(?:[说讲](?!了算|好|妥|定|明|清|服)|告诉|通知我|提过)|个人[说讲]|新闻|(?:抖音|快手|公众号|短视频)(?![^，]{0,4}(?:卖|店|直播|带货|开|做|运营|拍|推广))|电视|媒体|报道|某(?:公司|企业|人|店|地|厂)|报纸|报上|(?:广告|传单|帖子|朋友圈|群里|群公告|横幅|公告栏|橱窗|推文|小程序|百度|知乎|小红书|论坛|贴吧|手册|政策解读|栏目|节目)[上里中]?[^，]{0,2}(?:写|说|讲|贴|登|发(?:的|布|帖|了)|提到|介绍)"
)
_RULE = re.compile(
    r"(?<!没人)(?<!没)(?<!没有)(?<!接到)(?<!收到)(?<!被)通知|文件(?!打印|夹|柜|袋)|规定|标准|政策|条例|法律|要求|条件[是要]|按理|原则上|理论上|一般(?:来说|的|都|是)|通常|必须|(?<![供相反响适感效对])应(?![届聘纳缴税收酬急付])(?!该)|(?<![不无没])需要(?!贷|借|[^，]{0,7}贷)|凡是|不得|所谓|指南|公告|细则|申请表|(?<!负债)(?<!利润)(?<!申报)(?<!报)表上|范本|模板|样本|宣传[单册页]|海报|答复|(?:根据|依据|依照)(?!我|自己)|告示|条款里|办法(?:里|上|规定|写)|条件(?:里|上|写)|门槛|名额|上限|下限|限额|额度|封顶"
)
_WISHED = re.compile(
    r"(?<!不)想(?!问|来|请教|咨询|了解|知道|查|申|着|到|不到|不通|起|必|法)|打算|准备(?!工作|好了|金)|计划(?!生育)|将来|(?:^|(?<=[，我们店]))以后|以后(?=要|再|想|会|打算|准备)|今后|往后|明年|后年|下个?月|下半年(?=[再要才])|下季度|下周|马上(?:要|就)(?![^，]{1,5}(?:了|过)$)|快要|即将|想着|考虑|琢磨|盘算|寻思|要去|正要|就要|将要|将会|争取|希望|盼|最好|目标是|预计|预期|预算|等[^，]{1,20}(?:再|就|才)|(?:以后|之后|完|了)(?:我们?)?再(?:去|来|办|申请|开|弄|报|说)|过几天|过段时间|回头|合计着|有意"
    r"|明天|后天|下周|下个?星期|(?<!没)(?<!有)去(?:办|注册|登记|申请|开)(?!了|过|的|年)|要(?:停业|歇业|关|搬|注销|转)|(?<![需主首只还不重没])要(?:开|办|招|请|租|雇|搬|转|注册|做|再|弄|盘)|再(?:招|请|雇|开|租)|不(?:想|愿意?|打算|准备)(?:再)?(?:开|办|当|做|注册|成立|登记|搞|租|招|请|雇)(?!了)"
)
_STILL = re.compile(
    r"(?:以前|原来|原先|过去|之前|从前|先前)(?=的?(?:那个?|那家)?(?:公司|单位|厂|老板|东家)[^，]*(?:着|还在|挂))|(?<=挂在)(?:以前|原来|原先)|(?<=还在)(?:以前|原来|原先)"
)
"""Still with the company of before is no matter of the past."""
_NO_QUESTION = re.compile(
    r"(?:窗口|他们|工作人员|登记机关)[^，]{0,6}(?:告诉|告知|说)[^，]{0,6}(?:什么|啥|哪些?)|(?:谈|商量|说|定|讲|约)(?:妥|好|定|拢|清楚)了?[^，]{0,4}(?:怎么|如何|什么|哪|几|多少)|(?<!有)没(?:有)?[^，]{0,7}?(?:什么|啥|哪|谁)|(?:没有?|未)(?:写|说|讲|定|约定?|提|告诉|注明)[^，]{0,6}(?:几时|何时|多久|多少|怎么)|(?:怎么|如何|什么|多少|哪天|几时|何时)[^，]{0,10}(?:没有?|未|只字[未没不])(?:写|说|讲|定|约定?|提|谈|注明)|(?:什么|啥|谁|哪)[^，]{0,5}?(?:也|都)|(?:写明?|注明|告诉|说明)(?:了|着|我|的)*(?:可以|能)|[不没](?:怎么|咋)|(?<!有)没(?:有)?(?:多少|几[个人天])|不(?:用|需要|必|要)[^，]{0,2}(?:什么|啥|哪|谁)"
)
_REQUESTED = re.compile(
    r"^(?:麻烦)?请(?!了|的|过|来|人|工|帮工|员|个|两|三|四|五|六|一|\d)|(?<!没)(?<!不)(?<!没有)(?:帮|给|替)我(?!们|外甥|侄|弟|妹|哥|姐|儿|女|老婆|老公|媳妇|爸|妈|表|堂|开|交|付|结|留|打工|做|干|上班|看店|带|管|的|遮|占|堵|挡|罚|扣|收|拆|停|封)(?![^，]{1,3}(?:了|的|过|好|完)(?!吧|吗|$))|(?<![跟给和同])[你您侬](?!好)"
)
_TO_YOU = re.compile(r"(?:跟|给|和|同)[你您](?:们)?[说讲]")
_HEDGED = re.compile(
    r"好像|可能|也许|或许|说不定|不确定|没准|保不齐|搞不好|似乎|拿不准|应该(?!交|缴|付)|大概(?:是|算|率)|估计|估摸|印象中|印象里|貌似|不一定|未必|吃不准|有时|看情况|不固定|不一样|不等(?=$)|一半一半|(?:我|俺)(?:可|也|又|从来|并)*(?:没有?|不曾)[说讲](?:过)?(?![好清明定死完的过]|$)|不是[说讲](?=我|不|没|是|有)|不(?:代表|等于|意味|见得)|谁[说讲]|还(?![在没不有要欠剩差得是几\d一二两三四五六七八九十])[^，]{2,7}(?<!着)呢$|好似|像是|怕是|恐怕|不知(?:道|$)|不晓得|不清楚|不太清|搞不清|弄不清|记不[得清太]|^(?:我|都|也|就|有点)*忘了?(?:是|多|几|哪|什么|具体|$)|具体[^，]{0,4}忘|记得是?|算是?.{0,12}吧$|不敢说|说不[上好清准]|没数|没算过|谈不上|勉强|差不多算|等于是|或者|要么|反正不|来着$|才怪$|原定|原计划|本打算|^(?:别|不要|少|甭)(?:跟|和|给)?我?(?:说|讲|提|扯)|没(?:有的|这回|那回)事|是假的|是骗人|谣言|谣传|不属实|差点(?!忘)|差一点|险些|(?<!员)还没(?:最后)?(?:定|谈妥|谈好|敲定|说定)(?:下来|好)?$"
)
_SOFTENED = re.compile(
    r"应该|好像|可能|也许|或许|大概|估计|估摸着?|似乎|貌似|恐怕|怕是|勉强|差不多|印象中|没准|算(?=是|不)"
)
_PAST = re.compile(
    r"(?:上班|打工|干活|做工|任职|就职|在职)(?:的时候|那时|那会|那[几两三]年|期间|时)|(?<![日号月底末])(?<![\d一二两三四五六七八九十]天)以前|往年|往常|从前|原来|原先|(?<![搬送转打拿寄走交递发调换带说看跑])过去(?!就|[一二两三四五六七八九十百\d]+米)|曾经|曾(?=是|有|在|当|做|开|获|因|被|受|办|领|借|享)|当年|当时|那时候?|早先|早年|那会儿?|那阵|那一?年(?!内|起)|那[几两三]天|那段|小时候|年轻[时那]|(?:疫情|春节|国庆|节日|假期|过年|暑假|寒假)(?:期间|那(?!天)|的?时候|里)|(?<![日号月底末])(?<![\d一二两三四五六七八九十]天)之前|先前|前些年|早些年|上家|上一?[个家处](?:店面?|铺面?|门面|地方|场地)|前(?:东家|公司|单位|雇主)|老东家|老店|最早|最初|起初|(?<![没未])(?<!没有)(?<!从来没)(?:请|雇|招|用|租|开)过(?!店|业)|刚开始(?=的时候|那|只|就|是|才)|一开始|本来|生前|第一[次回家](?:是|在)*(?:大前年|前年|去年|\d{2,4}年)|最[多好旺忙火少差高低](?:的|那)(?:时候|一?阵|一年|那年|几年|月)|[旺淡忙闲]季|[忙闲](?:的时候|时|起来)|高峰|前几年|头几年|早几年|好些年前|(?<!毕业)[一二两三四五六七八九十几多好\d]+年(?:以)?前(?!开|办|注册|成立|年)"
)
_NOW = re.compile(
    r"现在|而今|目前|如今|眼下|这[回次趟]|平时|平常|常年|固定|这会儿?|后来|今年|当前|这才|已经|才|刚|去年|前年|\d{2,4}年|上个?月|(?:好|完|过|到|上|妥)了"
)
_OURS = re.compile(
    r"我|房租|店租|铺租|决定书|(?:公示|收到|拿到)的(?=$|[，,。])|^(?:那|就|只|先)*(?:想|打算|准备|要|计划)(?:申请|贷|借)|本(?:月|季|期|店|厂)|这个?(?:月|季)|咱|本人|自己|自家|[店厂]里|公司里|现在|目前|刚(?!毕业)|已经|去年|今年|前年|上个?月|(?<![除为])了(?!解)|过(?=$|[，,。、 ]|一次|两次|年报)|着呢|(?:招|请|雇|聘)的(?:人|员工|工人|伙计|那|这)[^，]{0,4}是[^，]*的(?=$|[，,。])|(?:公司|店|厂)?(?:注册|登记|开)在[\u4e00-\u9fff]{2,8}[市县区]|(?:开|办|领|拿|做|干|招|租|贷|交|搬|缴|发|签|批|盘|登记|注册|成立)的(?=$|[，,。])"
)
"""Something in the message is about the one who writes; a question without it is about people in general."""
_ASKS_OF_US = re.compile(
    r"^((?:那|像|就是)?(?:我|咱|本人)(?!这种|这样|要是|想|打算|准备)[^，]*?(?:是|有|了|过|没|的|在|现在|目前|已经)[^，]*?)"
    r"(?:能不能|可不可以|要不要|用不用|需不需要|该不该|会不会|算不算|符不符合|能(?=享受|申请|办|领|贷|减|免|补|拿|报|不)|可以(?=享受|申请|办|领|贷|减|免|补|拿|先)|该怎么|怎么|如何|有没有|有什么|有啥|会怎|会被|还要|还能|算什么|算啥|属于哪|属于什么|要交|需要|多久|什么时候)"
)
"""我招了两个人能补多少: the first half tells, the second asks."""


_PUT_OFF = re.compile(r"(?:得|要|去|再|回去|先|让我)(?:[^，]{0,2})(?:问|查|看看|数|算|核|翻)")
UNSURE = re.compile(r"不知道|不清楚|不晓得|说不[上好清]|忘了|记不[得清]|不确定|搞不清|不太清楚")
"""An answer that is none."""


class Stance(Flag):
    """What keeps a part of a message from telling something; nothing at all: it tells."""

    TOLD = 0
    ASKED = auto()
    SUPPOSED = auto()
    HEARSAY = auto()
    RULE = auto()
    REQUESTED = auto()
    WISHED = auto()
    OF_OTHERS = auto()
    OF_THEM = auto()
    """Of him, her or them: of somebody else, or of those we hired."""
    OF_PARTIES = auto()
    """Of the other side of a deal, the one before us, who keeps our books: 对方, 上一个租客, 会计那边."""
    HEDGED = auto()
    PAST = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of the message, and how it is meant."""

    text: str
    stance: Stance
    corrects: bool
    """It takes back what was said before."""
    rechecks: bool
    """What follows stands in the place of what was said of the same thing: 我查了一下."""
    opens: bool
    """It begins a sentence."""
    of_staff: bool
    """Of somebody hired, who was spoken of before: 招的那位失业快一年了，登记失业十个月."""
    renews: bool
    """It says how it is now, or in truth, after what was said before: 现在, 后来, 其实."""


def parts(text: str) -> Iterator[Part]:
    """Every clause with its stance; suppositions, hearsay, others and wishes reach on within their sentence."""
    clauses = list(_told_first(_with_topics(_clauses(taking_back.MIDWAY.sub(r"，\1，", text)))))
    asks = any(end.startswith(("？", "?")) or _asks(clause) for clause, end in clauses)
    general = Stance.ASKED if asks and not _OURS.search(text) else Stance.TOLD
    lasting, opens, corrected, hires, of_staff = general, True, 0, False, False
    quoted = Stance.TOLD
    for clause, end in clauses:
        if opens:
            quoted = Stance.TOLD
            lasting &= Stance.OF_OTHERS | Stance.OF_THEM | general
        if people.OURSELVES.match(clause):
            lasting &= general | ~Stance.ASKED
            lasting &= ~(Stance.OF_OTHERS | Stance.OF_THEM | Stance.OF_PARTIES | Stance.HEARSAY | Stance.RULE)
        if people.I_AM.match(clause):
            lasting &= ~Stance.WISHED
        if people.AT_HOME.match(clause):
            lasting &= ~(Stance.OF_PARTIES | Stance.RULE)
        if _NOW.search(clause):
            lasting &= ~(Stance.PAST | Stance.WISHED)
        corrects = bool(taking_back.CORRECTED.search(clause))
        bare = taking_back.CORRECTED.sub("", clause) if corrects else clause
        hires = hires or bool(people.HIRED.search(clause))
        of_staff = bool(people.STAFF.match(clause)) or (of_staff and not opens and not people.OURSELVES.match(clause))
        whose = people.PRONOUN.sub("", bare) if hires else bare
        alone = _stance(whose.replace("应该是", "是") if corrected else whose, asked=end.startswith(("？", "?")))
        renews = bool(taking_back.RENEWS.match(clause))
        yield Part(
            clause,
            alone | lasting | quoted,
            corrects,
            bool(taking_back.RECHECKED.search(clause)),
            opens,
            of_staff,
            renews,
        )
        lasting |= (alone & _reach(clause)) | (Stance.ASKED if _ASKS_ON.match(clause) else Stance.TOLD)
        if _quotes(clause, alone, end):
            quoted = Stance.HEARSAY
        opens, corrected = end not in _COLONS and bool(end), _EXPLAINED if corrects else max(0, corrected - 1)


def _quotes(clause: str, how: Stance, end: str) -> bool:
    """What follows is said of the one who says it: 客户回我：我们是小规模; 有个客户跟我讲，我们是小规模."""
    if end not in _COLONS:
        return bool(people.SAYS.search(clause))
    of_them = Stance.OF_OTHERS | Stance.OF_PARTIES | Stance.HEARSAY | Stance.OF_THEM
    return bool((how | _stance(f"{clause}自己说", asked=False)) & of_them) or bool(_EXAMPLE.search(clause))


def is_open(clause: str) -> bool:
    """It asks or supposes something, or states a rule."""
    rule = Stance.RULE if len(clause) > _WORD_OR_TWO else Stance.TOLD
    return bool(_stance(clause, asked=False) & (Stance.ASKED | Stance.SUPPOSED | Stance.HEARSAY | rule))


def is_put_off(text: str) -> bool:
    """我得问问我老婆: whatever was said before does not stand yet."""
    return bool(_PUT_OFF.search(text))


def doubts(answer: str) -> Stance:
    """A bare answer that is no plain one: 有时候三个, 最多的时候十个, 可能是五月."""
    return _stance(answer, asked=False) & (Stance.HEDGED | Stance.PAST)


def without_doubt(answer: str) -> str:
    """应该算是吧 → 算是."""
    return _SOFTENED.sub("", answer).removesuffix("吧").strip("，, ")


_ASKS_ON = re.compile(r"^(?:难道|莫非|是不是|谁说|会不会是?)")
"""是不是没生意，门关了: one question."""


_THEN_WANTS = re.compile(
    r"^([^，]*?(?:没|未|了|着|过)[^，]{1,6}?)(就想|就要|就打算|想(?=注销|申请|办|贷|转))(?=[^，]{2})"
)
"""罚款还没交完就想注销: the first half is so, the second is wanted."""


def _told_first(clauses: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What a question takes for granted about us comes as a clause of its own."""
    for clause, end in clauses:
        match = _ASKS_OF_US.match(clause) or _THEN_WANTS.match(clause)
        if match and not _ASKED.search(match[1]) and not _WISHED.search(match[1]):
            yield match[1], ""
            yield clause[match.end(1) :], end
        else:
            yield clause, end


def _with_topics(clauses: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """贷款？没有: what was asked back is what the answer is about."""
    topic = ""
    for clause, end in clauses:
        if end in {"？", "?"} and len(clause) <= _TOPIC and not _asks(clause) and not topic:
            topic = clause
            continue
        if topic and end in {"？", "?"}:
            yield topic, "？"
            topic = ""
        yield topic + clause, end
        topic = ""
    if topic:
        yield topic, "？"


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """(clause, the sign that ended the sentence or opens what somebody said, if any)."""
    start = 0
    for match in _SEPARATOR.finditer(text):
        if text[start : match.start()].strip():
            yield text[start : match.start()].strip(), match[1] or ""
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip(), ""


def _asks(clause: str) -> bool:
    return bool(_ASKED.search(_NO_QUESTION.sub("没", clause)))


def _stance(clause: str, *, asked: bool) -> Stance:
    stance = Stance.ASKED if asked or _asks(clause) else Stance.TOLD
    for kind, pattern in _KINDS.items():
        if pattern.search(
            _TO_YOU.sub("", clause)
            if kind is Stance.REQUESTED
            else _BY_RULE.sub("", clause)
            if kind is Stance.RULE
            else people.WITH.sub("", clause)
            if kind in {Stance.OF_OTHERS, Stance.OF_THEM}
            else _STILL.sub("", clause)
            if kind is Stance.PAST
            else clause
        ):
            stance |= kind
    return stance


_BY_RULE = re.compile(r"按(?:照)?(?:规定|政策|要求|标准)(?=我|咱|要|应|得)|(?:达到|符合)[^，]{0,6}(?:规定|标准|要求)")
_KINDS = {
    Stance.SUPPOSED: _SUPPOSED,
    Stance.HEARSAY: _HEARSAY,
    Stance.RULE: _RULE,
    Stance.REQUESTED: _REQUESTED,
    Stance.WISHED: _WISHED,
    Stance.OF_OTHERS: people.OTHERS,
    Stance.OF_THEM: people.THEM,
    Stance.OF_PARTIES: people.PARTIES,
    Stance.HEDGED: _HEDGED,
    Stance.PAST: _PAST,
}
_EXPLAINED = 2
"""Clauses after a correction in which 应该是八个 is what is right: 等等，把我算进去了，应该是八个."""
_EXAMPLE = re.compile(r"(?:模板|示例|样例|范例|举例|例子?|比如|例如|格式|样本|范文|题目|问题|选项)$")
_TOPIC = 4
"""Characters of what may be asked back before it is answered."""
_COLONS = frozenset("：:")
_WORD_OR_TWO = 4
"""一般的, as an answer, states no rule."""
_TIME_ALONE = 4
"""下周二, as a clause of its own, puts what follows into the future."""
_NO_TIME = re.compile(r"[贷借]|注销|关|停|歇|变|转|换|申")
_HAD_ONCE = re.compile(r"(?:享受|用|领|拿|得|贷|借|贴|报|评|申请|罚|查)过")
"""以前享受过一次 is over; 以前开过饭馆 goes on with what was so in it."""
_RULE_FOLLOWS = re.compile(
    r"^(?:凡是?|所有|但凡|任何)|(?:规定|政策|文件|通知|公告|指南|细则|标准|条件|要求|办法|申请表|表|范本|模板|宣传单)[^，我]{0,6}(?:是|要|说|写|讲|规定|上|里|有)|^(?:根据|依据|依照|按照?)|^(?:规定|政策|文件|条件|标准|要求)$"
)
_FOUNDING = re.compile(r"开|办|租|招|(?<!申)请|雇|注册|盘|弄|做(?!本|周转|流动|保证|启动)")


def _reach(clause: str) -> Stance:
    """Which stances of this clause hold for the next ones too: a wish to open a shop, not a wish for a loan."""
    reach = Stance.SUPPOSED | Stance.HEARSAY | Stance.OF_OTHERS | Stance.OF_THEM | Stance.OF_PARTIES
    if people.FAMILY_MATTER.search(clause):
        reach &= ~Stance.OF_OTHERS
    if _RULE_FOLLOWS.search(clause):
        reach |= Stance.RULE
    if _FOUNDING.search(clause) or not _HAD_ONCE.search(clause):
        reach |= Stance.PAST
    is_time = len(clause) <= _TIME_ALONE and not _NO_TIME.search(clause)
    return reach | Stance.WISHED if _FOUNDING.search(clause) or is_time else reach
