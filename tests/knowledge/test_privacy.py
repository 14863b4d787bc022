"""Personal data and internal addresses are found by their form, and nothing else is."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import MASK, Span, SpanKind, redact
from knowledge.privacy import find_spans, id_card_valid, merge

PEOPLE = "姓名 | 职务 | 联系电话\n王某某 | 科长 | 0700-1234567\n"


def found(text: str) -> list[tuple[str, str]]:
    return [(str(span.kind), text[span.start : span.end]) for span in find_spans(text)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("请拨13800138000咨询", "mobile", "13800138000"),
        ("手机 138-0013-8000", "mobile", "138-0013-8000"),
        ("手机 138 0013 8000", "mobile", "138 0013 8000"),
        ("发到 a.b-c@qq.com。", "email", "a.b-c@qq.com"),
        ("证号11010519491231002X。", "id_card", "11010519491231002X"),
        ("座机0700-1234567", "landline", "0700-1234567"),
        ("座机（010）12345678", "landline", "（010）12345678"),
        ("咨询电话：85633057", "landline", "85633057"),
        ("登录 http://10.1.2.3:9092/Abc/login 办理", "internal_url", "http://10.1.2.3:9092/Abc/login"),
        ("服务器10.1.2.3:8080", "internal_url", "10.1.2.3:8080"),
        ("后台 https://www.example.gov.cn/admin/index", "internal_url", "https://www.example.gov.cn/admin/index"),
    ],
)
def test_a_secret_is_found(text: str, kind: str, words: str) -> None:
    assert (kind, words) in [(k, w.removeprefix("：")) for k, w in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "请拨打12345或者12315热线",
        "门户 https://www.example.gov.cn/col/index.html",
        "统一社会信用代码91420100MA4KXXXXXX",
        "证号110105194912310021",  # the check digit is wrong
        "流水号213800138000",
        "青政办〔2025〕3号",
        "版本 1.2.3",
        "第999.999.999.999条",
        "2025年3月1日",
        "补贴5000元，不超过20000元",
    ],
)
def test_what_only_resembles_a_secret_stays(text: str) -> None:
    assert found(text) == []


def test_a_contact_line_is_hidden_whole() -> None:
    text = "各区执行。\n联系人：王某，85633057；李某，85333562。\n"
    assert redact(text, find_spans(text)) == f"各区执行。\n{MASK}\n"


@pytest.mark.parametrize("column", [0, 2])
def test_persons_and_numbers_below_their_headings_are_hidden(column: int) -> None:
    cells = redact(PEOPLE, find_spans(PEOPLE)).splitlines()[1].split(" | ")
    assert cells[column] == MASK


def test_other_columns_stay() -> None:
    assert redact(PEOPLE, find_spans(PEOPLE)).splitlines()[1].split(" | ")[1] == "科长"


def test_the_headings_of_a_table_stay() -> None:
    assert redact(PEOPLE, find_spans(PEOPLE)).splitlines()[0] == "姓名 | 职务 | 联系电话"


def test_a_second_table_has_columns_of_its_own() -> None:
    text = PEOPLE + "正文。\n单位 | 职责 | 地址\n质量科 | 质量 | 中心路\n"
    assert redact(text, find_spans(text)).splitlines()[-1] == "质量科 | 质量 | 中心路"


@pytest.mark.parametrize(
    ("number", "valid"), [("11010519491231002X", True), ("11010519491231002x", True), ("110105194912310021", False)]
)
def test_the_check_digit_of_an_identity_number_counts(number: str, valid: bool) -> None:
    assert id_card_valid(number) is valid


spans = st.builds(
    lambda start, length: Span(start, start + length, SpanKind.MOBILE), st.integers(0, 60), st.integers(1, 20)
)


@given(st.lists(spans))
def test_merged_spans_are_in_order_and_apart(given_spans: list[Span]) -> None:
    merged = merge(given_spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(merged))


@given(st.lists(spans))
def test_merging_covers_the_same_characters(given_spans: list[Span]) -> None:
    covered = {place for span in given_spans for place in range(span.start, span.end)}
    assert {place for span in merge(given_spans) for place in range(span.start, span.end)} == covered


@given(st.text("甲乙丙", min_size=90, max_size=90), st.lists(spans), st.integers(0, 90), st.integers(0, 90))
def test_a_part_of_a_text_shows_exactly_what_no_span_covers(
    text: str, given_spans: list[Span], one: int, other: int
) -> None:
    start, end = sorted((one, other))
    hidden = {place for span in given_spans for place in range(span.start, span.end)}
    shown = "".join(text[place] for place in range(start, end) if place not in hidden)
    assert redact(text, merge(given_spans), start=start, end=end).replace(MASK, "") == shown


@given(st.text("甲乙13800@a.cn:/ |\n联系人电话：", max_size=80))
def test_spans_lie_within_the_text(text: str) -> None:
    assert all(0 <= span.start < span.end <= len(text) for span in find_spans(text))
