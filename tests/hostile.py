"""Files that are broken, mislabelled or meant to do harm: one of each kind, cheap to make."""

import os
import random
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]

from tests.hostile_bytes import (
    LAW,
    OLE,
    bomb,
    deep_docx,
    document_with_dtd,
    docx,
    laughs,
    package,
    pdf,
    png,
    raw_pdf,
    row,
    with_part,
    xlsx,
    xlsx_with,
)

_NOISE = random.Random(20260101).randbytes(8192)

Make = Callable[[Path], Path]


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    description: str
    make: Make
    is_label: bool = False
    """Sound in itself, with a labels file beside it that is not."""


KINDS: list[Kind] = []


def _kind(name: str, description: str, *, is_label: bool = False) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        KINDS.append(Kind(name, description, make, is_label))
        return make

    return register


def make_hostile_files(folder: Path) -> dict[str, Path]:
    """Kind → file, each in a folder of its own; what a kind is stands in DESCRIPTIONS."""
    files: dict[str, Path] = {}
    for kind in KINDS:
        place = folder / kind.name
        place.mkdir(parents=True)
        files[kind.name] = kind.make(place)
    return files


def _written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _plain(name: str, description: str, file: str, content: bytes | str | Callable[[], bytes | str]) -> None:
    def make(folder: Path) -> Path:
        return _written(folder / file, content() if callable(content) else content)

    _kind(name, description)(make)


# nothing, or nearly
_plain("empty", "空文件", "x.txt", b"")
_plain("empty_docx", "空的 docx", "x.docx", b"")
_plain("whitespace", "只有空白", "x.txt", " \r\n\t\u3000\n" * 50)
_plain("whitespace_md", "只有注释和空白的 md", "x.md", "<!-- 无 -->\n\n   \n")
_plain("bom_only", "只有字节序标记", "x.txt", b"\xef\xbb\xbf")

# text that is not text, or not as it claims
_plain("nul_bytes", "夹有 NUL", "x.txt", LAW.replace("。", "。\0"))
_plain("all_nul", "全是 NUL", "x.txt", bytes(5000))
_plain("random_txt", "随机字节冒充 txt", "x.txt", _NOISE)
_plain("random_md", "随机字节冒充 md", "x.md", _NOISE)
_plain("random_csv", "随机字节冒充 csv", "x.csv", _NOISE)
_plain("random_html", "随机字节冒充 html", "x.html", _NOISE)
_plain("lone_surrogates", "UTF-8 里夹着孤立代理项", "x.txt", LAW.encode() * 20 + b"\xed\xa0\x80\xff\xfe")
_plain("cut_utf8", "UTF-8 最后一个字被截断", "x.txt", LAW.strip().encode() * 20 + "完".encode()[:2])
_plain("mixed_encodings", "UTF-8 与 GBK 混在一个文件里", "x.txt", LAW.encode() * 5 + LAW.encode("gbk"))
_plain("odd_utf16", "UTF-16 少了半个字", "x.txt", lambda: b"\xff\xfe" + (LAW * 10).encode("utf-16-le")[:-1])
_plain("one_long_line", "一行五百万字", "x.txt", lambda: "政" * 5_000_000)
_plain("too_many_characters", "文字超过上限", "x.txt", lambda: "策\n" * 2_600_000)
_plain("too_many_lines", "行数超过上限", "x.txt", lambda: "a\n" * 600_000)

# web pages and Markdown
_plain("deep_html", "嵌套十万层的网页", "x.html", lambda: "<div>" * 100_000 + "深处" + "</div>" * 100_000)
_plain("script_html", "只有脚本的网页", "x.html", "<html><script>document.write('x')</script></html>")
_plain("wide_spans", "行列合并极大的网页表格", "x.html",
       lambda: "<table>" + '<tr><td colspan="9999" rowspan="65534">甲<td>乙' * 60_000 + "</table>")  # fmt: skip
_plain("comments_txt", "数百个注释之后才是正文", "x.txt", lambda: "<!---->" * 500 + "\x01")
_plain("open_comments_md", "一百万个没有闭合的注释", "x.md", lambda: "<!--" * 1_000_000)
_plain("deep_list_md", "嵌套数千层的列表", "x.md", lambda: "- " * 5_000 + "深处")
_plain("deep_md", "引用嵌套数千层的 md", "x.md", ">" * 20_000 + " 深处")
_plain("brackets_md", "十万个方括号的 md", "x.md", "[" * 100_000)
_plain("stars_md", "十万个星号的 md", "x.md", "**a *b " * 20_000)

# wrong suffixes
_plain("docx_as_pdf", "docx 改名 pdf", "x.pdf", docx)
_plain("pdf_as_docx", "PDF 改名 docx", "x.docx", pdf)
_plain("pdf_as_txt", "PDF 改名 txt", "x.txt", pdf)
_plain("html_as_docx", "网页改名 docx", "x.docx", "<!DOCTYPE html><html><body><p>正文</p></body></html>")
_plain("html_as_txt", "网页改名 txt", "x.txt", "<html><body><p>正文</p></body></html>")
_plain("txt_as_xlsx", "文本改名 xlsx", "x.xlsx", LAW)
_plain("xlsx_as_csv", "xlsx 改名 csv", "x.csv", xlsx)
_plain("xlsx_as_docx", "xlsx 改名 docx", "x.docx", xlsx)
_plain("png_as_pdf", "图片改名 pdf", "x.pdf", png(8, 8, bytes(72)))
_plain("doc_as_docx", "旧版 Word 改名 docx", "x.docx", OLE + bytes(512) + "WordDocument".encode("utf-16-le"))
_plain("rtf_as_docx", "RTF 改名 docx", "x.docx", b"{\\rtf1\\ansi hello}")
_plain("exe_as_docx", "程序改名 docx", "x.docx", b"MZ\x90\x00" + bytes(500))

# formats that are not read
for _suffix in (".doc", ".wps", ".ofd", ".odt", ".xls", ".pptx", ".zip", ".xlsm"):
    _plain(f"unread_{_suffix[1:]}", f"不能直接读取的 {_suffix}", f"x{_suffix}", OLE + _NOISE[:100])
_plain("unknown_exe", "程序", "x.exe", b"MZ\x90\x00")
_plain("no_suffix", "没有后缀", "README", LAW)

# broken or harmful packages
_plain("corrupt_docx", "压缩结构损坏的 docx", "x.docx", lambda: docx()[:2000] + _NOISE[:2000])
_plain("random_docx", "随机字节冒充 docx", "x.docx", _NOISE)
_plain("flipped_docx", "内容被改坏的 docx", "x.docx",
       lambda: (d := docx())[: len(d) // 3] + bytes(200) + d[len(d) // 3 + 200 :])  # fmt: skip
_plain("docx_without_document", "缺少正文部件的 docx", "x.docx", lambda: package(word__document_xml="<a/>"))
_plain("docx_bad_xml", "正文 XML 不完整的 docx", "x.docx",
       lambda: with_part(docx(), "word/document.xml", b"<w:document>"))  # fmt: skip
_plain("docx_empty", "没有文字的 docx", "x.docx", lambda: docx(""))
_plain("docx_deep", "嵌套一万层的 docx", "x.docx", deep_docx)
_plain("docx_laughs", "实体炸弹 docx", "x.docx", laughs)
_plain("docx_external_entity", "引用外部实体的 docx", "x.docx",
       lambda: document_with_dtd('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"))  # fmt: skip
_plain("docx_bomb", "压缩炸弹 docx", "x.docx", lambda: bomb(docx(), 310))
_plain("xlsx_bomb", "压缩炸弹 xlsx", "x.xlsx", lambda: bomb(xlsx(), 60))
_plain("encrypted_ooxml", "加了打开密码的 docx", "x.docx",
       OLE + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000))  # fmt: skip
_plain("corrupt_xlsx", "压缩结构损坏的 xlsx", "x.xlsx", lambda: xlsx()[:3000])
_plain("xlsx_bad_xml", "工作表 XML 不完整的 xlsx", "x.xlsx",
       lambda: with_part(xlsx(), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"))  # fmt: skip
_plain(
    "xlsx_formulas", "公式没有算好的值", "x.xlsx", lambda: xlsx(("项目", "金额"), ("甲", "=1+1"), ("乙", "=SUM(B2)"))
)
_plain("xlsx_macro", "带宏的工作簿", "x.xlsx", lambda: with_part(xlsx(), "xl/vbaProject.bin", OLE))
_plain("xlsx_empty", "空工作簿", "x.xlsx", lambda: xlsx(("", "")))
_plain("xlsx_declared_million", "声明一百万行，实际只有表头", "x.xlsx",
       lambda: xlsx_with(f'<dimension ref="A1:XFD1048576"/><sheetData>{row(1, "甲", "乙")}</sheetData>'))  # fmt: skip
_plain("xlsx_last_row", "只有第一行和第一百万行，后者多一格", "x.xlsx",
       lambda: xlsx_with(f'<sheetData>{row(1, "甲", "乙")}{row(1_048_576, "a", "b", "c")}</sheetData>'))  # fmt: skip
_plain("xlsx_impossible_row", "行号超过 Excel 的上限", "x.xlsx",
       lambda: xlsx_with(f'<sheetData>{row(1, "甲", "乙")}{row(999_999_999, "a", "b")}</sheetData>'))  # fmt: skip
_plain("xlsx_open_formulas", "几十万个没有闭合的公式标记", "x.xlsx",
       lambda: xlsx_with(f"<sheetData>{'<f ' * 300_000}</sheetData>"))  # fmt: skip
_plain("xlsx_too_many_rows", "六万行", "x.xlsx",
       lambda: xlsx_with(f"<sheetData>{''.join(row(n, 'a', 'b') for n in range(1, 60_001))}</sheetData>"))  # fmt: skip

# csv
_plain("csv_ragged", "各行格数不同的 csv", "x.csv", "问题,答案\na,b,c\nd\ne,f\n")
_plain("csv_one_column", "只有一列的 csv", "x.csv", "问题\n怎么办照\n在哪里办\n")
_plain("csv_only_header", "只有表头的 csv", "x.csv", "问题,答案\n")
_plain("csv_open_quote", "引号没有闭合的 csv", "x.csv", '问题,答案\na,"b\n' + "c,d\n" * 100)
_plain("csv_huge_cell", "一格两百万字的 csv", "x.csv", lambda: "问题,答案\na," + "字" * 2_000_000)
_plain("csv_quotes", "十万个引号的 csv", "x.csv", '"' * 100_001)

# PDF
_plain("truncated_pdf", "截断的 PDF", "x.pdf", lambda: pdf()[:400])
_plain("pdf_without_tail", "缺了结尾的 PDF", "x.pdf", lambda: pdf()[:-40])
_plain("random_pdf", "只有文件头的 PDF", "x.pdf", b"%PDF-1.7\n" + _NOISE)
_plain("encrypted_pdf", "加密的 PDF", "x.pdf", lambda: pdf(encrypt=StandardEncryption("secret", strength=128)))
_plain("pdf_blank", "没有文字的 PDF", "x.pdf", lambda: pdf(""))
_plain("pdf_ten_thousand_pages", "一万页的 PDF", "x.pdf",
       lambda: raw_pdf("<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count 10000/Kids[{'3 0 R ' * 10_000}]>>",
                        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"))  # fmt: skip
_plain("pdf_cyclic", "页面树成环的 PDF", "x.pdf",
       lambda: raw_pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 3/Kids[2 0 R 3 0 R 2 0 R]>>",
                        "<</Type/Pages/Parent 2 0 R/Count 2/Kids[2 0 R 3 0 R]>>"))  # fmt: skip
_plain("pdf_no_pages", "零页的 PDF", "x.pdf",
       lambda: raw_pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>"))  # fmt: skip
_plain("pdf_huge_page", "页面尺寸极大、只有图形的 PDF", "x.pdf",
       lambda: raw_pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
                        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99999999 9]/Contents 4 0 R>>",
                        "<</Length 14>>stream\n0 0 99 99 re f\nendstream"))  # fmt: skip

# images
_plain("truncated_png", "截断的 PNG", "x.png", lambda: png(300, 300, bytes(90_300))[:60])
_plain("zero_png", "0×0 的 PNG", "x.png", png(0, 0))
_plain("bomb_png", "二十五亿像素的 PNG", "x.png", png(50_000, 50_000, bytes(1000)))
_plain("large_png", "一亿两千万像素的 PNG", "x.png", png(12_000, 10_000, bytes(1000)))
_plain("missing_pixels_png", "像素不够的 PNG", "x.png", png(400, 400, bytes(1000)))
_plain("random_jpg", "只有文件头的 JPEG", "x.jpg", b"\xff\xd8\xff\xe0" + _NOISE)
_plain("random_tif", "只有文件头的 TIFF", "x.tif", b"II*\x00" + _NOISE)
_plain("random_bmp", "只有文件头的 BMP", "x.bmp", b"BM" + struct.pack("<III", 9000, 0, 54) + _NOISE)


# what is not an ordinary file
@_kind("sparse", "200 MB 的稀疏文件")
def _sparse(folder: Path) -> Path:
    with (folder / "x.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    return folder / "x.txt"


@_kind("link_loop", "成环的符号链接")
def _link_loop(folder: Path) -> Path:
    (folder / "a.txt").symlink_to(folder / "b.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    return folder / "a.txt"


@_kind("dangling_link", "失效的符号链接")
def _dangling_link(folder: Path) -> Path:
    (folder / "x.txt").symlink_to(folder / "nothing.txt")
    return folder / "x.txt"


@_kind("missing", "不存在的文件")
def _missing(folder: Path) -> Path:
    return folder / "x.txt"


@_kind("directory", "名叫 x.txt 的文件夹")
def _directory(folder: Path) -> Path:
    (folder / "x.txt").mkdir()
    return folder / "x.txt"


@_kind("pipe", "管道：打开它会一直等下去")
def _pipe(folder: Path) -> Path:
    if sys.platform != "win32":
        os.mkfifo(folder / "x.txt")
    return folder / "x.txt"


@_kind("device", "指向设备的链接：读它没有尽头")
def _device(folder: Path) -> Path:
    (folder / "x.txt").symlink_to("/dev/zero")
    return folder / "x.txt"


@_kind("unreadable", "没有读取权限（root 不受限，要以普通用户的身份读）")
def _unreadable(folder: Path) -> Path:
    path = _written(folder / "x.txt", LAW)
    path.chmod(0)
    return path


# names
_plain("newline_name", "文件名里有换行", "第一行\n第二行.txt", LAW)
_plain("reversed_name", "文件名里有改变文字方向的字符", "政策\u202etxt.exe.txt", LAW)
_plain("undecodable_name", "文件名不是 UTF-8", os.fsdecode(b"\xb2\xe2\xca\xd4.txt"), LAW)
_plain("emoji_name", "文件名里有表情，内容为空", "📄👨‍👩‍👧.txt", b"")
_plain("longest_name", "文件名长达 250 字节，内容为空", "长" * 82 + ".txt", b"")


def _labelled(name: str, description: str, labels: bytes | str) -> None:
    def make(folder: Path) -> Path:
        _written(folder / "x.md.labels.yaml", labels)
        return _written(folder / "x.md", "# 某市条例\n\n" + LAW)

    _kind(name, description, is_label=True)(make)


_labelled("labels_broken", "标签文件不是合法的 YAML", "title: [某市条例\n  issuer: :")
_labelled("labels_unknown_key", "标签文件有不认识的键", "titel: 某市条例\n")
_labelled("labels_wrong_type", "标签文件的值类型不对", "effective_from: [1, 2]\nregion: 7\n")
_labelled("labels_list", "标签文件不是键值表", "- 某市条例\n")
_labelled("labels_binary", "标签文件是随机字节", _NOISE)
_labelled("labels_object", "标签文件想执行代码", "title: !!python/object/apply:os.system ['true']\n")
_labelled("labels_laughs", "标签文件是别名炸弹",
          "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}, *{p}, *{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)))  # fmt: skip

DESCRIPTIONS: dict[str, str] = {kind.name: kind.description for kind in KINDS}
