"""Words of dialects and misspelt terms as the patterns know them: 铺头 is 店, 房祖 is 房租."""

import re
from functools import lru_cache

from assistant.hearing import places
from assistant.hearing.figures import NUMBER
from knowledge import words
from knowledge.characters import simplified
from knowledge.rules.engine import Engine
from knowledge.vocabulary import Vocabulary, sound

_TERM = re.compile(r"[\u4e00-\u9fff]{2,5}(?![?\u4e00-\u9fff])")
_NO_TERM = re.compile(
    r"[个一半要想此回去来起这那]|^(?:家电|书店|时间|日期|隔壁|药房|快递|高职|零食|瓜果|私人|手机|青菜|天灾|建材|失信)$"
)
"""Words of everyday grammar sound like too much else."""
_SPACED = re.compile(
    r"(?<=\d),(?=\d{3}(?!\d))|(?<=[一二两三四五六七八九十百])个(?=亿|[wW万](?![\u4e00-\u9fff]))|(?<=\d)(?:\s+|个(?=[wW万亿]))(?=[万千百亿元块个人名位平年月日号%kKwW])|(?<=[年月])\s+(?=\d)"
)

_PARTICLES = re.compile(
    r"(?<![等看查问])[噻嘞撒哈呀嘛啊哦喔咧哩捏哒呐哟诶欸嗯唉哎呃哇嗬咹]+(?=$|[，,。！!；;？?、~～…\s])|(?<![业金总数差限税余名份售得款交面巨定全小大缺])额(?=$|[，,。！!；;？?、~～…\s])|^[嗯哦噢喔啊哎诶欸呃额唉哟]+(?=[\u4e00-\u9fff])"
)
_DONE = re.compile(r"(?:[咯啰囉喽啦]|(?<=[个人名位次])拉)(?=$|[，,。！!；;、~～…\s])")
_OF = re.compile(r"(?<![点水雨])滴(?=$|[，,。！!；;、噻嘞撒]|[\u4e00-\u9fff])(?!滴)")
_PARTED = re.compile(
    r"([毕停歇开])([的了过])(业)|([开关])([的过])(张)|([开关])([的过])(门)(?![面市店])|(搬)([的了过])(家)(?![店公厂])|(退)([的了过])([休伍役])"
    r"|([离辞])([的了过])(职)|([完辞])([的了过])(工)(?![作人厂])|(登)([的了过])(记)|(参)([的了过])(军)"
)
"""去年毕的业, 没关过张: the word was parted."""
_OFF = re.compile(r"(?<=[报交还裁辞关炒退付走卖拆办结停])脱(?=了|$|[，,。])")
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_FORMAL_FIGURE = re.compile(
    r"[\d零一二两三四五六七八九壹贰叁肆伍陆柒捌玖][拾佰仟](?:[零壹贰叁肆伍陆柒捌玖拾佰仟万]*)|[壹贰叁肆伍陆柒捌玖](?=万)"
)
"""叁仟贰佰: as on a receipt."""
_FROM = re.compile(
    rf"(?:从|由){NUMBER}(?:[万元块个人名位平]|个人|块钱|一个?月)*(?=(?:涨|加|升|增|降|减|扩|调|变|改|掉|跌|谈|砍)[价长]?(?:到|成|为|至))"
)
"""房租从三千涨到三千五: what it was before."""
_CONTRACT = re.compile(r"和同(?![学事行乡村班桌伴])")
"""签了和同, but 我和同学."""
_NOT = re.compile(r"(?<![请切])勿(?![忘以])")
_I = re.compile(r"(?:偶(?=[是们家的店开有在])|吾(?=[是们家]))")
_IS = re.compile(r"(?<![关联干派体院中])系(?![统列数主别])")
_ELIDED = re.compile(
    r"(?<=[了着])(?=个[\u4e00-\u9fff]{0,3}(?:员工|伙计|工人|服务员|师傅|小妹|阿姨|大姐|帮工|学徒|店员|收银|厨师|厨子|小伙|姑娘|残疾))|(?<=有)(?=个[\u4e00-\u9fff]{0,1}残疾)"
)
"""请了个阿姨: one."""
_FIGURE = re.compile(r"[零一二两三四五六七八九十百千万亿]")
_WORDS = re.compile(r"[^\d零一二两三四五六七八九十百千万亿]+")
"""Figures are never misspelt words: 一年一付 is no 衣服."""


def plain(text: str, engine: Engine) -> str:
    """The message in plain words."""
    text = _SPACED.sub("", simplified(text))
    text = _I.sub("我", text)
    text = _IS.sub("是", _OF.sub("的", _DONE.sub("了", _PARTICLES.sub("", text))))
    for said, meant in engine.book.dialect.items():
        text = text.replace(said, meant)
    text = _FORMAL_FIGURE.sub(lambda figure: figure[0].translate(_FORMAL), text)
    text = _FROM.sub("", text)
    text = _CONTRACT.sub("合同", _NOT.sub("不", text))
    text = _OFF.sub("掉", _PARTED.sub(_joined, _ELIDED.sub("一", text)))
    return "".join(part if places.is_name(part) else _repaired(part, _terms(engine)) for part in places.apart(text))


def _joined(parted: re.Match[str]) -> str:
    first, between, last = filter(None, parted.groups())
    return f"{first}{last}{between}"


def _repaired(text: str, terms: Vocabulary) -> str:
    repaired, changes = terms.repair(text)
    if not any(_FIGURE.match(written) for written, _ in changes):
        return repaired
    return _WORDS.sub(lambda run: terms.repair(run[0])[0], text)


@lru_cache(maxsize=4)
def _terms(engine: Engine) -> Vocabulary:
    """The terms of the sayings by how they sound; only what is no word of the dictionary is put right."""
    terms = {
        term
        for saying in engine.book.sayings.values()
        for pattern in saying.terms
        for term in _TERM.findall(pattern)
        if not _NO_TERM.search(term) and len(words.cut(term)) <= len(term) // 2
    }
    terms |= engine.book.terms
    return Vocabulary((), {sound(term): term for term in sorted(terms, key=len)})
