"""Image files decoded, frame by frame, upright and on white paper."""

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from ingest.errors import CorruptFile, ImageTooLarge, NoText, TooManyPages
from ingest.parsers.ocr import Picture
from ingest.parsers.source import Source

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")


def pictures(source: Source) -> Iterator[Picture]:
    """One for each frame: a fax is a TIFF of many pages."""
    with _decoding(source):
        image = Image.open(BytesIO(source.data), formats=_FORMATS)
    with image:
        frames = getattr(image, "n_frames", 1)
        if frames > source.limits.max_pages:
            raise TooManyPages(source.name, frames, source.limits.max_pages)
        for frame in range(frames):
            with _decoding(source):
                image.seek(frame)
                _check_size(image.width, image.height, source)
                picture = _on_white(image)
            yield picture


@contextmanager
def _decoding(source: Source) -> Iterator[None]:
    try:
        # Pillow warns of broken tags, and of sizes that are checked here
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError as error:
        raise ImageTooLarge(source.name, source.limits.max_pixels) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, IndexError, struct.error) as error:
        # Pillow's readers let all of these through for broken files
        raise CorruptFile(source.name, "图片", "不能解码") from error


def _on_white(image: Image.Image) -> Picture:
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    paper = Image.new("RGBA", upright.size, "white")
    return np.asarray(Image.alpha_composite(paper, upright).convert("RGB"))


def _check_size(width: int, height: int, source: Source) -> None:
    if width * height > source.limits.max_pixels:
        raise ImageTooLarge(source.name, source.limits.max_pixels)
    if not width or not height:
        raise NoText(source.name)
