"""Images of documents: photographs, screenshots, faxes."""

from collections.abc import Iterator

from ingest.blocks import Block, BlockKind, Prose
from ingest.errors import OcrMissing
from ingest.parsers import ocr
from ingest.parsers.source import Source, collect


def parse(source: Source) -> Prose:
    if not ocr.is_installed():
        raise OcrMissing(source.name)
    blocks = collect(_blocks(source), source)
    return Prose(blocks, format="image", warnings=("文字由图片识别得来，请人工核对",))


def _blocks(source: Source) -> Iterator[Block]:
    from ingest.parsers.pictures import pictures  # noqa: PLC0415 - Pillow comes with the extra

    for page, picture in enumerate(pictures(source), start=1):
        for line in ocr.recognise(picture):
            yield Block(BlockKind.LINE, line, page=page)
