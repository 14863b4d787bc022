"""Who issued a document, and for which region it speaks."""

import functools
import re
from collections.abc import Sequence

from ingest.dates import DATE
from ingest.title import Heading
from knowledge import regions
from knowledge.errors import UnknownRegion

_ENDING = r"(?:局|厅|部|委员会|委|办公室|办公厅|中心|人民政府|政府|法院|检察院|银行|总署|总局|署|小组|管理部|协会|国务院|专班|集团)"
_ORGANISATION = re.compile(rf"[\u4e00-\u9fff（）]{{2,32}}?{_ENDING}(?=$|\s)")
_ORGANISATION_LINE = re.compile(rf"(?:[\u4e00-\u9fff（）、]{{2,40}}{_ENDING}\s*){{1,4}}")
_CONGRESS = re.compile(
    r"(?:^|日)\s*(?P<place>[\u4e00-\u9fff]{2,14}?)?第[一二三四五六七八九十]+届(?P<whole>全国)?人民代表大会(?P<standing>常务委员会)?"
)
_ORDER = re.compile(r"(?:中华人民共和国)?(?P<issuer>[\u4e00-\u9fff]{2,20}?)(?:令|公告)\s*(?:\d{4}年)?第?\s*\d+\s*号")
_BY = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日\s*经?(?P<issuer>国务院|最高人民法院|最高人民检察院|[\u4e00-\u9fff]{2,20}(?:部|局|委员会|署))(?=发布|公布|批准|审判|第|修订|修正)"
)
_OWN_PLACE = re.compile(r"本(?:省|市|自治区|自治州|县|区|州|盟|旗)(?!场)")
_NATIONWIDE = re.compile(r"中华人民共和国境内|国务院|全国人民代表大会")
_MINISTRY = re.compile(r"[\u4e00-\u9fff、]{2,20}(?:部|总署|总局)")
_NATIONAL = re.compile(
    r"^(?:中华人民共和国|国务院|全国人民代表大会|全国人大|最高人民|国家|中共中央|中央|人力资源和社会保障部|人力资源社会保障部|"
    r"劳动部|劳动和社会保障部|财政部|商务部|工业和信息化部|农业农村部|住房和城乡建设部|市场监管总局|税务总局|中国人民银行|公安部|水利电力部|民政部|司法部)"
)


def find_issuers(heading: Heading, top: str, head: str, tail: str) -> list[str]:
    """All issuers in the order of the signature; of a law, who adopted or promulgated it."""
    for part in (top, tail):
        if signed := _signed(part):
            return signed
    if heading.title.startswith("最高人民"):
        return re.findall("最高人民法院|最高人民检察院", heading.title.split("关于")[0])
    if decided := _decided(head):
        return [decided]
    return _letterhead(top)


def _signed(part: str) -> list[str]:
    """Organisations on the lines straight before a date line."""
    lines = part.splitlines()
    for row in range(len(lines) - 1, 0, -1):
        if not re.fullmatch(rf"[（(]?{DATE}[）)]?", lines[row].strip()):
            continue
        found: list[str] = []
        above = row - 1
        while above >= 0 and _ORGANISATION_LINE.fullmatch(lines[above].strip()):
            found = [*re.split(r"\s+", lines[above].strip()), *found]
            above -= 1
        if found:
            return found
    return []


def _decided(head: str) -> str | None:
    """The body named by the last adoption or promulgation under a law's title."""
    found: str | None = None
    for line in head.splitlines():
        if len(line) > 120 or not re.match(r"\d{4}年", line):
            continue
        if match := _CONGRESS.search(line):
            place = "全国" if match["whole"] or not match["place"] else match["place"]
            found = f"{place}人民代表大会{match['standing'] or ''}"
        elif match := _BY.match(line) or _ORDER.search(line):
            found = match["issuer"]
    return found


def _letterhead(top: str) -> list[str]:
    for line in top.splitlines()[:6]:
        compact = line.replace(" ", "").removesuffix("文件")
        if _ORGANISATION.fullmatch(compact):
            return [compact]
    return []


def find_region(title: str, issuers: Sequence[str], hint: str | None, text: str) -> str | None:
    """Region the rule speaks for: its issuer's, else its title's, else what the caller said.

    A regulation that names no place of its own and charges the State Council or speaks of
    the whole country is national.
    """
    for name in [*issuers[:1], re.sub(r"^(?:关于|《)+", "", title)]:
        if _NATIONAL.match(name):
            return regions.COUNTRY
        if (code := place_at_start(name, hint)) is not None:
            return code
        if name in issuers and _MINISTRY.fullmatch(name):
            return regions.COUNTRY
    if hint is None and _NATIONWIDE.search(text) and not _OWN_PLACE.search(text):
        return regions.COUNTRY
    return hint


@functools.lru_cache(maxsize=4096)
def place_at_start(text: str, within: str | None = None) -> str | None:
    """The most exact region whose name begins the text: 湖北省武汉市江岸区… gives the district.

    Names borne by several places count only when `within` (or a place named before) tells which.
    """
    best: str | None = None
    position = 0
    for _ in range(3):
        step = _longest_name(text[position:], best or within, strictly_below=best is not None)
        if step is None:
            break
        best, length = step
        position += length
    return best


def _longest_name(text: str, within: str | None, *, strictly_below: bool) -> tuple[str, int] | None:
    for length in range(min(12, len(text)), 1, -1):
        name = text[:length]
        try:
            code = regions.resolve(name)
        except UnknownRegion as error:
            codes = [code for code in regions.codes_named(name) if within and regions.binds(within, code)]
            if len(codes) != 1 or not error.candidates:
                continue
            code = codes[0]
        if strictly_below and within and not regions.binds(within, code):
            continue
        if len(name) == len(regions.name(code)) or _short_form_allowed(text, length):
            return code, length
    return None


def _short_form_allowed(text: str, length: int) -> bool:
    """上海海关 names Shanghai by its short form; 南阳光公司 does not name 南阳."""
    return regions.short_name(text[:length]) == text[:length] and text[length : length + 1] not in {
        "光",
        "山",
        "江",
        "河",
    }
