"""What a word means is answered only by a clause that says so: using the word explains nothing."""

import re

LONGEST_END = 3
"""Characters that may follow: 啊？"""
_NAMES_NOTHING = re.compile(
    r"[这那它你您我他她此该其]|上面|前面|刚才|[第（(《]|[一二三四五六七八九十\d]|说的?$|话$|什么|怎么|啥"
)
_ASKED = (
    re.compile(
        r"(?:^|[，,。；;？?\s]|请问|问一?下|[里面][说写提]?的|[说写提]的|那)[“\"「『]?(?P<word>[\u4e00-\u9fffA-Za-z]{2,8}?)[”\"」』]?"
        r"(?:到底|究竟|具体|又)?(?:是|算|指)?(?:个|的)?(?:什么|啥|么子|咩|嘛|哪个)意思"
    ),
    re.compile(
        r"(?:^|[，,。；;？?\s]|请问|到底)(?:什么|啥)(?:才)?(?:叫做?|是指)[“\"「『]?(?P<word>[\u4e00-\u9fffA-Za-z]{2,8}?)[”\"」』]?(?:啊|呀|呢|吗|嘛)?(?:[？?。！!]|$)"
    ),
)


def asked(question: str) -> str:
    """The word whose meaning is asked for; nothing where it is no word of its own, or more than that is asked."""
    for pattern in _ASKED:
        match = pattern.search(question)
        if match and len(question) - match.end() <= LONGEST_END and not _NAMES_NOTHING.search(match["word"]):
            return match["word"]
    return ""


def explained(word: str, text: str) -> bool:
    """所称歇业, 歇业是指, 歇业：…"""
    marked = rf"{re.escape(word)}[”\"」』]?"
    tells = rf"{marked}[，,]?(?:是|系)?指|{marked}[，,]?是(?!否|不是)|{marked}[：:]|(?:所称|所指|所说|所谓|什么是|什么叫)(?:的)?[^。；\n]{{0,14}}{marked}"
    return re.search(tells, text) is not None


def unexplained(question: str, text: str) -> str:
    """“免申即享”的意思, where it is asked for and none of the words gives it."""
    word = asked(question)
    return f"“{word}”的意思" if word and not explained(word, text) else ""
