"""The grammar of dialects in the words of the standard language: 要唔要 is 要不要, 几时 何时, 哪能 怎么.

Only closed classes: negation, asking words, pronouns, particles. Every word is replaced by one just as long, so that a
place in the plain text is the same place in what was written.
"""

import functools
import re

from knowledge.rewriting import simplified
from knowledge.vocabulary import LATELY

_WORDS: tuple[tuple[str, str], ...] = (
    # Cantonese
    ("边度", "哪里"), ("边个", "哪个"), ("边份", "哪份"), ("边样", "哪样"), ("边家", "哪家"), ("点解", "为何"), ("点样", "怎样"),
    ("几时", "何时"), ("几多", "多少"), ("而家", "现在"), ("依家", "现在"), ("系咪", "是否"), ("系唔系", "是不是"), ("唔使", "不用"),
    ("唔该", "请问"), ("啱啱", "刚刚"), ("咁样", "这样"), ("呢个", "这个"), ("嗰个", "那个"), ("嗰阵", "那时"), ("同埋", "还有"),
    ("佢哋", "他们"), ("我哋", "我们"), ("你哋", "你们"), ("乜嘢", "什么"), ("咩", "啥"), ("乜", "啥"), ("冇", "没"), ("唔", "不"),
    ("佢", "他"), ("嘅", "的"), ("咗", "了"), ("喺", "在"), ("嚟", "来"), ("畀", "给"), ("俾", "给"), ("嘢", "事"), ("咁", "那"),
    ("啱", "对"), ("睇", "看"),
    # Wu
    ("啥辰光", "啥时候"), ("辰光", "时候"), ("哪能", "怎么"), ("几钿", "多少"), ("啥人", "谁人"), ("迭个", "这个"), ("迭", "这"), ("搿个", "这个"),
    ("格个", "这个"), ("阿拉", "我们"), ("伊拉", "他们"), ("侬", "你"), ("伊", "他"), ("勿", "不"), ("呒没", "没有"), ("个辰光", "的时候"),
    # Southwest and Hubei
    ("啷个", "怎么"), ("哪个办", "怎么办"), ("咋个", "怎么"), ("啥子", "什么"), ("么子", "什么"), ("么事", "什么"), ("么样", "怎样"), ("么时候", "啥时候"),
    ("好多", "多少"), ("几多", "多少"), ("好久", "多久"), ("莫得", "没有"), ("没得", "没有"), ("哈里头", "哪里头"),
    ("晓得", "知道"), ("要得不", "可以不"), ("得行不", "可以不"),
    # North
    ("多咱", "何时"), ("咋整", "咋办"), ("嘛时候", "啥时候"), ("恁", "您"), ("俺", "我"),
)  # fmt: skip
_MEANT = dict(_WORDS)
_SAID = re.compile("|".join(f"(?<![什怎那这多要])么{said[1:]}" if said[0] == "么" else re.escape(said) for said in sorted(_MEANT, key=len, reverse=True)))  # fmt: skip
_NO_GRAMMAR = re.compile(
    r"伊(?=[斯朗利])|勿(?=[忘])|(?<![\u4e00-\u9fff])好多(?=的?人|家|店|地方)|[电通说讲对]话|(?<=没)好久|好久(?=没|不|了|都)"
)
"""Words that only look like grammar of a dialect."""
_ASKS_AT_END = re.compile(r"(?<=[\u4e00-\u9fff])(?<!什)(?:伐|㗎|噶|么)(?=[?？。！!，,；;、\s]|$)")
_CANTONESE = re.compile(r"[喺嘅咗唔佢哋冇嚟啱嘢咩嗰俾畀]|[边邊][个個度份样樣]|而家|[几幾][多時时钱錢]")
_ONLY_THERE = (
    (re.compile(r"(?<![电通说讲对普的笑句])话(?![费题])"), "说"),
    (re.compile(r"(?<![关联体派院中])系(?![统列数别])"), "是"),
    (re.compile(r"仲(?!裁|介)"), "还"),
)
"""Everyday words elsewhere."""


@functools.lru_cache(maxsize=LATELY)
def plain(text: str) -> str:
    """As long as what was written; as it is where that cannot be."""
    said = simplified(text)
    if len(said) != len(text):
        return text
    kept = [range(match.start(), match.end()) for match in _NO_GRAMMAR.finditer(said)]

    def meant(match: re.Match[str]) -> str:
        is_kept = any(match.start() in one for one in kept)
        return match[0] if is_kept else _MEANT[match[0]]

    told = _ASKS_AT_END.sub("吗", _SAID.sub(meant, said))
    for pattern, form in _ONLY_THERE if _CANTONESE.search(said) else ():
        told = pattern.sub(form, told)
    return told
