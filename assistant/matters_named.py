"""The matters that a question names, and whether a clause speaks of the very same ones."""

import re
from itertools import pairwise

from assistant.spans_of_time import without_days
from knowledge import several

_BENEFIT = r"补[贴助帖]"
_MATTERS: tuple[tuple[str, str, str], ...] = (
    ("开业补贴", rf"开业{_BENEFIT}|开[店张业]的?{_BENEFIT}", r"开业补贴"),
    ("场租补贴", r"场租|房租|租金|租铺|门面租", r"场租|租金"),
    ("带动就业补贴", r"带动就业", r"带动就业"),
    ("社会保险补贴", rf"社保{_BENEFIT}?|社会保险{_BENEFIT}", r"社会保险|社保"),
    ("灵活就业", r"灵活就业", r"灵活就业"),
    ("吸纳就业补贴", r"吸纳就业", r"吸纳就业"),
    ("培训补贴", rf"岗前培训|培训{_BENEFIT}", r"培训"),
    ("见习", r"见习", r"见习"),
    ("物流补贴", r"物流|寄递", r"物流|寄递"),
    ("水电补贴", r"水电", r"水电"),
    ("贷款", r"贷款|贴息|展期|放款", r"贷款|贴息"),
    (
        "许可",
        r"许可|食品证|餐饮证|卫生证|小餐饮|到期的证|(?<!备案)(?<!身份)证[^，。执照]{0,8}(?:到期|延续|续期)",
        r"许可|餐饮",
    ),
    ("备案证", r"备案证", r"备案证"),
    ("年报", r"年报|年度报告", r"年报|年度报告"),
    ("信用修复", r"信用|修复", r"信用|修复"),
    ("经营异常", r"异常|恢复", r"异常|恢复"),
    ("名特优新", r"名特优新", r"名特优新"),
    ("分型", r"分型", r"分型"),
    ("划型", r"划型", r"划型"),
    ("外摆", r"外摆|摆摊|占道", r"外摆"),
    ("招牌", r"招牌", r"招牌"),
    ("诉求", r"诉求|投诉|反映|工单", r"诉求"),
    ("催办", r"催办|催了", r"催办"),
    ("即申即享", r"即申即享", r"即申即享"),
    ("免申即享", r"免申即享", r"免申即享|拟兑现"),
    ("申报审批", r"申报审批", r"申报审批"),
    ("办不成事", r"办不成事", r"办不成事|疑难"),
    ("帮办上门", r"帮办|代办|上门", r"帮办|代办|上门"),
    ("复议", r"复议", r"复议"),
    ("复核", r"复核|不服|异议", r"复核|异议"),
    ("款项", r"货款|欠款|款项", r"款项"),
    ("执照登记", r"执照|营业照|登记|注册", r"登记|执照"),
    ("变更", r"变更|改名|店名|换人|搬", r"变更|变化"),
    ("注销", r"注销", r"注销"),
    ("歇业", r"歇业", r"歇业"),
    ("政策发布", r"政策(?:文件)?(?:发布|归集|印|上架)|归集|下线", r"归集|发布|下线"),
)
_COMPILED = tuple((name, re.compile(asked), re.compile(told)) for name, asked, told in _MATTERS)
_TOLD = {name: told for name, _, told in _COMPILED}
_ONLY_ACTS = frozenset({"执照登记", "变更", "注销", "歇业", "催办", "复核"})
"""Beside another matter these only say what happened on a day: 3月5日登记的店，开业补贴…."""
_ANY_BENEFIT = re.compile(rf"{_BENEFIT}|扶持|奖[补励]|资助")
ANY_BENEFIT = "补贴"
_TOLD[ANY_BENEFIT] = re.compile(r"补贴|补助|扶持|奖[补励]|资金")


def matters_of(text: str) -> frozenset[str]:
    found = frozenset(name for name, asked, _ in _COMPILED if asked.search(text))
    if found and found <= {"复核"} and _ANY_BENEFIT.search(text):
        return found | {ANY_BENEFIT}
    found = (found - _ONLY_ACTS) or found
    if not found and _ANY_BENEFIT.search(text):
        return frozenset({ANY_BENEFIT})
    return found


def told_in(words: str) -> frozenset[str]:
    """Matters that a piece of a rule is about."""
    return frozenset(name for name, _, told in _COMPILED if name not in _ONLY_ACTS and told.search(words))


def names_a_matter(text: str) -> bool:
    """Of ours, or of another that is named by its own words."""
    return bool(matters_of(text)) or len(several.subject(without_days(text))) >= LEAST_OWN


def speaks_of(question: str, rule: str) -> bool:
    """Whether a rule is about every matter that is asked about; of a matter nobody has named, about none."""
    matters = matters_of(question)
    if matters:
        return all(_TOLD[one].search(rule) for one in matters)
    own = several.subject(without_days(question))
    pairs = {f"{one}{other}" for one, other in pairwise(own)}
    return len(own) >= LEAST_OWN and 2 * sum(pair in rule for pair in pairs) >= len(pairs)


LEAST_OWN = 3
"""Characters of a matter without a name of ours."""
