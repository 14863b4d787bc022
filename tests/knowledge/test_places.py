"""Places named in passing: the longest name at each spot, whatever stands around it."""

import pytest

from knowledge import places


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("我在宜昌市猇亭区开店", ["420505"]),
        ("宜昌", ["420500"]),
        ("从宜昌搬到武汉市", ["420500", "420100"]),
        ("宜", []),
        ("昌宜开店", []),
        ("", []),
    ],
)
def test_the_longest_name_at_each_spot_is_found(text: str, codes: list[str]) -> None:
    assert places.named_in(text) == codes


def test_of_places_of_one_name_the_one_nearby_is_meant() -> None:
    assert places.named_in("朝阳区的店") == []
    assert places.named_in("朝阳区的店", near="110000") == ["110105"]
