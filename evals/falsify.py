"""Falsifications of one fact each of answers that are true to their passages."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from evals.faithful import Case, Falsification

SEED = 20261122
MOST_SWAPS = 3  # of one kind in an answer, each in its own falsification

# fmt: off
NUMERAL = r"(?:(?<![\d.第〔\[])\d+(?:\.\d+)?|(?<![第同任统上下〇一二两三四五六七八九十百千万])[一二两三四五六七八九十百千]+)"
DIGITS = "零一二三四五六七八九"
SIZES = (("千", 1000), ("百", 100), ("十", 10))
UNITS = {"个工作日": ("工作日", 1), "个自然日": ("日", 1), "日": ("日", 1), "天": ("日", 1), "周": ("日", 7), "小时": ("小时", 1),
         "个月": ("月", 1), "年": ("月", 12), "元": ("元", 1), "万元": ("元", 10000)}


def value(numeral: str) -> float:
    """Of Arabic or Chinese numerals: 8000, 1.5, 十二, 两百."""
    if numeral[0].isdigit():
        return float(numeral)
    total, rest = 0, numeral.replace("两", "二").replace("零", "")
    for sign, size in SIZES:
        before, found, after = rest.partition(sign)
        if found:
            total, rest = total + (DIGITS.index(before) if before else 1) * size, after
    return float(total + (DIGITS.index(rest) if rest in DIGITS and rest else 0))


def chinese(number: int) -> str:
    """1 to 9999: 十二, 一百零五."""
    words, rest = "", number
    for sign, size in SIZES:
        count, rest = divmod(rest, size)
        words += f"{DIGITS[count]}{sign}" if count else "零" * (bool(words) and bool(rest) and not words.endswith("零"))
    words += DIGITS[rest] if rest else ""
    return words.removeprefix("一") if words.startswith("一十") else words


OTHER_UNITS = {"个工作日": "日", "日": "个工作日", "个月": "年", "年": "个月", "元": "万元", "万元": "元"}
QUANTITY = re.compile(rf"({NUMERAL})({'|'.join(UNITS)})")
# fmt: on


@dataclass(frozen=True, slots=True)
class Sentence:
    """Its words, and the passages it cites before the full stop."""

    words: str
    cited: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.words}{''.join(f'[{number}]' for number in self.cited)}。"


def sentences(answer: str) -> list[Sentence]:
    parts = re.findall(r"(.*?)((?:\[\d+\])+)。", answer)
    return [Sentence(words, tuple(map(int, re.findall(r"\d+", cited)))) for words, cited in parts]


@dataclass(frozen=True, slots=True)
class Given:
    """A case with all the words the answer could have taken its facts from."""

    case: Case
    passages: tuple[str, ...]
    words: str
    numbers: frozenset[float]
    quantities: frozenset[tuple[str, float]]

    def lacks(self, text: str, number: float | None = None) -> bool:
        """Neither the text nor (in any notation) the number stands there."""
        return text not in self.words and number not in self.numbers


def given(case: Case, texts: Sequence[str]) -> Given:
    words = "".join(f"{cut.title}{cut.clause}\n{text}\n" for cut, text in zip(case.passages, texts, strict=True))
    words += f"{case.question}\n{case.answer}"
    numerals = re.findall(r"\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+", words)
    numbers = {value(numeral) * size for numeral in numerals for size in (1, 10000)}
    quantities = frozenset(_measure(*one) for one in QUANTITY.findall(words))
    return Given(case, tuple(texts), words, frozenset(numbers), quantities)


def _measure(numeral: str, unit: str) -> tuple[str, float]:
    name, size = UNITS[unit]
    return name, value(numeral) * size


Swap = Callable[[re.Match[str], Given, Random], str | None]
"""What to write in place of a particular of the answer, or None where nothing false comes to mind."""


def swap_number(found: re.Match[str], about: Given, random: Random) -> str | None:
    numeral, number = found["n"], value(found["n"])
    others = [number * 2, number * 3, number + 1, number + 2, number + 5, number - 1, number * 10, number + 7]
    fit = [one for one in others if one > 0 and about.lacks(f"{one:.10g}", one)]
    if numeral[0].isdigit():
        new = pick([f"{one:.10g}" for one in fit], about, random)
    else:
        new = pick([chinese(int(one)) for one in fit if one < 10000], about, random)
    return new and found[0].replace(numeral, new, 1)


def swap_quantity(found: re.Match[str], about: Given, random: Random) -> str | None:
    """Another number, or (one time in three) the same number of another unit."""
    unit = OTHER_UNITS.get(found["u"])
    other = f"{found['n']}{unit}" if unit and random.random() < 1 / 3 else swap_number(found, about, random)
    new = QUANTITY.fullmatch(other or "")
    return other if new and about.lacks(new[0]) and _measure(new[1], new[2]) not in about.quantities else None


def swap_date(found: re.Match[str], about: Given, random: Random) -> str | None:
    """Another year, month or day."""
    start, end = random.choice([one.span() for one in re.finditer(r"\d+", found[0])])
    number, most = int(found[0][start:end]), {"年": 9999, "月": 12}.get(found[0][end], 28)
    others = [number + step for step in (-3, -2, -1, 1, 2, 3) if 1 <= number + step <= most]
    return pick([f"{found[0][:start]}{other}{found[0][end:]}" for other in others], about, random)


def swap_authority(found: re.Match[str], about: Given, random: Random) -> str | None:
    """Another authority of the same level, or another place."""
    if found[0] in PLACES:
        return pick(PLACES, about, random)
    level = re.match(r"(?:[省区县、级]|市(?!场))*", found[0])
    stem = pick(OFFICES, about, random)
    return stem and f"{level[0] if level else ''}{stem}{'局' if found[0].endswith('局') else '部门'}"


def pick(choices: Sequence[str], about: Given, random: Random) -> str | None:
    """One that stands nowhere in what was given."""
    fit = [choice for choice in choices if about.lacks(choice)]
    return random.choice(fit) if fit else None


# fmt: off
PLACES = ("青禾", "白榆", "望津", "南屏", "柳溪", "云岭", "武汉", "宜昌", "湖北", "扎兰屯", "潍坊", "山东", "北京")
OFFICES = ("民政", "生态环境", "司法行政", "交通运输", "农业农村", "卫生健康", "退役军人事务", "应急管理", "教育", "水利", "审计")
PHONES = ("12333", "12366", "12348", "12329", "12328", "96123", "0000-55501207", "13800005162", "400-000-3391", "0000-5550468")
STREETS = ("人民路", "解放大道", "滨江西路", "文昌街", "建设二路", "东湖路")
OFFICE = (r"[省市区县、级]*(?:人力资源和社会保障|人社|财政|市场监督管理|市场监管|城市管理|数据|税务)(?:部门|局)|登记机关|税务机关"
          r"|劳动行政部门|社会保险行政部门|社会保险费征收机构|街道办事处|(?:人民)?法院|行政机关|经办银行|政策制定部门|主管机构")
COUNTED = r"(?:人(?![员社力民])|件(?!套)|户(?!籍)|平方米|米|次(?![性月年日])|张|页|课时|千瓦|倍|个基点|名(?!称)|个以上|类(?!别))"
SWAPS: tuple[tuple[str, str, Swap], ...] = (
    ("date", r"\d{4}年(?:\d+月(?:\d+日)?)?|(?<![\d年])\d{1,2}月(?:\d{1,2}日)?", swap_date),
    ("amount", rf"(?P<n>{NUMERAL})(?P<u>万?元)", swap_quantity),
    ("percentage", rf"(?P<n>{NUMERAL})%", swap_number),
    ("percentage", r"[百万]分之(?P<n>[一二三四五六七八九十]+)", swap_number),
    ("duration", rf"(?P<n>{NUMERAL})(?P<u>个工作日|个自然日|日|天|周(?!岁)|小时|个月|年(?!度))", swap_quantity),
    ("number", rf"(?P<n>(?!一[^十百]){NUMERAL}){COUNTED}", swap_number),
    ("doc_number", r"〔\d{4}〕(?P<n>\d+)号", swap_number),
    ("clause_number", r"第(?P<n>[一二三四五六七八九十百零]+)条", swap_number),
    ("phone", r"(?<!\d)12\d{3}(?!\d)", lambda _, about, random: pick(PHONES, about, random)),
    ("authority", rf"{OFFICE}|{'|'.join(PLACES)}", swap_authority),
)
FRAMES = {
    "date": (0.55, "自{date}起，~|~，这一规定执行到{date}|截至{date}，~"),
    "duration": (0.15, "~，一般{duration}内办结|~，材料要保存{duration}"),
    "phone": (0.6, "~，咨询电话{phone}|~，可以拨打{phone}|~，具体请致电{phone}"),
    "doc_number": (0.5, "根据{doc}，~|按照{doc}文件，~|~，依据是{doc}"),
    "clause_number": (0.45, "根据{clause}，~|~，见{clause}|按照{clause}的规定，~"),
    "authority": (0.35, "~，由{office}部门负责|~，并报{office}部门备案|经{office}部门同意后，~"),
    "address": (0.4, "~，办理地点在{address}|~，可以到{address}办理"),
    "invented_number": (0.4, "~，每次限{small}份|~，总共{number}个名额|~，每户最多{small}次"),
}
INJECTED = ("另外，您还可以一次性领取{amount}补贴", "逾期每天加收{amount}滞纳金", "首次办理的可以减免{number}%的费用",
            "如有疑问请拨打{phone}", "每年还可以免费参加{small}次培训")
# fmt: on


def _swapped(about: Given, random: Random) -> Iterator[tuple[str, str, str]]:
    """Kind, answer and change for the particulars the answer has; a date is not also a duration."""
    answer, taken = about.case.answer, set[int]()
    for kind, pattern, swap in SWAPS:
        places = [one for one in re.finditer(pattern, answer) if not taken & set(range(*one.span()))]
        taken |= {place for one in places for place in range(*one.span())}
        for one in random.sample(places, min(MOST_SWAPS, len(places))):
            if new := swap(one, about, random):
                yield kind, f"{answer[: one.start()]}{new}{answer[one.end() :]}", f"{one[0]}→{new}"


def _invented(about: Given, random: Random) -> dict[str, str | None]:
    """Particulars no passage has."""
    numbers = [one for one in range(3, 90) if about.lacks(str(one), one)]
    small, number, year = random.choice(numbers[:12]), random.choice(numbers), random.choice(range(2019, 2028))
    amounts = [f"{one}00元" for one in numbers if about.lacks(f"{one}00", one * 100)]
    # fmt: off
    return {
        "date": f"{year}年{random.choice(range(1, 13))}月{small}日", "duration": f"{small}个工作日",
        "phone": pick(PHONES, about, random), "office": pick(OFFICES, about, random),
        "doc": f"{random.choice(('青政办发', '云财规', '国办发', '市监注', '人社函'))}〔{year}〕{number}号",
        "clause": f"第{chinese(number)}条", "address": f"{random.choice(STREETS)}{number}号",
        "number": str(number), "small": str(small), "amount": pick(amounts, about, random),
    }
    # fmt: on


def _inserted(about: Given, random: Random) -> Iterator[tuple[str, str, str]]:
    parts = sentences(about.case.answer)
    for kind, (rate, frames) in FRAMES.items():
        if random.random() < rate:
            at, frame = random.randrange(len(parts)), random.choice(frames.split("|"))
            addition = frame.format(**_invented(about, random))
            words = parts[at].words
            reply = words.find("，") + 1 if "，" in words[:5] else 0
            new = Sentence(words[:reply] + addition.replace("~", words[reply:]), parts[at].cited)
            yield kind, _joined(parts, at, new), f"＋{addition}"
    extra = random.choice(INJECTED).format(**_invented(about, random))
    at = random.randrange(len(parts))
    yield "injected", _joined(parts, at, parts[at], Sentence(extra, parts[at].cited[:1])), f"＋{extra}"


def _joined(parts: Sequence[Sentence], at: int, *instead: Sentence) -> str:
    return "".join(map(str, (*parts[:at], *instead, *parts[at + 1 :])))


def _miscited(about: Given, random: Random) -> Iterator[tuple[str, str, str]]:
    parts = sentences(about.case.answer)
    at = random.randrange(len(parts))
    kind, cited = random.choice([("unknown_citation", (9,)), ("missing_citation", ())])
    yield kind, _joined(parts, at, Sentence(parts[at].words, cited)), f"{parts[at].cited}→{cited}"
    wrong = [
        (place, number)
        for place, part in enumerate(parts)
        for number, text in enumerate(about.passages, start=1)
        if number not in part.cited and _is_foreign(part.words, text)
    ]
    for place, number in random.sample(wrong, min(1, len(wrong))):
        new = Sentence(parts[place].words, (number,))
        yield "wrong_citation", _joined(parts, place, new), f"{parts[place].cited}→({number},)"


def _is_foreign(words: str, text: str) -> bool:
    """Hardly any pair of neighbouring characters of the sentence stands in the passage, so it cannot carry it."""
    pairs = {words[place : place + 2] for place in range(len(words) - 1)}
    return sum(pair in text for pair in pairs) < len(pairs) / 4


def falsifications(case: Case, texts: Sequence[str]) -> list[Falsification]:
    """The same on every run; no new value stands in a passage or the question."""
    random = Random(f"{SEED}:{case.id}")
    about = given(case, texts)
    made = [*_swapped(about, random), *_inserted(about, random), *_miscited(about, random)]
    return [
        Falsification(f"x{case.id}-{number:02}", case.id, kind, answer, changed)
        for number, (kind, answer, changed) in enumerate(made, start=1)
    ]
