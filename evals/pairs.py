"""What typing errors, colloquial words and several questions at once cost, against the plain question of each pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.intervals import Estimate, Share, mean_estimate
from evals.questions import Result, is_within

PLAIN = "plain"
AT = (1, 3)
PARTS_AT = (3, 5)
MOST_LOST = 0.05


@dataclass(frozen=True, slots=True)
class Lost:
    """Of one style: how often the right clause is found for the plain question and for its variant."""

    plain: Share
    variant: Share
    lost: Estimate
    """Plain minus variant; pairs are drawn as a whole."""

    def to_json(self) -> dict[str, Any]:
        return {
            "pairs": self.plain.of,
            "plain": round(self.plain.value, 4),
            "variant": round(self.variant.value, 4),
            "lost": self.lost.to_json(),
        }


@dataclass(frozen=True, slots=True)
class PairsReport:
    lost: Mapping[tuple[str, int], Lost]
    """By style and place."""
    all_parts: Mapping[int, Share]
    """Questions that ask several things: every part found among the first k."""

    def to_json(self) -> dict[str, Any]:
        return {
            "variants": {f"{style} @{k}": lost.to_json() for (style, k), lost in self.lost.items()},
            "all_parts": {f"前 {k} 条": share.to_json() for k, share in self.all_parts.items()},
        }


def report(results: Sequence[Result]) -> PairsReport:
    plain = {result.case.id: result for result in results if result.case.style == PLAIN}
    pairs = [
        (plain[result.case.pair], result)
        for result in results
        if result.case.style != PLAIN and result.case.pair in plain
    ]
    styles = dict.fromkeys(variant.case.style for _, variant in pairs)
    parted = [result for result in results if result.parts]
    return PairsReport(
        {(style, k): _lost([pair for pair in pairs if pair[1].case.style == style], k) for style in styles for k in AT},
        {k: Share.among(all(is_within(place, k) for place in one.parts) for one in parted) for k in PARTS_AT},
    )


def _lost(pairs: Sequence[tuple[Result, Result]], k: int) -> Lost:
    found = [(is_within(plain.rank, k), is_within(variant.rank, k)) for plain, variant in pairs]
    return Lost(
        Share.among(plain for plain, _ in found),
        Share.among(variant for _, variant in found),
        mean_estimate([float(plain) - float(variant) for plain, variant in found]),
    )
