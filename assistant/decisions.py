"""Questions that ask for a decision on one's own case: it belongs to an authority, not to the service."""

import re
from enum import StrEnum

_MINE = r"(?:我|咱|俺|本人|自己)"


class Decision(StrEnum):
    """What is asked to be decided, as the answer puts it."""

    APPROVAL = "能否批准由受理、审批机关审核决定，我不能代为认定；下面只说规定的条件和程序。"
    MONEY = "钱是否到账由经办机关办理，我查不到个人的办理结果，不能代为认定；下面只说规定的程序和时限。"
    PENALTY = "是否处罚、怎样处罚由有权机关依法决定，我不能代为认定；下面只说有关规定。"
    RECOGNITION = "是否属于、是否符合由有权认定的机关决定，我不能代为认定；下面只说认定的标准和程序。"

    @property
    def alone(self) -> str:
        """The same where nothing follows."""
        return self.value.partition("；下面")[0] + "。"


_PATTERNS: tuple[tuple[Decision, re.Pattern[str]], ...] = (
    (
        Decision.MONEY,
        re.compile(
            rf"{_MINE}.{{0,16}}(?:钱|款|补贴|奖励|贴息|资金|补助|贷款|社保|退税).{{0,10}}(?:(?:到账|到帐|(?<!批)下来|发放?|拨付?|打款?|到位|进卡|打卡上?)(?:了)?(?:没有?|吗|不|么)|怎么还(?:没|不)|还没(?:到|发|下|拨|打)|为(?:什么|啥)(?:还)?(?:没|不)(?:到|发|下|拨|打))"
            rf"|(?:到账|到帐|下来|发下来|拨下来)(?:了)?没(?:有)?$|{_MINE}.{{0,12}}(?:什么时候|啥时候|几时|哪天|多久)(?:能|才能|可以)?(?:到账|到帐|发下来|打给我|拨给我)"
            rf"|(?:什么时候|啥时候|几时)(?:能|才能)?(?:发|打|拨|补)给{_MINE}"
        ),
    ),
    (
        Decision.PENALTY,
        re.compile(
            rf"(?:会不会|要不要|该不该|是不是要|会|要|得|能不能不|可不可以不|能不|可以不)(?:被)?(?:重|再|少|从轻)?(?:罚款?|处罚|吊销|查封|拘留|追究|列入黑名单)(?:{_MINE}|一点|轻点)"
            rf"|{_MINE}(?!们市|国).{{0,24}}(?:会不会|要不要|该不该|是不是要|会|要|得|能不能|可以)(?:被|不被|免|少|免于|从轻)?(?:罚(?:款|多少|钱|吗|不)?|处罚|吊销|查封|拘留)(?:吗|不|么|多少|$|[?？])"
            rf"|罚不罚{_MINE}|能不能(?:免|少|不|从轻).{{0,4}}罚|放{_MINE}一马"
        ),
    ),
    (
        Decision.APPROVAL,
        re.compile(
            rf"(?:能不能|能否|可不可以|可以|能|会不会|给不给|肯不肯|帮){_MINE}?(?:给|帮)?{_MINE}(?:们|家)?(?:批|审批|通过|核准|办下来|发证|发个证|批下来)"
            rf"|(?:给|帮){_MINE}(?:们|家)?.{{0,4}}(?:批|批准|通过|批一下|批下来)(?!发)|(?:批不批|批得下来|批不批得|能批下来|能批吗|能不能批|能批不|会批吗|审得过|能过审|能不能过|能审批通过|审核能过)"
            rf"|{_MINE}.{{0,16}}(?:能|会)(?:审核)?通过(?:审核)?(?:吗|不|么)"
        ),
    ),
    (
        Decision.RECOGNITION,
        re.compile(
            rf"(?:{_MINE}|这个?店).{{0,20}}(?:算不算|是不是(?:属于|算)|属不属于|算是?|属于|是不是)(?!违法).{{0,14}}(?:小微|小型微利|小型|微型|个体|名特优新|就业困难|高校毕业生|返乡|首次创[办业]|重点群体|残疾|生存型|成长型|发展型|零就业|失业人员|个转企|哪一?[型类种])"
            r"|^(?:那)?(?:算不算|属不属于|是不是属于)(?:小微|小型微利|小型|微型|名特优新|就业困难|首次创[办业]|重点群体|生存型|成长型|发展型)"
            rf"|{_MINE}.{{0,20}}(?:符不符合|够不够|是否符合|符合.{{0,8}}条件|够条件|够资格|有没有资格|有资格)(?:.{{0,8}}(?:吗|不|么|条件|资格|标准)|$|[?？])"
        ),
    ),
)


def find_decision(question: str) -> Decision | None:
    """Which decision the person asks for; None when the question is about the rules."""
    words = re.sub(r"\s+", "", question)
    return next((decision for decision, pattern in _PATTERNS if pattern.search(words)), None)
