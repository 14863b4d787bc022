"""A passage, taken apart once for all the sentences that are held against it."""

import re
from dataclasses import dataclass

from assistant import alignment, modality, particulars, roles, table_rows
from assistant.alignment import Source
from assistant.particulars import Particular, plain
from assistant.slots import Slot, slots_of
from assistant.statements import Statement, statements
from assistant.support import pairs
from assistant.table_rows import Row
from assistant.wording import official


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is needed of it."""

    text: str
    body: str
    """Without its title."""
    slots: tuple[Slot[Particular], ...]
    pairs: frozenset[str]
    pieces: tuple[modality.Piece, ...]
    statements: tuple[Statement, ...]
    roles: tuple[Slot[roles.Role], ...]
    sources: tuple[Source, ...]
    """Its sentences, laid out for alignment."""
    rows: tuple[Row, ...]
    outside: tuple[Particular, ...]
    """What stands beside its tables."""

    @property
    def parts(self) -> tuple[str, ...]:
        """Its sentences, and itself."""
        return (*(part for part in re.split(r"[。；]", self.body) if len(part) > 3), self.body)

    @classmethod
    def of(cls, passage: str) -> "Evidence":
        text = official(plain(passage))
        body = official(plain(passage.partition("\n")[2] or passage))
        return cls(
            text,
            body,
            tuple(slots_of(text, particulars.find(text))),
            frozenset(pairs(text)),
            tuple(modality.pieces(body)),
            tuple(statements(body)),
            tuple(roles.slots(body)),
            tuple(alignment.sources(body)),
            table_rows.rows(passage),
            particulars.find(official(plain(table_rows.outside(passage)))),
        )
