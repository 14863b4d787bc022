"""What a period begins with and what is due in it: the acts of a procedure, as rules and as people name them."""

import re
from enum import Enum


class Act(Enum):
    """The name is what a reader is told."""

    URGED = "催办"
    RATED = "评价"
    OPINION = "收到审核意见"
    INFORMED = "收到结果或者通知"
    CONFIRMED = "确认账户"
    PUBLISHED_OUT = "公示期满"
    PUBLISHED = "公示"
    REPEALED = "废止或者失效"
    PROMULGATED = "印发或者发布"
    DECIDED = "审核通过或者作出决定"
    ACCEPTED = "受理"
    SUBMITTED = "提交申请"
    VERIFIED = "核实"
    TRAINED = "培训合格"
    ENDED = "停止经营"
    CHANGED = "变更发生"
    INSURED = "开始缴费"
    ISSUED = "拿到凭证"
    REGISTERED = "登记领照"
    OPENED = "开始经营"


_SUBMITS = r"提交|递交|递(?:的|了|上|过)|[交缴](?:的(?!社保)|了(?!社保)|上|过)|(?:[^年日回通]|^)报(?:的|了|上)|上传|申请的|申请了|填的"
_SAID: tuple[tuple[Act, str], ...] = (
    (Act.URGED, r"催"),
    (Act.RATED, r"评价|差评|不满意"),
    (Act.CONFIRMED, r"确认(?:了|好|的)?[^，。]{0,4}(?:账户|帐户|账号)|(?:账户|账号)[^，。]{0,4}确认"),
    (Act.OPINION, r"(?:收到|接到|拿到)[^，。]{0,6}意见"),
    (
        Act.INFORMED,
        r"(?:收到|接到|拿到|通知)(?![^，。]{0,3}受理)[^，。]{0,8}(?:结果|通知|决定|告知)|(?:结果|通知|决定书?)(?!公示)[^，。]{0,8}(?:收到|接到|拿到|发的|发来|来的|下来)|通知(?:我|之日|当)|^通知$",
    ),
    (Act.PUBLISHED_OUT, r"公示[^，。]{0,8}(?:满|完|结束|过了|无异议|到期)"),
    (Act.PUBLISHED, r"公示"),
    (Act.REPEALED, r"废止|失效|作废"),
    (Act.PROMULGATED, r"印发|发布|出台"),
    (Act.DECIDED, r"(?:审核|审查|审批|复核|评审|核准|批准|准予|审)[^，。]{0,4}(?:通过|过了)|通过|决定|批(?:下来|了|准)|准予"),
    (Act.ACCEPTED, r"受理"),
    (Act.SUBMITTED, rf"{_SUBMITS}|收到[^，。]{{0,8}}(?:申请|诉求|材料)"),
    (Act.VERIFIED, r"核实|核查属实|查实"),
    (Act.TRAINED, r"培训[^，。]{0,6}(?:合格|结束|完|结业)"),
    (Act.ENDED, r"终止|停止经营|停(?:业|了|的)|关(?:店|门|了|掉|的|张)|不[干开做]了"),
    (Act.CHANGED, r"变更|变化|变(?:的|了)|改(?:的|了|名|成|到)|换(?:的|了|成)|搬(?:的|了|到|走|家)"),
    (Act.INSURED, r"缴费|[缴交](?:的|了)?社保|参保"),
    (Act.ISSUED, r"(?:凭证|许可证?|备案证|食品证|证)[^，。执]{0,4}(?:到手|拿到|下来|发的|领的|办下)|(?:出具|发放|拿到|领到|发)(?:的|了)?[^，。执]{0,6}(?:凭证|许可证|备案证|证)(?!照)"),
    (Act.REGISTERED, r"登记|注册|(?:领|拿|取得|办|下)[^，。]{0,4}照|照[^，。]{0,4}(?:下来|到手|领的|办的|拿到)"),
    (Act.OPENED, r"开(?:的|了|起)?[^，。始]{0,4}(?:店|业|张|铺|馆|摊)|经营|营业|开起来|开(?:的|了)门|开始做|开[的了]$"),
    (Act.SUBMITTED, r"申请|申报"),
)  # fmt: skip
_COMPILED = tuple((act, re.compile(pattern)) for act, pattern in _SAID)
_OF_A_KIND = re.compile(r"收到(?P<kind>[\u4e00-\u9fff]{2,4}?)申请")
_OF_THE_AUTHORITY = frozenset({Act.DECIDED, Act.ACCEPTED, Act.PUBLISHED, Act.PUBLISHED_OUT, Act.OPINION, Act.VERIFIED})
_BEGINS = {Act.OPENED: (Act.REGISTERED,)}
"""正常经营 begins on the day the licence is got or the shop is opened."""


def act_of(words: str) -> Act | None:
    """The act that is named; of several the one that is furthest on in a procedure."""
    return next((act for act, pattern in _COMPILED if pattern.search(words)), None)


def begins_with(event: str, said: Act | None, question: str) -> bool:
    """Whether what somebody says happened that day is the very act which a rule counts from."""
    if said is None or not event:
        return False
    kind = _OF_A_KIND.search(event)
    if kind and kind["kind"] not in question:
        return False
    own = act_of(event)
    return own is not None and (own is said or said in _BEGINS.get(own, ()))


def is_of_the_authority(event: str) -> bool:
    return act_of(event) in _OF_THE_AUTHORITY


class Stage(Enum):
    FIRST_REVIEW = "初审"
    REVIEW = "复核"
    ASKING_REVIEW = "申请复核"
    """By the person; the authority's own 复核 is another step."""
    INSPECTION = "现场查看"
    ISSUING = "作出决定发放"
    PUBLISHING = "公示"
    PAYING = "拨付"
    CALLING_BACK = "回访"
    PASSING_ON = "转办"
    RESTORING = "恢复"
    EXPIRING = "有效期"
    APPLYING = "提出申请"
    OUTCOME = "办结答复"


_STAGES: tuple[tuple[Stage, str, str], ...] = (
    (Stage.FIRST_REVIEW, r"初审", r"初审"),
    (Stage.REVIEW, r"(?<!申请)(?<!申请[的了过])(?<![提要]的)复核(?!申请|[^，。]{0,8}(?:提|申请|递|交材料)|期限)|复审", r"(?<!申请)复核"),
    (Stage.ASKING_REVIEW, r"(?:申请|提出?|要求|[要想去]|能|可以)[^，。答出]{0,3}复核(?![^，。]{0,8}(?:完|出|答|结果))|复核[^，。]{0,8}(?:提|申请|递|交材料|期限)|不服|异议", r"申请复核|提出?[^，。]{0,4}(?:复核|异议)|要求复核"),
    (Stage.INSPECTION, r"核查|现场|来看|上门看|查看", r"现场|核查|查看"),
    (Stage.ISSUING, r"[发出拿下领]证|证[^，。执]{0,5}(?:下来|到手|出来|能拿|给我)|拿到?[^，。]{0,4}证", r"发放?[^，。]{0,4}证|出具|颁发"),
    (Stage.PUBLISHING, r"(?:什么时候|哪天|几号|啥时候)[^，。]{0,6}公示", r"公示"),
    (Stage.PAYING, r"拨付|到[账帐]|[打发给拿领]到?[^，。]{0,3}(?:钱|款)|钱[^，。]{0,6}[到发打下]|放款|兑[付现]", r"拨付|放款|兑付|发放(?![^，。]{0,4}证)"),
    (Stage.CALLING_BACK, r"回访", r"回访"),
    (Stage.PASSING_ON, r"转办|转[到给交]", r"转"),
    (Stage.RESTORING, r"恢复|移出|撤[下销掉]|停止公示", r"恢复|停止公示"),
    (Stage.EXPIRING, r"到期|过期|有效|管到|用到", r"有效"),
    (Stage.APPLYING, r"(?:最[晚迟后]|哪[天日]|几号|[什啥]么?时候|何时|期限|还)[^，。]{0,10}(?:申请|申报|报|递|去?提)|(?:申请|申报)[^，。]{0,4}(?:期限|截止|最[晚迟后]|到)|来得及", r"申请|申报|提出|递交"),
    (Stage.OUTCOME, r"办[结完好妥]|处理[完好]|解决|[答回]复|回(?:我|个|俺|咱)?[话音信]|说法|告[诉述知]|结果|决定|准不准|批|审|完成|登记好", r"办结|[答回]复|回应|决定(?!是否受理)|审[核查]|办理|登记"),
)  # fmt: skip
_ASKED_OF = tuple((stage, re.compile(asked), re.compile(due)) for stage, asked, due in _STAGES)
_LOOSE = frozenset({Stage.APPLYING, Stage.OUTCOME})


def stages_asked(words: str) -> frozenset[Stage]:
    """Which step of a procedure is asked about; 初审哪天出结果 is the first review and no other outcome."""
    found = frozenset(stage for stage, asked, _ in _ASKED_OF if asked.search(words))
    return found - _LOOSE or found


def names_a_step(words: str) -> bool:
    """初审, 来看现场, 拨付: one step, where 结果 could be any."""
    return bool(stages_asked(words) - _LOOSE)


def is_due(words: str, stages: frozenset[Stage]) -> bool:
    """Whether what a rule sets a time for is the step that was asked about."""
    return not stages or any(due.search(words) for stage, _, due in _ASKED_OF if stage in stages)
