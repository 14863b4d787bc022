"""What pages show of an answer beside its sources, where it must not cut into what a model wrote."""

from typing import Any

from api.web import wording

RULE = "开业补贴增加2000元"


def answer(text: str, model: str | None) -> dict[str, Any]:
    return {"answer": text, "model": model, "sources": [{"quote": RULE}]}


def test_a_written_sentence_that_is_the_very_words_of_the_rule_stays() -> None:
    written = f"{RULE}[1]。\n\n依据：\n   [1]《办法》第六条｜适用地区：青禾市"
    assert wording.lead(answer(written, "m")) == f"{RULE}[1]。"


def test_a_quote_below_a_written_part_is_left_to_its_source() -> None:
    in_part = f"{RULE}[1]。\n\n查到的规定：\n1. “{RULE}”\n   [1]《办法》第六条｜适用地区：青禾市"
    assert wording.lead(answer(in_part, "m")) == f"{RULE}[1]。\n查到的规定："


def test_an_extract_is_left_to_its_source() -> None:
    extract = f"查到的规定：\n1. “{RULE}”\n   [1]《办法》第六条｜适用地区：青禾市"
    assert wording.lead(answer(extract, None)) == "查到的规定："


def test_a_number_leads_to_a_source_that_is_there() -> None:
    assert list(wording.cited("甲[1]。乙[2]。", 1)) == [("甲", 0), ("[1]", 1), ("。乙", 0), ("[2]", 0), ("。", 0)]
