"""Office packages, PDFs and images made byte by byte, sound or not, for the hostile files."""

import struct
import zipfile
import zlib
from io import BytesIO

from docx import Document
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

LAW = "第一条 为了促进个体工商户发展，制定本条例。\n第二条 本条例适用于本市。\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT = '<w:document xmlns:w="{w}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'


def docx(text: str = LAW) -> bytes:
    document, buffer = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


def xlsx(*rows: tuple[str, ...]) -> bytes:
    workbook, buffer = Workbook(), BytesIO()
    for row in rows or (("问题", "答案"), ("怎么办照？", "网上办。")):
        workbook.worksheets[0].append(row)
    workbook.save(buffer)
    workbook.close()
    return buffer.getvalue()


def pdf(text: str = "Article 1 of these rules", encrypt: StandardEncryption | None = None) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt)
    if text:
        canvas.drawString(72, 700, text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def raw_pdf(*objects: str) -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return body + f"{head}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n".encode()


def with_part(package: bytes, part: str, content: bytes) -> bytes:
    """The package with one part put in the place of its own, or added."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return buffer.getvalue()


def bomb(package: bytes, megabytes: int) -> bytes:
    buffer = BytesIO(package)
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("media.bin", "w") as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(2**20))
    return buffer.getvalue()


def package(**members: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def document_with_dtd(dtd: str, text: str) -> bytes:
    xml = f'<?xml version="1.0"?><!DOCTYPE d [{dtd}]>' + _DOCUMENT.format(w=_W, text=text)
    return with_part(docx(), "word/document.xml", xml.encode())


def laughs() -> bytes:
    entities = '<!ENTITY a "哈哈">' + "".join(
        f'<!ENTITY {chr(code + 1)} "{f"&{chr(code)};" * 10}">' for code in range(ord("a"), ord("j"))
    )
    return document_with_dtd(entities, "&j;")


def deep_docx() -> bytes:
    deep = "<w:sdt><w:sdtContent>" * 5000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 5000
    xml = f'<w:document xmlns:w="{_W}"><w:body>{deep}</w:body></w:document>'
    return with_part(docx(), "word/document.xml", xml.encode())


def sheet_xml(inside: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{main}">{inside}</worksheet>'.encode()


def row(number: int, *texts: str) -> str:
    cells = "".join(
        f'<c r="{get_column_letter(column)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in enumerate(texts, start=1)
    )
    return f'<row r="{number}">{cells}</row>'


def xlsx_with(inside: str) -> bytes:
    return with_part(xlsx(), "xl/worksheets/sheet1.xml", sheet_xml(inside))


def png(width: int, height: int, pixels: bytes = b"") -> bytes:
    def chunk(tag: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + tag + content + struct.pack(">I", zlib.crc32(tag + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
