"""What the person says to a draft that lies before them: a correction is put in its place, all else is added."""

import re

_NOT_BUT = re.compile(
    r"(?:不对|错了|写错了)?[，,。 ]*不是(?P<old>[^，,。；;]{1,20}?)[，,；; ]*(?:而|应该|应当)?是(?P<new>[^，,。；;]{1,20})"
)
_INTO = re.compile(
    r"(?:请|帮我)?(?:把|将)[“\"]?(?P<old>[^“”\"，,。]{1,20}?)[”\"]?(?:都)?(?:改成|改为|换成|写成)[“\"]?(?P<new>[^“”\"，,。]{1,30})[”\"]?"
)
_OUT = re.compile(
    r"(?:请|帮我)?(?:把|将)?[“\"]?(?P<old>[^“”\"，,。]{2,30}?)[”\"]?(?:这(?:一)?(?:句|段|点))?(?:删掉|删了|去掉|不要写|别写)(?:吧|了)?$"
)
_ANEW = re.compile(
    r"^(?:不对|不行)?[，,]?(?:请|我要|帮我)?(?:重新写|重写|重来|从头(?:来|写)|全部?(?:改|换)成)(?:一下|一遍|吧)?[：:，,]?(?P<new>.*)$"
)


def changed(what: str, said: str) -> str:
    """The matter of the draft after these words; nothing where it is to be told again."""
    words = said.strip(" 。！!")
    for pattern in (_NOT_BUT, _INTO):
        match = pattern.search(words)
        if match and match["old"] in what:
            rest = (words[: match.start()] + words[match.end() :]).strip("，,。；; ")
            return _joined(what.replace(match["old"], match["new"].rstrip("吧了的啊")), rest)
    if (match := _OUT.search(words)) and match["old"] in what:
        return _tidied(what.replace(match["old"], ""))
    if match := _ANEW.match(words):
        return match["new"].strip()
    return _joined(what, said)


def _joined(what: str, more: str) -> str:
    return "。".join(filter(None, [what.rstrip("。"), more]))


def _tidied(what: str) -> str:
    return re.sub(r"[，,。；;]{2,}", "，", what).strip("，,。；; ")
