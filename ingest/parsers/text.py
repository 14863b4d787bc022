"""Plain text: every line a block, as it stands; empty lines stay (they part paragraphs), and tabs (an empty cell is one)."""

from ingest.blocks import Block, BlockKind, Prose
from ingest.parsers.decoding import decode
from ingest.parsers.source import Source, collect


def parse(source: Source) -> Prose:
    decoded = decode(source)
    lines = (Block(BlockKind.LINE, line.rstrip(" \u3000\xa0")) for line in decoded.text.splitlines())
    return Prose(collect(lines, source), format="txt", warnings=decoded.warnings)
