"""Personal data in what people type is replaced by its kind, before anything is stored, logged or shown to a model."""

from dataclasses import dataclass

from knowledge.privacy import NAMES, find_spans


@dataclass(frozen=True, slots=True)
class Masked:
    text: str
    kinds: tuple[str, ...]
    """What was masked, in Chinese, each once, in order of appearance."""


def mask(text: str) -> Masked:
    kinds: list[str] = []
    pieces, position = [], 0
    for span in find_spans(text):
        kinds.append(NAMES[span.kind].partition("（")[0])
        pieces += [text[position : span.start], f"〔{kinds[-1]}〕"]
        position = span.end
    return Masked("".join([*pieces, text[position:]]), tuple(dict.fromkeys(kinds)))
