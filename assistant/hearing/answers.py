"""A short answer to one question that was just asked: 是的, 报了, 没领过, 三个, 一年三万六, 都不是."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.hearing import binding, frames
from assistant.hearing.figures import Found
from knowledge import regions
from knowledge.rules.model import Fact, Saying
from knowledge.rules.values import FactType, Value

_NOT = r"(?:不是|没有|没得|没|还没|未|不|非|否|无)"
_TAIL = r"(?:[啊呀呢了的嘛]|过|好|完)*"
_YES = re.compile(
    rf"^(?:(?:是|对|嗯|有|在|可以|没错|正是|当然|肯定|确实|的确|要得|行|必须|会|能|愿意|同意|都是|都有){_TAIL}|(?:是|对|嗯|有|在|没错|对头|当然|肯定)(?:的|啊|呀)*(?:[，, ].*|都?是.*)|有[一两几个笔点些份张在]{{1,2}}.{{0,2}})$"
)
_HAS_SOME = re.compile(r"^有[一两几个笔点些份张]")
_WELL = re.compile(r"^(?:都|全|一切|完全|肯定)*(?:没(?:有)?(?:啥|什么)?问题|没毛病)(?:的|了)*$")
_WISHED_FOR = re.compile(r"正常|好不好|齐全|都有|结清|处理好|愿意|自愿|商量好|能移动|达到")
"""没问题 says yes to what should be so, and nothing of 在经营异常名录里吗."""
_NONE = re.compile(r"^(?:从来|还|都|也|并)*(?:没有?|没得|无)(?:过|呢|的|了|啊|呀)*$")
_EITHER_WAY = re.compile(r"第一次|没|未|不(?![是管])")
_NO = re.compile(
    rf"^(?:从来|从|还|都|也|并|压根|根本)*(?:{_NOT}{_TAIL}|(?:不是|没有|没|否|不)(?:的|啊|呀|过|呢|了|哦)*[，, ].*|不[对会能行愿要]{_TAIL}|没有过|不存在|谈不上|还?没来得及|还?没顾上)$"
)
_DONE_OR_NOT = re.compile(
    rf"^(?:我们?|都|也|全|早就|早|已经?|刚|还|从来|从|又|是)*({_NOT})?(?:都|去|有|被|再|给)*([\u4e00-\u9fff]{{1,3}}?)(?:了|过|的|好|完|齐|到|着|清|呢)*$"
)
_SAME_DEED = ("交缴付上买", "领拿享受得", "签订", "办搞弄做", "报交填")
"""交着呢, asked about 缴."""
_CHOICE_OF_TWO = re.compile(r"有没有|([\u4e00-\u9fff])不\1|是不是")
_NO_DEED = frozenset("年月天日行多少大小人店个元位家这那单门罚里次头")
"""Characters of the question that are no verb of it."""
_DOING = ("搞", "弄", "做", "办", "整", "有", "过")
_NOTHING = re.compile(
    r"^(?:我|我们|目前|现在|从来|从|还|根本|压根|一[个分次毛天件回]|半个|都|也|啥|么|什么)*(?:没有?|无|零|0|不)(?:个|人|次|天|月)?(?:领|享受|拿|请|雇|招|裁|安排|办|欠|贷|交|缴|上|买|有|得|人|员工|过|呢|的|了|歇|停)*$|^(?:零|0)(?:个|次|人|个月)?$"
)
_NONE_OF_THEM = re.compile(r"(?:都|一个[都也]|哪[个样种][都也]|全)不(?:是|属于|算|沾)|^(?:都没有|没有)$|以上都不")
_OTHER_FIGURE = re.compile(
    r"百分之|[%％]|岁|一天|每天|一日|(?<!\d)\d{6}(?!\d|[元块万])|(?<!\d)1\d{10}(?!\d)|^我?今年\d{2}$|^[下上第]一?个$"
)
_OTHER_QUANTITIES = (
    "房租",
    "租金",
    "工资",
    "押金",
    "利润",
    "贷款",
    "社保",
    "水电",
    "电话",
    "面积",
    "装修",
    "货款",
    "营业额",
    "流水",
)
"""房租三千, though heads were asked for."""
_LEAST_DIGITS = 3
_EXCEPTION = re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:的|也)*选“是”")
_HALF_YEARLY = (("半年", 6), ("一个?季度?", 3), ("每个?季度?", 3), ("三个月", 3), ("一年|每年|全年|年租|年付", 12))


def value(fact: Fact, saying: Saying, said: str, today: date) -> Value | Found | None:
    """What the answer says about this fact, if it says one thing."""
    if fact.type is FactType.YES_NO:
        return yes_no(fact, saying, said)
    if fact.type is FactType.CHOICE:
        return _option(fact, saying, said)
    return _figure(fact, saying, said, today)


def place(said: str) -> str:
    """在南屏区的 → 南屏区, 湖北武汉 → 武汉."""
    first = re.split("[，,。 ]", said)[0]
    name = re.sub(r"^(?:我?们?(?:的店|店|家)?(?:就)?(?:开)?在|是|就在)|(?:的|这边|那边|开的?|里|人)$", "", first)
    if len(regions.codes_named(name)) != 1:
        for length in (4, 3, 2):
            if len(name) > length and len(regions.codes_named(name[-length:])) == 1:
                return name[-length:]
    return name


def yes_no(fact: Fact, saying: Saying, said: str) -> bool | None:
    """By words of agreement, by what the rulebook says of answers, or by the verb of the question: 报了, 没达到."""
    about = f"{fact.ask}{fact.help or ''}"
    if saying.unless and re.search("|".join(saying.unless), said):
        return None
    if written := _written(saying, said):
        return written == {"是"} if len(written) == 1 else None
    meant_yes = _EXCEPTION.findall(about)
    if any(_tail_in(phrase, said) for phrase in meant_yes):
        return True
    if meant_yes and re.match(_NOT, said):
        return None
    if _is_either_way(fact.ask, said):
        return None
    if _WELL.match(said):
        return True if _WISHED_FOR.search(about) else None
    if _YES.match(said):
        return True
    if _NO.match(said):
        return False
    return _by_verb(about, fact.ask, said)


def in_its_own_words(fact: Fact, saying: Saying, said: str) -> bool | None:
    """是第一次, whatever was asked: an answer that the rulebook knows, in words that the question itself uses."""
    written = _written(saying, said)
    asked = f"{fact.ask}{fact.label}"
    names_it = any(said[start : start + 2] in asked for start in range(len(said) - 1))
    is_barred = bool(saying.unless) and re.search("|".join(saying.unless), said) is not None
    return written == {"是"} if len(written) == 1 and names_it and not is_barred else None


def _written(saying: Saying, said: str) -> set[str]:
    return {option for option, patterns in saying.answers.items() if _is_told("|".join(patterns), said)}


def is_none(said: str) -> bool:
    """没有, whatever was asked."""
    return bool(_NONE.match(said))


def _is_either_way(ask: str, said: str) -> bool:
    """没有 to 好不好（没有逾期）, or to 这是第一次吗; 有一些 to 都有吗."""
    if "有没有" in ask:
        return False
    none = _NONE.match(said) and _EITHER_WAY.search(_CHOICE_OF_TWO.sub("", ask))
    return bool(none) or bool(_HAS_SOME.match(said) and not ask.startswith("有"))


def _is_told(pattern: str, said: str) -> bool:
    """没欠 is no 欠: what stands before does not turn it round."""
    match = re.search(pattern, said)
    return bool(match) and not re.search(r"(?:没有?|未|不)$", said[: match.start() if match else 0])


def _by_verb(about: str, ask: str, said: str) -> bool | None:
    """报了 to 报了吗; 还清了 to 有没有没还清的 turns round."""
    match = _DONE_OR_NOT.match(said)
    if not match or match[2] in _NO_DEED:
        return None
    deeds = {match[2], *(one for same in _SAME_DEED if match[2] in same for one in same)}
    if not (any(deed in ask for deed in deeds) or match[2] in _DOING):
        return None
    is_done = not match[1]
    asked = about.replace("有没有", "")
    turned = any(re.search(f"没(?:有)?{deed}", asked) for deed in deeds) or (match[2] in _DOING and "还没" in asked)
    return not is_done if turned else is_done


def _tail_in(phrase: str, said: str) -> bool:
    """没有发生过 is said in 没发生过; of 没有 alone nobody knows which."""
    plain = phrase.replace("没有", "没").removesuffix("的")
    return len(plain) > 1 and plain in said.replace("没有", "没")


def _option(fact: Fact, saying: Saying, said: str) -> str | None:
    if _NONE_OF_THEM.search(said):
        last = [option for option in fact.options if "都不是" in option]
        return last[0] if last else None
    named = [option for option in fact.options if option in said]
    kinds = (saying.options, saying.owned, saying.answers)
    written = {option: [word for kind in kinds for word in kind.get(option, ())] for option in fact.options}
    heard = named or [option for option, words in written.items() if words and _told(words, said)]
    if len(heard) != 1:
        return None
    start = said.find(heard[0]) if named else _told(written[heard[0]], said)
    return None if start is None or frames.is_denied(said[:start]) else heard[0]


def _told(words: Sequence[str], said: str) -> int | None:
    match = re.search("|".join(words), said)
    return match.end() - 1 if match else None


def _figure(fact: Fact, saying: Saying, said: str, today: date) -> Found | int | Decimal | None:
    if _NOTHING.match(said) and fact.type in {FactType.WHOLE, FactType.PERIOD, FactType.MONEY}:
        return 0
    if _OTHER_FIGURE.search(said) or any(
        word in said and word not in f"{fact.ask}{fact.label}{''.join(saying.cues)}" for word in _OTHER_QUANTITIES
    ):
        return None
    found = list(binding.scan(fact, said, today, bare=True))
    if len(found) != 1 or not found[0].exact or (saying.unless and re.search("|".join(saying.unless), said)):
        return None
    if fact.type is FactType.MONEY and said.strip() == str(found[0].value) and len(said) < _LEAST_DIGITS:
        return None
    return (
        _for_a_month(found[0], said)
        if saying.per == "month"
        else None
        if _other_than_yearly(saying, said)
        else found[0]
    )


def _other_than_yearly(saying: Saying, said: str) -> bool:
    return saying.per == "year" and bool(re.search(r"月(?!份)|季|每天|一天|半年", said))


def _for_a_month(found: Found, said: str) -> Found | None:
    """A month's share of a year's rent, where it comes out even; no share of a day's."""
    if re.search(r"一天|每天|天|周|平", said):
        return None
    for pattern, months in _HALF_YEARLY:
        if re.search(pattern, said):
            share = Decimal(str(found.value)) / months
            return replace(found, value=share, rough=True) if share == share.to_integral_value() else None
    return found
