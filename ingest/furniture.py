"""What stands on a page but is not the document: page numbers, web residue, markup."""

import re

_FURNITURE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[—–\-_·•\s]*\d{0,4}[—–\-_·•\s]*",
        r"第\s*\d+\s*页(?:[，,\s/]*共\s*\d+\s*页)?",
        r"(?:page|p\.?)\s*\d+(?:\s*(?:of|/)\s*\d+)?",
        r"\d+\s*/\s*\d+",
        r"(?:\S{0,12}\s*)?作者[:：].{0,80}(?:点击|日期|时间|浏览|阅读)(?:量|数|次数)?[:：].{0,60}",
        r"(?:(?:发布|更新)?(?:时间|日期)[:：]\s*[\d\-/年月日 :：]+\s*)?来源[:：].{0,30}(?:浏览|点击|阅读|字号|打印|作者).{0,40}",
        r"(?:浏览|点击|阅读)(?:量|数|次数)?[:：]\s*\d+\s*次?",
        r"[【\[]?\s*(?:字体|字号)[:：]?\s*[\[【（(]?\s*(?:大|小)\s*(?:中)?\s*(?:小|大)?.{0,8}",
        r"(?:上|下)一(?:篇|条|页)(?:[:：].{0,60})?(?:\s*[|｜]?\s*(?:上|下)一(?:篇|条|页)(?:[:：].{0,60})?)?",
        r"(?:(?:打印|关闭|返回|收藏|分享|纠错)(?:本页|窗口|此页|顶部|首页|列表|到[:：]?|页面)?[\s|｜]*)+",
        r"(?:当前|您(?:现在|当前)?的?)位置[:：].{0,80}",
        r"扫一扫.{0,20}",
        r"首页(?:\s*(?:>|›|»|/|＞)\s*[^>›»/＞]{1,20}){1,6}",
        r"分享到?[:：].{0,60}",
        r"(?:主办|承办|版权所有)(?:单位)?[:：].{0,60}(?:网站标识码|ICP备|备案号).{0,80}",
        r"\d{4}年\d{1,2}月\d{1,2}日\s*(?:星期.)?\s*(?:农历.{0,12})?首页.{0,40}",
    )
]
_MARKUP = (
    (re.compile(r"^\s{0,3}#{1,6}\s+"), ""),
    (re.compile(r"\*\*|__(?=\S)|(?<=\S)__"), ""),
    (re.compile(r"<((?:https?|mailto):[^>\s]+)>"), r"\1"),
    (re.compile(r"\\([_*#\[\]()`~>|.-])"), r"\1"),
    (re.compile(r"<!--.*?-->"), ""),
)


def is_furniture(line: str) -> bool:
    """Whether a whole line is page furniture or web residue."""
    stripped = line.strip()
    return any(pattern.fullmatch(stripped) for pattern in _FURNITURE)


def strip_markup(line: str) -> str:
    """A line without Markdown marks; its words and leading white space stay."""
    for pattern, replacement in _MARKUP:
        line = pattern.sub(replacement, line)
    return line
