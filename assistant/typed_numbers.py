"""Numbers that lead to a person, however they are typed: spaced, dashed, full-width, in Chinese digits."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.typed_disguises import disguised_in
from assistant.typed_kinds import (
    ACCOUNT,
    BANK_CARD,
    CREDIT_CODE,
    EMAIL_ADDRESS,
    ID_CARD,
    LANDLINE_NUMBER,
    MOBILE,
    PASSPORT,
)
from knowledge.privacy import EMAIL, LANDLINE, LANDLINE_AFTER_WORD, bank_card_valid, id_card_valid

_CHINESE = dict(
    zip("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸洞拐勾两", "00012345678911234567892360792", strict=True)
)
_APART = r"[ \u3000\t\-‐–—―－_.·•*\u200b-\u200f\u2060\ufeff\ufe0f\u20e3]"
_CHINESE_RUN = re.compile(rf"(?:[{''.join(_CHINESE)}\d](?:[，,、/]|{_APART}{{0,3}})){{7,}}")
_RUN = re.compile(rf"\d(?:{_APART}{{0,3}}\d)+(?:{_APART}{{0,3}}[Xx])?")
_LANDLINE_UNSPACED = re.compile(r"(?<!\d)0(?:10|2\d|[3-9]\d{2})\d{7,8}(?!\d)")
_AFTER_PHONE_WORD = re.compile(
    r"(?:电话|座机|固话|手机|号码|联系方式|tel)(?:号码|号)?(?:是|为)?[：: ]*(\d{7,12})(?!\d)", re.IGNORECASE
)
_LOOSE_EMAIL = re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?: ?[.。] ?[A-Za-z][\w-]*)+", re.ASCII)
_CODE_CHARACTER = "[0-9A-HJ-NPQRTUWXYa-hj-npqrtuwxy]"
_SOLE_TRADER_CODE = re.compile(
    rf"(?<![0-9A-Za-z])9{_APART}{{0,2}}2(?:{_APART}{{0,2}}{_CODE_CHARACTER}){{16}}(?![0-9A-Za-z])"
)
_COMPANY_CODE = re.compile(rf"(?<![0-9A-Za-z])9[13]\d{{6}}{_CODE_CHARACTER}{{10}}(?![0-9A-Za-z])")
_PASSPORT = re.compile(r"(?<![0-9A-Za-z])(?:[EeGg]\d{8}|[Ee][A-Za-z]\d{7})(?![0-9A-Za-z])")
_PASS = re.compile(r"(?:护照|通行证|军官证|居留证)(?:号码|号)?(?:是|为)?[：: ]*([A-Za-z]{0,2}\d{7,10})(?!\d)")
_ACCOUNT = re.compile(
    r"(?:微信号?|vx|wx|weixin|威信|薇信)(?:号|是|为)?[：: ]*((?=[\w-]*[\d_])[A-Za-z][\w-]{5,19})|qq(?:号码|号)?(?:是|为)?[：: ]*(\d{5,11})(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_SAME = {"×": "X", "Х": "X", "–": "-", "—": "-", "―": "-", "‐": "-"}
_GLUED = 26
"""So many digits in a row are several numbers without anything between them."""
_HOTLINE = re.compile(r"(?:400|800)\d{7}$|(?:1[02]\d{3}|9[56]\d{3,4})$")
_MONEY = re.compile(r"[.\d]*\s*(?:元|块钱|万(?!一)|亿|美元|人民币|%)")
_CARD_WORDS = re.compile(
    r"(?:卡号|银行卡|储蓄卡|信用卡|工资卡|[工农中建交招储社]行?卡|我的?卡|账号|帐号|账户|帐户|存折|打到|汇到)[^\d。；\n]{0,12}$"
)
_IDENTITY_WORDS = re.compile(r"(?:身份证|证件号|身份号|公民身份|sfz)[^\d。；\n]{0,12}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Run:
    """Digits with what stands between them."""

    digits: str
    places: tuple[int, ...]
    starts: frozenset[int]
    """Where a group of digits begins, counted in digits."""
    free: frozenset[int]
    """Where one may begin in the middle of a group: before a Chinese digit, 统一一三八…"""


def numbers_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each; parts of one find may be found again as something shorter."""
    plain = "".join(map(_plain, text))
    yield from _by_form(plain)
    yield from (
        (one.start(), one.end(), CREDIT_CODE) for one in _SOLE_TRADER_CODE.finditer(_CHINESE_RUN.sub(_digits, plain))
    )
    for shadow in dict.fromkeys((plain, _CHINESE_RUN.sub(_digits, plain))):
        yield from disguised_in(shadow)
        for match in _RUN.finditer(shadow):
            yield from _in_run(_run(match, plain), shadow)
        yield from _phones(shadow)


def _plain(character: str) -> str:
    """Digits of any script, full-width letters and signs as ASCII; one character stays one."""
    decimal = unicodedata.digit(character, None)
    if decimal is not None:
        return str(decimal)
    if "\uff01" <= character <= "\uff5e" and character not in "，：；？！（）":
        return chr(ord(character) - 0xFEE0)
    return _SAME.get(character, character)


def _digits(match: re.Match[str]) -> str:
    return "".join(_CHINESE.get(character, character) for character in match[0])


def _by_form(plain: str) -> Iterator[tuple[int, int, str]]:
    for pattern, kind in (
        (EMAIL, EMAIL_ADDRESS),
        (_LOOSE_EMAIL, EMAIL_ADDRESS),
        (_SOLE_TRADER_CODE, CREDIT_CODE),
        (_PASSPORT, PASSPORT),
    ):
        for match in pattern.finditer(plain):
            yield match.start(), match.end(), kind
    for pattern, kind in ((_PASS, PASSPORT), (_ACCOUNT, ACCOUNT)):
        for match in pattern.finditer(plain):
            group = 1 if match[1] else 2
            yield match.start(group), match.end(group), kind


def _phones(shadow: str) -> Iterator[tuple[int, int, str]]:
    for pattern in (LANDLINE, _LANDLINE_UNSPACED, LANDLINE_AFTER_WORD):
        for match in pattern.finditer(shadow):
            first = re.search(r"[\d（(]", match[0])
            start = match.start() + (first.start() if first else 0)
            if not _HOTLINE.match(shadow[start : match.end()]):
                yield start, match.end(), LANDLINE_NUMBER
    for match in _AFTER_PHONE_WORD.finditer(shadow):
        if not _HOTLINE.match(match[1]):
            yield match.start(1), match.end(1), MOBILE if match[1][0] == "1" else LANDLINE_NUMBER


def _run(match: re.Match[str], plain: str) -> _Run:
    places = tuple(match.start() + place for place, one in enumerate(match[0]) if one.isdigit() or one in "Xx")
    digits = "".join(match.string[place] for place in places)
    starts = {0} | {index + 1 for index, (one, other) in enumerate(pairwise(places)) if other - one > 1}
    free = {index for index, place in enumerate(places) if not plain[place].isascii()}
    if len(digits) >= _GLUED:
        free = set(range(len(digits)))
    return _Run(digits, places, frozenset(starts), frozenset(free))


def _in_run(run: _Run, shadow: str) -> Iterator[tuple[int, int, str]]:
    """From each place where a number may begin, the longest kind that fits."""
    index = 0
    while index < len(run.digits):
        taken = 0
        if index in run.starts or index in run.free:
            for length, kind in _fitting(run, index, shadow):
                taken = length
                yield run.places[index], run.places[index + length - 1] + 1, kind
                break
        index += taken or 1


def _fitting(run: _Run, index: int, shadow: str) -> Iterator[tuple[int, str]]:
    ends = run.starts | run.free | {len(run.digits)}
    before = shadow[max(0, run.places[index] - 24) : run.places[index]]
    for length in range(min(21, len(run.digits) - index), 10, -1):
        end = index + length
        number = run.digits[index:end]
        if end not in ends or _MONEY.match(shadow, run.places[end - 1] + 1):
            continue
        groups = _groups(run.starts, index, end)
        if kind := _kind(number, groups, before, shadow[run.places[index] :]):
            yield length, kind


def _groups(starts: frozenset[int], index: int, end: int) -> list[int]:
    edges = [index, *sorted(start for start in starts if index < start < end), end]
    return [other - one for one, other in pairwise(edges)]


def _kind(number: str, groups: Sequence[int], before: str, following: str) -> str:
    if number[:-1].isdigit() and _is_identity(number, before) and not _COMPANY_CODE.match(following):
        return ID_CARD
    if not number.isdigit():
        return ""
    if len(number) >= 12 and _CARD_WORDS.search(before):
        return BANK_CARD
    if 16 <= len(number) <= 19 and number[0] in "34569" and bank_card_valid(number):
        return BANK_CARD if not _COMPANY_CODE.match(following) else ""
    return MOBILE if _is_mobile(number, groups) else ""


def _is_identity(number: str, before: str) -> bool:
    """A mistyped number is as personal as a right one: the check digit only makes up for a doubtful birthday."""
    if len(number) == 18:
        if _IDENTITY_WORDS.search(before):
            return True
        return number[0] != "0" and (_birthday(number[6:14]) or (number[6:8] in ("19", "20") and id_card_valid(number)))
    if len(number) == 15 and number.isdigit():
        return bool(_IDENTITY_WORDS.search(before)) or (number[0] in "123456789" and _birthday("19" + number[6:12]))
    return len(number) in (16, 17, 19) and bool(_IDENTITY_WORDS.search(before))


def _birthday(eight: str) -> bool:
    if not "1900" <= eight[:4] <= "2029":
        return False
    try:
        date(int(eight[:4]), int(eight[4:6]), int(eight[6:]))
    except ValueError:
        return False
    return True


def _is_mobile(number: str, groups: Sequence[int]) -> bool:
    """138 0013 8000, 1 3 8 0 0 1 3 8 0 0 0; but not 15 元 3000 20000: a first group of two says nothing."""
    for prefix in ("", "86", "0086"):
        rest = number.removeprefix(prefix)
        if len(number) == 11 + len(prefix) and len(rest) == 11 and re.match(r"1[3-9]", rest):
            return groups[0] >= 3 or max(groups) <= 2 or bool(prefix)
    return False
