"""The five services of the front door (requirements A1-10): what each is for and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass

from knowledge.service_items import ServiceItem

_MONEY = ("补贴", "奖励", "奖补", "贴息", "资金")
_EXTRA = ("贷款", "用工", "保险", "培训", "孵化", "法律")


@dataclass(frozen=True, slots=True)
class Five:
    name: str
    title: str
    about: str
    icon: str
    say: str
    """What pressing it in the chat says."""
    links: tuple[tuple[str, str], ...]
    includes: Callable[[ServiceItem], bool]


def _pays(one: ServiceItem) -> bool:
    return any(word in one.name for word in _MONEY)


def _helps(one: ServiceItem) -> bool:
    """Loans, staff, training: shown there and not a second time among the subsidies."""
    return any(word in one.name for word in _EXTRA)


FIVE = (
    Five(
        "政策",
        "政策服务",
        "查规定、看条款、读解读",
        "document",
        "有哪些扶持个体工商户的政策？",
        (
            ("政策自测", "/selftest"),
            ("政策措施", "/documents?module=政策措施"),
            ("法律法规", "/documents?module=法律法规"),
        ),
        lambda one: False,
    ),
    Five(
        "兑现",
        "兑现服务",
        "补贴奖励怎么申领",
        "check",
        "补贴怎么申请、多久到账？",
        (("全部事项", "/policies"),),
        lambda one: _pays(one) and not _helps(one),
    ),
    Five(
        "办事",
        "办事服务",
        "证照、年报、变更、注销",
        "window",
        "开小餐饮店要办什么证？",
        (
            ("办营业执照", "/?q=个体户营业执照怎么办？"),
            ("报年报", "/?q=年报什么时候报、怎么报？"),
            ("换经营者", "/?q=想把店转给别人，换经营者怎么办？"),
            ("歇业、注销", "/?q=不想开店了，有哪几条路？"),
            ("办事窗口", "/channels"),
        ),
        lambda one: not _pays(one) and not _helps(one),
    ),
    Five(
        "增值",
        "增值服务",
        "贷款、用工、培训、法律",
        "star",
        "创业担保贷款怎么申请？",
        (("找服务单位", "/channels"),),
        _helps,
    ),
    Five(
        "诉求",
        "诉求服务",
        "写好要反映的问题，看办理规定",
        "megaphone",
        "提交的诉求多久能给答复？",
        (("提交诉求", "/?q=我要提诉求"), ("诉求指南", "/documents?module=诉求指南")),
        lambda one: False,
    ),
)
