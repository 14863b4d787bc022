"""What a zip promises to hold, judged before any of it is unpacked (docx and xlsx are zips)."""

import re
import zipfile
import zlib
from io import BytesIO

from ingest.errors import CorruptFile, EncryptedFile, UnsafeXml, ZipBomb
from ingest.parsers.source import Source

_SMALL = 20 * 2**20
"""Below this nothing is a bomb, however well it packs: empty table cells pack a hundredfold."""
_MAX_MEMBERS = 10_000
_ENCRYPTED_FLAG = 0x1
_DTD = re.compile(rb"<\s*!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = 1 << 16


def check(source: Source, what: str) -> None:
    """`zipfile` never unpacks more of a member than its entry says, so the entries can be trusted as an upper bound."""
    try:
        with zipfile.ZipFile(BytesIO(source.data)) as archive:
            _check_sizes(source, archive)
            for member in archive.infolist():
                if member.filename.endswith((".xml", ".rels")):
                    _check_xml(source, archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise CorruptFile(source.name, what, "压缩结构不完整") from error


def _check_sizes(source: Source, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if any(member.flag_bits & _ENCRYPTED_FLAG for member in members):
        raise EncryptedFile(source.name)
    limits = source.limits
    unzipped = sum(member.file_size for member in members)
    allowed = min(limits.max_unzipped_bytes, max(_SMALL, limits.max_ratio * len(source.data)))
    if unzipped > allowed or len(members) > _MAX_MEMBERS:
        raise ZipBomb(source.name, unzipped, allowed)


def _check_xml(source: Source, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Office Open XML forbids a DTD; entities (bombs, files read from disk) need one."""
    with archive.open(member) as part:
        head = part.read(_HEAD).replace(b"\0", b"")  # UTF-16 too
    if _DTD.search(head):
        raise UnsafeXml(source.name, member.filename)
