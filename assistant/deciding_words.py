"""The words of a clause that answer the question: the sum, the day, the place that is asked for, not the question's own."""

import re
from collections.abc import Iterator

from assistant.sought import Sought, sought

MOST = 12
_COUNT = r"[一二三四五六七八九十百千两半\d][\d,.]*"
_SUMS = re.compile(
    rf"(?:每[\u4e00-\u9fff]{{1,3}})?(?:累计)?(?:最高|最低|不超过|不低于|不得低于)?{_COUNT}\s*(?:万|亿|千|百)?元(?:/[\u4e00-\u9fff])?"
    rf"|{_COUNT}\s*[%％‰]|百分之{_COUNT}|{_COUNT}个?(?:百分点|基点)|[一二三四五六七八九十]分之[一二三四五六七八九十]|减半|不(?:得)?收取[\u4e00-\u9fff]{{0,4}}费用|免费|免征|免收"
)
_TIMES = re.compile(
    rf"(?:最长|不超过|不少于|累计不超过|满)?{_COUNT}\s*(?:个)?(?:工作日|自然日|月|小时|季度|日|天|年|周)(?:以内|内|以前|前|以上)?(?!\d)"
    r"|\d{4}年\d{1,2}月\d{1,2}日(?:前|以前)?|每年\d{1,2}月\d{1,2}日(?:至\d{1,2}月\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日|底)(?:前|以前)?|每季度首月\d+日(?:前|以前)?|当场|当日|立即|长期有效"
)
_PLACES = re.compile(r"[\u4e00-\u9fff“”]{2,14}?(?:窗口|大厅|平台|中心|专区|热线)|12345|12315")
_PAPERS = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:申请书|申请表|证件|营业执照|合同|凭证|证明|承诺书|账户信息|登记表|平面图|复印件|制度文本)"
)
_PEOPLE = re.compile(
    r"(?:在校|毕业|登记|离校|返乡|就业|持有|零就业|退役|未就业|刑满)[\u4e00-\u9fff\d]{0,10}?(?:大学生|毕业生|失业人员|军人|农民工|困难人员|人员|家庭成员)|个体工商户|小型微型企业"
)
_MODAL = re.compile(r"不(?:得|予|能|再|需要?|适用|作为)|可以|无需|无须|免于|应当|方可|优先")
_ASKS_PAPERS = re.compile(r"材料|资料|带(?:什么|啥|哪些)|交(?:什么|啥|哪些)|手续")
_ASKS_PEOPLE = re.compile(r"(?:什么|啥|哪些|哪种)人|谁(?:能|可以)|给谁|对象|条件")
_ASKS_WHETHER = re.compile(
    r"能不能|可不可以|可以吗|要不要|行不行|是不是|用不用|能.{0,8}吗|可以.{0,8}吗|要.{0,8}吗|会不会|算不算|允许"
)


def deciding(question: str, quote: str) -> tuple[str, ...]:
    """In the order of the quote; the figures, where nothing in particular is asked for."""
    found = list(dict.fromkeys(one for one in _pieces(question, quote) if len(one) > 1))
    new = [one for one in found if one not in question]
    return tuple((new or found)[:MOST])


def _pieces(question: str, quote: str) -> Iterator[str]:
    patterns = list(_patterns(question)) or [_SUMS, _TIMES]
    matches = sorted((match.start(), match[0].strip()) for one in patterns for match in one.finditer(quote))
    yield from (words for _, words in matches)


def _patterns(question: str) -> Iterator[re.Pattern[str]]:
    kinds = sought(question)
    if Sought.SUM in kinds or re.search(r"多少$|多少[？?呢]|几多|好多", question):
        yield _SUMS
    if Sought.TIME in kinds:
        yield _TIMES
    if Sought.PLACE in kinds:
        yield _PLACES
    if _ASKS_PAPERS.search(question):
        yield _PAPERS
    if _ASKS_PEOPLE.search(question):
        yield _PEOPLE
    if not kinds and _ASKS_WHETHER.search(question):
        yield _MODAL
