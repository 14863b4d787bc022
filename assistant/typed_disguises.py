"""Personal numbers that people type so that a filter may miss them, or say in pieces: 199，0000，3579, 艾特, 尾号."""

import re
from collections.abc import Iterator

from assistant.typed_kinds import ACCOUNT, BANK_CARD, EMAIL_ADDRESS, ID_CARD, LANDLINE_NUMBER, MOBILE

_MARK = r"[ ]?[，,、/][ ]?"
_MONEY = r"(?![\d.]*(?:元|块|万|亿|%))"
_PART = r"(?:前[六6]位|[后最末]+[四六46]位|尾号|尾数|末尾)(?:数字?)?(?:是|为)?[：: ]?"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (MOBILE, rf"(?<!\d)1[3-9]\d{_MARK}\d{{4}}{_MARK}\d{{4}}(?!\d){_MONEY}"),
    (MOBILE, r"(?<!\d)1[3-9]\d[ -]?\d{4}[^\d。；\n]{1,6}(?:后面|后头|再|然后|接着|最后)[^\d。；\n]{0,4}\d{4}(?!\d)"),
    (MOBILE, r"(?<![0-9A-Za-z])(?=\d*[OoIl])(?=(?:[OoIl]*\d){7})[1Il][3-9][\dOoIl]{9}(?![0-9A-Za-z])"),
    (ID_CARD, rf"(?<!\d)[1-9]\d{{5}}{_MARK}(?:19|20)\d{{6}}{_MARK}\d{{3}}[\dXx](?!\d)"),
    (ID_CARD, rf"(?<=身份证){_PART}\d{{4,8}}[Xx]?(?:[^\d。；\n]{{0,3}}{_PART}\d{{3,6}}[Xx]?)?(?!\d)"),
    (ID_CARD, rf"(?<=身份证号){_PART}\d{{4,8}}[Xx]?(?:[^\d。；\n]{{0,3}}{_PART}\d{{3,6}}[Xx]?)?(?!\d)"),
    (BANK_CARD, rf"(?<=[行蓄]卡){_PART}\d{{4,6}}(?!\d)"),
    (LANDLINE_NUMBER, r"(?<!\d)0\d{2,3}[-— ]?\d{3,4}[ -]\d{4}(?!\d)"),
    (
        EMAIL_ADDRESS,
        r"(?<![A-Za-z0-9])[A-Za-z0-9][\w.+-]{1,30} ?(?:艾特|爱特|小老鼠|圈[aA]|[(（]?(?:at|AT)[)）]|[#@]) ?[A-Za-z0-9][\w-]{0,30} ?(?:点|dot|[.。]) ?(?:com|cn|net|org|edu)(?![A-Za-z])",
    ),
    (
        ACCOUNT,
        r"(?:(?<=微信)|(?<=微信号)|(?<=[加我]v)|(?<=[加我]V)|(?<=vx)|(?<=VX)|(?<=wx)|(?<=WX))(?:是|为)?[：: ]{0,2}(?!wechat|weixin|WeChat|mini|app)([A-Za-z][\w-]{5,19})(?![\w-])",
    ),
    (ACCOUNT, r"(?:(?<=qq)|(?<=QQ)|(?<=扣扣))(?:号码?)?(?:是|为)?[：: ]{0,2}([1-9]\d{4,10})(?!\d)"),
)
_COMPILED = tuple((kind, re.compile(pattern, re.ASCII)) for kind, pattern in _PATTERNS)


def disguised_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each; `text` with its digits made plain."""
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(text):
            yield match.start(match.lastindex or 0), match.end(), kind
