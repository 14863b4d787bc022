"""Words that make a statement hold for more people, more cases or longer than the passage says.

Catches 所有, 一律, 随时 and the like where neither the cited passages nor the
question have one of the same sort. Cannot catch a scope widened by leaving
out a word (that is `conditions`) or by a wider noun (食品 for 预包装食品).
"""

import re
from collections.abc import Iterator, Sequence

_SORTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![场本共是])所有的?(?=[^，。；的]{2})|任何|全部|一切|各类|凡是|凡|一律|人人|谁都|均可|不论|无论|不管|都可以|都有权|都不?适用|什么.{1,4}都|任意|完全",
        r"一律|没有例外|未例外|毫无例外|绝对|肯定|必然|保证",
        r"随时|任何时(?:候|间)|永久|长期|终身|无限期|一直|永远|不限时间|任何时候|长年",
        r"自动|无条件|直接(?=通过|发放|享受|解除|领取|给予|予以|准予)|当然(?=享受|取得|适用)",
        r"全国|全省|全市|(?:同一|本)省|各地|任何地方",
        r"不受.{0,25}限制|不限|没有限制|未限制|无需先|没有上限|上不封顶|不设上限",
        r"唯一|只有.{2,12}才|仅限(?!于)",
        r"从来没有|从来未|从未",
    )
)


def problems(text: str, passages: Sequence[str], question: str) -> Iterator[str]:
    """The words of a plain sentence that widen it."""
    for sort in _SORTS:
        for match in sort.finditer(text):
            if not any(sort.search(known) for known in (*passages, question)):
                yield match[0]
