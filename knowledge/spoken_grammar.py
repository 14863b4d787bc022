"""The grammar of dialects in the words of the standard language: 要唔要 is 要不要, 几时 何时, 哪能 怎么.

Only closed classes: negation, asking and pointing words, pronouns, particles; what a message is about stays as it was
written. `plain` puts a word just as long for every word, so that a place in the plain text is the same place in what
was written; `standard` says in full what people say in full: 几时 is 什么时候.
"""

import functools
import re

from knowledge.characters import simplified
from knowledge.vocabulary import LATELY

_WORDS: tuple[tuple[str, str], ...] = (
    # Cantonese
    ("边度", "哪里"), ("边个", "哪个"), ("边份", "哪份"), ("边样", "哪样"), ("边家", "哪家"), ("点解", "为何"), ("点样", "怎样"),
    ("几时", "何时"), ("几多", "多少"), ("而家", "现在"), ("依家", "现在"), ("系咪", "是否"), ("系唔系", "是不是"), ("唔使", "不用"),
    ("唔该", "请问"), ("啱啱", "刚刚"), ("咁样", "这样"), ("呢个", "这个"), ("嗰个", "那个"), ("嗰阵", "那时"), ("同埋", "还有"),
    ("佢哋", "他们"), ("佢地", "他们"), ("我哋", "我们"), ("你哋", "你们"), ("渠们", "他们"), ("俚们", "他们"), ("乜嘢", "什么"), ("咩", "啥"), ("乜", "啥"), ("冇", "没"), ("唔", "不"),
    ("佢", "他"), ("嘅", "的"), ("咗", "了"), ("喺", "在"), ("嚟", "来"), ("畀", "给"), ("俾", "给"), ("嘢", "事"), ("咁", "那"),
    ("啱", "对"), ("睇", "看"), ("啲", "些"), ("攞", "拿"), ("搵", "找"), ("揾", "找"), ("嗰度", "那边"), ("嗰边", "那边"), ("呢度", "这边"),
    ("呢边", "这边"), ("嗰", "那"), ("𠮶个", "那个"), ("𠮶度", "那边"), ("𠮶边", "那边"), ("𠮶阵", "那时"), ("𠮶", "那"), ("家下", "现在"), ("边处", "哪里"), ("何解", "怎么"),
    # Wu
    ("啥辰光", "啥时候"), ("辰光", "时候"), ("哪能", "怎么"), ("几钿", "多少"), ("啥人", "谁人"), ("迭个", "这个"), ("迭", "这"), ("搿个", "这个"),
    ("格个", "这个"), ("阿拉", "我们"), ("伊拉", "他们"), ("侬", "你"), ("伊", "他"), ("勿", "不"), ("呒没", "没有"), ("个辰光", "的时候"),
    ("搿搭", "这边"), ("迭搭", "这边"), ("伊面", "那边"), ("迭歇", "现在"), ("搿歇", "现在"), ("阿是", "是否"), ("偶们", "我们"), ("铜钿", "钱款"),
    ("价钿", "价钱"), ("工钿", "工钱"), ("侪", "都"),
    # Southwest and Hubei
    ("啷个", "怎么"), ("哪个办", "怎么办"), ("咋个", "怎么"), ("啥子", "什么"), ("么子", "什么"), ("么事", "什么"), ("么样", "怎样"), ("么时候", "啥时候"),
    ("好多", "多少"), ("几多", "多少"), ("好久", "多久"), ("莫得", "没有"), ("没得", "没有"), ("哈里头", "哪里头"),
    ("晓得", "知道"), ("要得不", "可以不"), ("得行不", "可以不"),
    # North
    ("多咱", "何时"), ("啥前儿", "啥时候"), ("咋整", "咋办"), ("木有", "没有"), ("嘛时候", "啥时候"), ("恁", "您"), ("俺", "我"),
)  # fmt: skip
_MEANT = dict(_WORDS)
_SAID = re.compile("|".join(f"(?<![什怎那这多要])么{said[1:]}" if said[0] == "么" else re.escape(said) for said in sorted(_MEANT, key=len, reverse=True)))  # fmt: skip
_NO_GRAMMAR = re.compile(
    r"伊(?=[斯朗利])|恁(?=[个高大多快长早])|勿(?=[忘])|(?<![\u4e00-\u9fff])好多(?=的?人|家|店|地方)|[电通说讲对]话|(?<=[重要优特缺看论观地起终])点[样解]|哪个办(?=[公事证理])|[没莫]得(?=[到罪出])"
    r"|(?<=更)迭|(?<=[资合价表规])格个|(?<=没)好久|好久(?=没|不|了|都)"
)
"""Words that only look like grammar of a dialect."""
_ASKS_AT_END = re.compile(r"(?<=[\u4e00-\u9fff])(?<![什怎这那多])(?:伐|㗎|噶|么)(?=[?？。！!，,；;、\s]|$)")
_CANTONESE = re.compile(r"[喺嘅咗唔佢哋冇嚟啱嘢咩嗰𠮶俾畀]|[边邊][个個度份样樣]|而家|[几幾][多時时钱錢]")
_ONLY_THERE = (
    (re.compile(r"(?<![电通说讲对普的笑句套废])话(?![费题])"), "说"),
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


_IN_FULL = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        (r"渠[哋地]|恁几个|伲个", "他们"),
        (r"佢(?![们哋地])|(?<!关)伊(?=[个晓讲要啥勿不有来去打收会能做])", "他"),
        (r"我地", "我们"),
        (r"你地|[倷㑚]", "你们"),
        (r"[边邊]个|哪位|啥人|乜人|咩人|么人|哪个人", "谁"),
        (r"哪(?:点|嗒|疙瘩|嘎达|垓|块(?!钱)|塌|旮旯)|啥(?:地方|场化|所在)|么(?:地方|位置|场)", "哪里"),
        (r"果(?:度|边|处)|嗰处|哀面|该面(?!积)|那(?:疙瘩|嘎达|旮旯|垓)", "那边"),
        (r"哩(?:度|边|处)|呢处|[搿迭]面|这(?:疙瘩|嘎达|旮旯|垓)", "这边"),
        (r"几时|啥(?:时候|前儿|辰光|阵|时)|(?<!什)么(?:时候|时)|多咱|多会儿|好久(?=[开来去交发报办搞打核改])|嘛时候", "什么时候"),
        (r"几多(?:日|天)|好多天|几(?=日[^报记用])", "几天"),
        (r"几[钿]|好多(?=钱|块|元|$|[，。？?嘛咯呀])|几(?=钱)", "多少"),
        (r"(?:咋个?|啷个|哪能|点)(?:整|弄|搞|办|算好)(?![理证手])|点算", "怎么办"),
        (r"(?<![重要优特缺看论观地起终])点(?:样|解)|咋(?!个)样?|怎(?:个|生)|(?<![什这那怎])么样(?=办|搞|弄|算|交|走)", "怎么"),
        (r"[咩乜](?:嘢|野|事)?|啥(?:个|物事|东西)?(?!子)|(?<![什怎这那多])么家|嘛(?=[事玩])|甚(?:么|个)", "什么"),
        (r"系咪|系唔系|是唔是|阿是|是勿是", "是不是"),
        (r"冇得?|[冒毛]得|没有得", "没有"),
        (r"^[咁噉]|(?<=[，,。；;\s])[咁噉]", "那"),
        (r"(?<=[我你他])个(?=[\u4e00-\u9fff]{1,3}[呢吗？?]?$)", "的"),
        (r"仲(?![裁介])", "还"),
        (r"如今", "现在"),
        (r"几耐|几长辰光", "多久"),
        (r"使[唔不]使", "要不要"),
        (r"收工|放工|落班|下工", "下班"),
        (r"返工|开工|上工", "上班"),
        (r"[俺偶咱侬伲]的?(?=[店铺摊家们])|^[俺偶]", "我"),
        (r"啵$", "吗"),
        (r"得[唔不]得行?|中不中|成不成|要不?要得|得行不", "行吗"),
    )
)  # fmt: skip


@functools.lru_cache(maxsize=256)
def standard(text: str) -> str:
    """For recognising what is asked; never for what is shown or kept."""
    said = simplified(text)
    for pattern, word in _IN_FULL:
        said = pattern.sub(word, said)
    return plain(said)
