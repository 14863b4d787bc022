"""Asking, pointing and denying words of several dialects, as the standard language has them: 佢哋幾點收工 is 他们几点下班.

Only words that name no matter are turned: what a question is about stays as it was written.
"""

import functools
import re

from knowledge.rewriting import simplified

_WORDS: tuple[tuple[str, str], ...] = (
    (r"[佢渠][哋地]|伊拉|渠们|俚们|恁几个|伲个", "他们"),
    (r"佢(?!们)|(?<![关])伊(?=[个拉晓讲要啥勿不有来去打收会能做])", "他"),
    (r"我[哋地]|阿拉|偶们|侪", "我们"),
    (r"你[哋地]|[倷㑚]", "你们"),
    (r"[边邊]个|哪位|啥人|乜人|咩人|么人|哪个人", "谁"),
    (r"[边邊](?:度|处)|哪(?:点|嗒|疙瘩|嘎达|垓|块(?!钱)|塌|旮旯)|啥(?:地方|场化|所在)|么(?:地方|位置|场)", "哪里"),
    (r"[嗰果](?:度|边|处)|[哀该]面|伊面|那(?:疙瘩|嘎达|旮旯|垓)", "那边"),
    (r"[呢哩](?:度|边|处)|搿[搭面]|迭[搭面]|这(?:疙瘩|嘎达|旮旯|垓)", "这边"),
    (
        r"几时|啥(?:时候|前儿|辰光|阵|时)|(?<!什)么(?:时候|时)|多咱|多会儿|好久(?=[开来去交发报办搞打])|嘛时候",
        "什么时候",
    ),
    (r"几多(?:日|天)|好多天|几(?=日[^报记用])", "几天"),
    (r"几多|几[钿]|好多(?=钱|块|元|$|[，。？?嘛咯呀])|几(?=钱)", "多少"),
    (r"(?:咋个?|啷个|哪能|点)(?:整|弄|搞|办|算好)(?![理证手])|点算", "怎么办"),
    (
        r"(?<![重要优特缺看论观地起终])点(?:样|解)|哪能|咋(?:个|样)?|啷个|怎(?:个|生)|(?<![什这那怎])么样(?=办|搞|弄|算|交|走)|何解",
        "怎么",
    ),
    (r"[咩乜](?:嘢|野|事)?|啥(?:子|个|物事|东西)?|(?<![什怎这那多])么(?:子|事|家)|嘛(?=[事玩])|甚(?:么|个)", "什么"),
    (r"系咪|系唔系|是唔是|阿是|是勿是", "是不是"),
    (r"[冇莫没]得|冇|呒没|[冒毛]得|没有得|木有", "没有"),
    (r"唔(?=[\u4e00-\u9fff])|勿(?!忘|必|近|动)", "不"),
    (r"^[咁噉]|(?<=[，,。；;\s])[咁噉]", "那"),
    (r"[俾畀](?=[\u4e00-\u9fff])", "给"),
    (r"嘅|(?<=[我你他])个(?=[\u4e00-\u9fff]{1,3}[呢吗？?]?$)", "的"),
    (r"[啲啱]", "些"),
    (r"嚟", "来"),
    (r"收工|放工|落班|下工", "下班"),
    (r"返工|开工|上工", "上班"),
    (r"[俺偶咱侬伲]的?(?=[店铺摊家们])|^[俺偶]", "我"),
    (r"[伐啵]$|得不得行?|中不中|成不成|要不?要得|得行不", "行吗"),
)
_COMPILED = tuple((re.compile(pattern), standard) for pattern, standard in _WORDS)


@functools.lru_cache(maxsize=256)
def standard(text: str) -> str:
    """For recognising what is asked, and for looking it up; never for what is shown or kept."""
    plain = simplified(text)
    for pattern, word in _COMPILED:
        plain = pattern.sub(word, plain)
    return plain
