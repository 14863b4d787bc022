"""Characters recognised in images and scanned pages, by RapidOCR on this machine: nothing is sent anywhere."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.blocks import Block, BlockKind, Prose
from ingest.errors import CorruptFile, ImageTooLarge, NoText, OcrMissing, TooManyPages
from ingest.parsers.source import Source, collect

Picture = NDArray[np.uint8]
"""Height × width × 3, red first."""

_STRIP = 2000
"""Higher pictures (screenshots of a whole page) are cut: shrunk to fit, their words would be unreadable."""
_SEARCHED = 300
_SETTINGS = {
    "Global.log_level": "error",
    "EngineConfig.onnxruntime.intra_op_num_threads": 2,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_ENGINE = Lock()


def is_installed() -> bool:
    return find_spec("rapidocr") is not None


def parse(source: Source) -> Prose:
    if not is_installed():
        raise OcrMissing(source.name)
    blocks = collect(_blocks(source), source)
    return Prose(blocks, format="image", warnings=("文字由图片识别得来，请人工核对",))


def _blocks(source: Source) -> Iterator[Block]:
    for page, picture in enumerate(_pictures(source), start=1):
        for line in recognise(picture):
            yield Block(BlockKind.LINE, line, page=page)


def _pictures(source: Source) -> Iterator[Picture]:
    """One for each frame: a fax is a TIFF of many pages."""
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(BytesIO(source.data), formats=_FORMATS) as image:
            frames = getattr(image, "n_frames", 1)
            if frames > source.limits.max_pages:
                raise TooManyPages(source.name, frames, source.limits.max_pages)
            for frame in ImageSequence.Iterator(image):
                _check_size(frame.width, frame.height, source)
                upright = ImageOps.exif_transpose(frame).convert("RGBA")
                paper = Image.new("RGBA", upright.size, "white")
                yield np.asarray(Image.alpha_composite(paper, upright).convert("RGB"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageTooLarge(source.name, source.limits.max_pixels) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        # Pillow's readers let SyntaxError, ValueError and others through for broken files
        raise CorruptFile(source.name, "图片", "不能解码") from error


def _check_size(width: int, height: int, source: Source) -> None:
    if width * height > source.limits.max_pixels:
        raise ImageTooLarge(source.name, source.limits.max_pixels)
    if not width or not height:
        raise NoText(source.name)


def recognise(picture: Picture) -> Sequence[str]:
    """Lines from the top down, the words of one line from the left."""
    lines: list[str] = []
    for strip in _strips(picture):
        with _ENGINE:
            found = _engine()(np.ascontiguousarray(strip[:, :, ::-1]))
        if found.txts is not None:
            lines.extend(in_lines([(_box(corners), text) for corners, text in zip(found.boxes, found.txts, strict=True)]))
    return lines


@cache
def _engine() -> Any:
    """The models lie in the package, so building it needs no network."""
    return import_module("rapidocr").RapidOCR(params=_SETTINGS)


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
