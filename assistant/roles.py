"""Whether the one who acts, pays or receives in the sentence is the one of the passage.

Roles stand in slots like numbers do: a role is wrong where the passage has
another one between the same words. A level of government (市级, 县财政) that
the passages do not name at all is wrong anyhow. Cannot catch a swap in words
of its own, far from those of the passage, nor a role it does not know.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.slots import Fit, Slot, fit, slots_of

_ROLES = (
    "个体工商户经营者|网络交易平台提供者|电子商务平台经营者|电子商务经营者|食品生产经营者|扣缴义务人|法定代表人|就业困难人员|用人单位|劳动者|经营者|消费者|出租人|承租人|买受人|出卖人|第三人"
    "|登记机关|税务机关|公安机关|行政机关|司法机关|申请人|被申请人|受理部门|主管部门|审批部门|有关部门|政策制定部门|财政部门|借款人|经办银行|担保机构|主管机构|承办机构|提交人|当事人|纳税人"
    "|设置人|利害关系人?的?业主|业主|供电企业|用户|帮办人?员|窗口人员|工作人员|拟兑现对象|大厅|街道办事处|人民法院|仲裁委员会|销售者|服务者|市场主体"
    "|中型企业|小型微型企业|小型企业|微型企业|大型企业|中型和小型企业|个体工商户|消防机关|评价人|债权人|债务人|受害人|保证人|担保人|监护人"
    "|查处部门|举报人|受赠人|赠与人|供应商|采购人|参保人|第三方|仲裁庭|工会|海关|财政部门|民政部门|教育部门|商务主管部门|监管部门|审查机关|复议机关|经办机构|金融机构|公证机构|检验机构|评估机构|鉴定机构"
    "|广告主|广告发布者|广告经营者|被要约方|要约方|劳务派遣单位|用工单位|经营主体|平台经营者|网络交易平台|柜台出租者|大型企业|中小企业|国有企业|合伙人|股东|董事会|债权人会议|管理人|专利权人|商标注册人|许可人|被许可人"
    "|特许人|被特许人|旅馆负责人|从业人员|负责人|经办人|政策服务专员|帮办员|评审专家|提供者|设立人|居民委员会|业主委员会|物业服务人|承运人|托运人|旅客|收货人|定作人|承揽人|贷款人|出质人|抵押人|质权人|抵押权人"
    "|供货者|转让人|受让人|甲方|乙方|委托人|发包人|承包人|投保人|被保险人|保险人|寄件人|收件人|生产者|食品生产者|食品经营者|所在单位|社会保险经办机构|近亲属|店铺|申报人|举报人|投诉人|被投诉人|委托人|受托人|代办人|迁入地|迁出地|中介机构|卫生行政部门|城市管理部门|人力资源和社会保障部门|市场监督管理部门"
)
_LEVELS = r"(?:国家|中央|省|市|区|县|乡镇?|街道|州)级(?!别)|(?:省|市|区|县|乡|镇|中央)财政|(?:省|市|区县|县|区)(?=人力资源和社会保障(?:局|部门)|市场监督管理局|人民政府)"
_ROLE = re.compile(rf"(?P<level>{_LEVELS})|(?P<role>{_ROLES})")
LEAST_FIT, LEAST_FIT_BEHIND = 8, 12
"""Closeness from which another role of the passage stands in the same place, where words before are equal or the role fits nowhere else, and where not."""
MARGIN = 2
ENOUGH = 16


@dataclass(frozen=True, slots=True)
class Role:
    words: str
    start: int
    end: int
    level: bool


def find(text: str) -> list[Role]:
    return [Role(match[0], *match.span(), match.lastgroup == "level") for match in _ROLE.finditer(text)]


def slots(text: str) -> list[Slot[Role]]:
    return slots_of(text, find(text))


def problems(sentence: str, given: Sequence[Slot[Role]], question: str) -> Iterator[str]:
    """Roles of a plain sentence in whose place its plain passages have another."""
    known = {slot.filling.words for slot in given}
    levels = {slot.filling.words for slot in given if slot.filling.level}
    for slot in slots(sentence):
        said = slot.filling
        if said.level and levels and said.words not in known and said.words not in question:
            yield said.words
            continue
        rivals = [other for other in given if other.filling.level == said.level]
        found = fit(slot, rivals, _same)
        if found.other >= found.agreeing + MARGIN and found.other_before >= found.agreeing_before and _fits(found):
            yield f"“{said.words}”处资料写的是“{found.other_filling}”"


def displaced(sentence: str, given: Sequence[Slot[Role]]) -> float:
    """How much better another role of the passages fits in the place of one of the sentence, 0 to 1."""
    worst = 0.0
    for slot in slots(sentence):
        found = fit(slot, [other for other in given if other.filling.level == slot.filling.level], _same)
        if found.other > found.agreeing and found.other_before >= found.agreeing_before:
            worst = max(worst, (found.other - max(0, found.agreeing)) / ENOUGH)
    return min(1.0, worst)


def _fits(found: Fit) -> bool:
    return found.other >= (LEAST_FIT if found.other_before or found.agreeing <= 1 else LEAST_FIT_BEHIND)


def _same(mine: Role, theirs: Role) -> bool:
    return mine.words in theirs.words or theirs.words in mine.words
