"""Characters recognised in images and scanned pages, by RapidOCR on this machine: nothing is sent anywhere."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Height × width × 3, red first."""

_STRIP = 2000
"""Higher pictures (screenshots of a whole page) are cut: shrunk to fit, their words would be unreadable."""
_SEARCHED = 300
_LEAST_SIDE = 64
_MOST_OBLONG = 20
_SETTINGS = {
    "Global.log_level": "error",
    "EngineConfig.onnxruntime.intra_op_num_threads": 2,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_ENGINE = Lock()


def is_installed() -> bool:
    return find_spec("rapidocr") is not None


def recognise(picture: Picture) -> Sequence[str]:
    """Lines from the top down, the words of one line from the left."""
    lines: list[str] = []
    for strip in _strips(_padded(picture)):
        with _ENGINE:
            found = _engine()(np.ascontiguousarray(strip[:, :, ::-1]))
        if found.txts is not None:
            lines.extend(
                in_lines([(_box(corners), text) for corners, text in zip(found.boxes, found.txts, strict=True)])
            )
    return lines


@cache
def _engine() -> Any:
    """The models lie in the package, so building it needs no network."""
    return import_module("rapidocr").RapidOCR(params=_SETTINGS)


def _padded(picture: Picture) -> Picture:
    """The engine fails on pictures that are nearly a line."""
    height, width, _ = picture.shape
    least = max(_LEAST_SIDE, max(height, width) // _MOST_OBLONG)
    missing = ((0, max(0, least - height)), (0, max(0, least - width)), (0, 0))
    return np.pad(picture, missing, constant_values=255)


def _strips(picture: Picture) -> Iterator[Picture]:
    """Cut where the picture is emptiest: between two lines."""
    top = 0
    while len(picture) - top > _STRIP:
        searched = picture[top + _STRIP - _SEARCHED : top + _STRIP]
        busy = searched.reshape(len(searched), -1).std(axis=1)
        bottom = top + _STRIP - _SEARCHED + int(busy.argmin())
        yield picture[top:bottom]
        top = bottom
    yield picture[top:]


Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def _box(corners: Any) -> Box:
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def in_lines(found: Sequence[tuple[Box, str]]) -> list[str]:
    """Boxes whose middle lies within the height of a line's first box belong to that line."""
    lines: list[list[tuple[Box, str]]] = []
    for box, text in sorted(found, key=lambda each: each[0][1]):
        middle = (box[1] + box[3]) / 2
        line = next((line for line in reversed(lines) if line[0][0][1] < middle < line[0][0][3]), None)
        if line is None:
            lines.append([(box, text)])
        else:
            line.append((box, text))
    return ["  ".join(text for _, text in sorted(line)) for line in lines]
