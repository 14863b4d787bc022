"""Which numbers an answer may tell people to call.

A phone, a mobile or an e-mail address is never taken from a passage, right as
it may be: contacts come from the directory alone, where staff keep them up to
date, and what stands in a document can be private or long given up. Public
short hotlines are excepted, when a cited passage has them.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.particulars import Kind, Particular

PUBLIC_LINES = frozenset(
    [
        "110",
        "119",
        "120",
        "122",
        "12305",
        "12309",
        "12310",
        "12313",
        "12315",
        "12316",
        "12317",
        "12318",
        "12319",
        "12320",
        "12328",
        "12329",
        "12330",
        "12331",
        "12333",
        "12336",
        "12337",
        "12338",
        "12340",
        "12345",
        "12348",
        "12350",
        "12351",
        "12355",
        "12356",
        "12358",
        "12360",
        "12363",
        "12365",
        "12366",
        "12367",
        "12369",
        "12377",
        "12378",
        "12380",
        "12381",
        "12385",
        "12386",
        "12388",
        "12389",
        "12393",
        "12395",
        "96110",
    ]
)
_PHONE = re.compile(r"\d{5,13}")


def problems(found: Sequence[Particular]) -> Iterator[str]:
    """Contacts that only the directory may give."""
    for one in found:
        number = _PHONE.fullmatch(one.value[0]) if one.kind is Kind.CODE else None
        if (number and number[0] not in PUBLIC_LINES) or (one.kind is Kind.LINK and "@" in one.words):
            yield one.words
