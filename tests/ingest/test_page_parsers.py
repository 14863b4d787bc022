"""PDF and images, with and without character recognition."""

import os
import socket
from io import BytesIO
from pathlib import Path

import pytest

from ingest.errors import (
    CorruptFile,
    EncryptedFile,
    NoTextInScan,
    OcrMissing,
)
from ingest.parsers import ocr, read
from tests.ingest.making import LAW, Put, pdf, prose, texts


def test_pdf_lines_carry_their_page(tmp_path: Path) -> None:
    parsed = prose(pdf(tmp_path / "x.pdf", f"{LAW}\n第二条", "第三条"))
    assert [(block.text, block.page) for block in parsed.blocks] == [(LAW, 1), ("第二条", 1), ("第三条", 2)]
    assert not parsed.warnings


def test_an_encrypted_pdf_says_so(tmp_path: Path) -> None:
    with pytest.raises(EncryptedFile, match="密码"):
        read(pdf(tmp_path / "x.pdf", LAW, encrypt="secret"))


def font() -> Path:
    """CI has one; elsewhere the test is left out and says why."""
    names = ("*wqy*", "*Noto*CJK*", "*SourceHan*", "*simsun*")
    found = [path for name in names for path in sorted(Path("/usr/share/fonts").rglob(name)) if path.is_file()]
    if not found and os.environ.get("CI") != "true":
        pytest.skip("本机没有中文字体，图片识别测试未运行；可安装 fonts-wqy-microhei")
    assert found, "CI 上必须装有中文字体（fonts-wqy-microhei）"
    return found[0]


def picture(*lines: str, form: str = "PNG") -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (940, 100 * len(lines)), "white")
    for place, line in enumerate(lines):
        ImageDraw.Draw(image).text((30, 30 + 100 * place), line, font=ImageFont.truetype(str(font()), 34), fill="black")
    buffer = BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a parser wanted the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("no_network")
def test_an_image_is_recognised_without_network(put: Put) -> None:
    pytest.importorskip("rapidocr", reason="没有安装 xiaoer[ocr]")
    parsed = prose(put("x.jpg", picture("第一条为了促进个体工商户发展", "第二条适用本市", form="JPEG")))
    assert texts(parsed) == ["第一条为了促进个体工商户发展", "第二条适用本市"]
    assert "识别" in parsed.warnings[0]


@pytest.mark.timeout(300)
@pytest.mark.usefixtures("no_network")
def test_only_the_scanned_page_of_a_pdf_is_recognised(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="没有安装 xiaoer[ocr]")
    parsed = prose(pdf(tmp_path / "x.pdf", LAW, picture("第二条适用本市")))
    assert [(block.text, block.page) for block in parsed.blocks] == [(LAW, 1), ("第二条适用本市", 2)]
    assert "第 2 页" in parsed.warnings[0]


def test_without_the_extra_a_scan_and_an_image_name_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    scan = pdf(tmp_path / "x.pdf", picture("第一条"))
    with pytest.raises(NoTextInScan, match=r"pip install 'xiaoer\[ocr\]'"):
        read(scan)
    (tmp_path / "x.png").write_bytes(picture("第一条"))
    with pytest.raises(OcrMissing, match=r"pip install 'xiaoer\[ocr\]'"):
        read(tmp_path / "x.png")
    half = prose(pdf(tmp_path / "y.pdf", LAW, picture("第二条")))
    assert texts(half) == [LAW]
    assert "第 2 页" in half.warnings[0]


def test_boxes_become_lines_from_the_top_and_the_left() -> None:
    found = [
        ((500.0, 98.0, 560.0, 139.0), "右"),
        ((20.0, 200.0, 60.0, 230.0), "下"),
        ((20.0, 100.0, 60.0, 136.0), "左"),
    ]
    assert ocr.in_lines(found) == ["左  右", "下"]


def test_a_broken_pdf_after_an_encrypted_one_is_broken_not_encrypted(tmp_path: Path) -> None:
    """PDFium keeps the code of its last error."""
    with pytest.raises(EncryptedFile):
        read(pdf(tmp_path / "x.pdf", LAW, encrypt="secret"))
    with pytest.raises(CorruptFile):
        read(pdf(tmp_path / "y.pdf"))
