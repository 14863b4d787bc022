"""One form for brackets, punctuation, spaces and 文号 of Chinese official text."""

import re

from knowledge.numbering import normalise_number

CJK = r"\u3400-\u9fff\uf900-\ufaff"
_CJK_OR_MARK = rf"[{CJK}，。；：！？、“”‘’（）《》〈〉【】〔〕…—]"
_FULL = str.maketrans({",": "，", ":": "：", ";": "；", "?": "？", "!": "！"})
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u3000]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_HALF_MARK = re.compile(rf"(?<={_CJK_OR_MARK})[,:;?!]|[,:;?!](?={_CJK_OR_MARK})")
_PAIR = re.compile(rf"\((?=[^()]*[{CJK}])([^()]*)\)|(?<=[{CJK}])\(([^()]*)\)")
_SPACED_OUT = re.compile(rf"(?<![{CJK}])(?:[{CJK}] ){{1,}}[{CJK}](?![{CJK}])")
_AROUND_CJK = re.compile(r"(?<=[，。；：！？、（《“]) | (?=[，。；：！？、）》”])")


def tidy(text: str) -> str:
    """One paragraph without line breaks, in normal form."""
    text = _INVISIBLE.sub("", text)
    text = _SPACES.sub(" ", text).strip()
    text = normalise_number(text)
    text = _PAIR.sub(lambda match: f"（{match[1] if match[1] is not None else match[2]}）", text)
    text = _HALF_MARK.sub(lambda match: match[0].translate(_FULL), text)
    text = _SPACED_OUT.sub(lambda match: match[0].replace(" ", ""), text)
    return _AROUND_CJK.sub("", text)


def fold_title(text: str) -> str:
    """A title as a key: no spaces, full-width brackets, no surrounding 《》."""
    text = tidy(text).replace(" ", "").replace("(", "（").replace(")", "）")
    text = text.replace("〈", "《").replace("〉", "》").replace("<", "《").replace(">", "》")
    return text[1:-1] if text.startswith("《") and text.endswith("》") and text.count("《") == 1 else text
