"""Characters as the documents write them."""

import functools

import opencc

_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}


def simplified(text: str) -> str:
    """Traditional characters and full-width letters and digits as the documents write them."""
    return str(_to_simplified().convert(text.translate(_HALF_WIDTH)))


@functools.cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
