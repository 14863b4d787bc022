"""A clause that the document named does not have: said plainly, nothing else passed off as it."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Extent
from assistant.insults import calmed, is_insult
from assistant.responder import Responder
from knowledge.library import Question
from tests.assistant.chatting import QINGHE, Talk
from tests.knowledge.rules.replacing import AFTER, replacement
from tests.sample import PARTS, TODAY, OpenSample, open_town

MEASURES, PROVINCE = "云岭省促进个体工商户发展若干措施", "990000"
RULES = "青禾市个体工商户创业扶持办法"
FOUND = "查到的规定："


def asked(sample: OpenSample, text: str, region: str = QINGHE, on: date = TODAY) -> Answer:
    return sample.answers.answer(Question(text, region, on))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"《{RULES}》第九百条说什么", "（青政规〔2025〕2号）没有第九百条：一共28条，最后一条是第二十八条。"),
        (f"{RULES}第29条怎么规定的？", "没有第二十九条：一共28条，最后一条是第二十八条。"),
        ("青政规〔2025〕2号第五十条", "没有第五十条：一共28条"),
        (f"《{RULES}》第九章讲什么", "没有第九章：一共7章，最后一章是第七章。"),
        (f"《{RULES}》附件1", "没有附件1：收录的文本没有附件。"),
        (f"《{MEASURES}》第五条", "没有第五条：这份文件不分条，用的是“一、（一）”这样的编号，一共7个部分。"),
        (f"《{MEASURES}》第九部分讲什么", "没有“九”：一共7个部分，最后一个部分是“七”。"),
        (f"《{MEASURES}》二（九）是什么意思", "“二”下面没有（九）：只有（一）到（四）。"),
        ("《青禾市小餐饮店备案管理暂行规定》附则说什么", "没有“附则”：这份文件不分章。"),
    ],
)
def test_what_is_not_there_is_said_with_what_there_is(sample: OpenSample, text: str, told: str) -> None:
    answer = asked(sample, text)
    assert told in answer.text
    assert FOUND not in answer.text
    assert (answer.extent, answer.sources) == (Extent.NOT, [])


@pytest.mark.parametrize(
    ("text", "told", "clause"),
    [
        (f"《{RULES}》第五条第（九）项是什么", "第五条没有第（九）项：只有（一）到（五）。", "第五条"),
        (f"《{RULES}》第五条第九款怎么规定", "第五条没有第九款：这一条只有1款。", "第五条"),
        (f"《{RULES}》第四条第四款", "第四条没有第四款：这一条只有3款。", "第四条"),
    ],
)
def test_of_an_item_that_is_not_there_the_clause_around_it_is_shown_as_another(
    sample: OpenSample, text: str, told: str, clause: str
) -> None:
    answer = asked(sample, text)
    assert told in answer.text
    assert "这份文件里和您问的最接近的（不是您说的那一条）：" in answer.text
    assert FOUND not in answer.text
    assert answer.extent is Extent.PARTLY
    assert [one.clause.startswith(clause) for one in answer.sources] == [True]


def test_what_fits_the_rest_of_the_question_is_offered_from_the_same_document_alone(sample: OpenSample) -> None:
    answer = asked(sample, f"《{RULES}》第五十条说的场租补贴给多少")
    assert "没有第五十条" in answer.text
    assert "不是您说的那一条" in answer.text
    assert {one.title for one in answer.sources} == {RULES}
    assert answer.extent is Extent.PARTLY


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        (f"《{RULES}》第二条第二款", "第二条"),
        (f"《{RULES}》第十五条第一款第（三）项", "第十五条"),
        (f"《{RULES}》第二十八条", "第二十八条"),
        (f"《{MEASURES}》七（二）", "七（二）"),
    ],
)
def test_what_is_there_is_answered_as_ever(sample: OpenSample, text: str, clause: str) -> None:
    answer = asked(sample, text)
    assert answer.text.startswith(FOUND)
    assert answer.sources[0].clause.startswith(clause)


def test_of_several_versions_the_one_in_force_decides(sample: OpenSample) -> None:
    now = asked(sample, f"《{RULES}》第二十条")
    then = asked(sample, f"《{RULES}》第二十条", on=date(2025, 6, 30))
    assert now.sources[0].clause == "第二十条"
    assert "（青政规〔2022〕5号）没有第二十条：一共18条" in then.text


def test_a_version_that_had_it_is_named_as_no_longer_in_force(tmp_path: Path) -> None:
    short = replacement()
    cut = short.index("第二十八条")
    whole = short[: short.index("第二十七条")] + "第二十七条 " + short[cut:].replace("第二十八条", "", 1).lstrip()
    (tmp_path / "new.md").write_text(whole, encoding="utf-8")
    sample = OpenSample(tmp_path, today=AFTER, parts=[*PARTS, tmp_path / "new.md"])
    answer = asked(sample, f"《{RULES}》第二十八条", on=AFTER)
    sample.close()
    assert "（青政规〔2026〕9号）没有第二十八条：一共27条" in answer.text
    assert "（青政规〔2025〕2号）有第二十八条，现在不能作依据。" in answer.text


def test_a_document_of_like_name_that_has_it_is_asked_about(tmp_path: Path) -> None:
    def paper(title: str, articles: int) -> str:
        body = "\n\n".join(
            f"第{'一二三四五六七八九'[row]}条 第{row + 1}件事由市商务局负责。" for row in range(articles)
        )
        return f"# {title}\n\n青商规〔2025〕{articles}号\n\n{body}\n\n青禾市商务局\n2025年1月2日\n"

    papers = {"a.md": paper("青禾市夜间经济促进办法", 4), "b.md": paper("青禾市夜间经济促进办法实施细则", 8)}
    with open_town(tmp_path, papers) as town:
        answer = asked(town, "《青禾市夜间经济促进办法》第七条")
    assert "没有第七条：一共4条" in answer.text
    assert answer.text.endswith("您是不是想问：\n· 《青禾市夜间经济促进办法实施细则》第七条怎么规定")


def test_a_clause_of_a_document_nobody_holds_is_not_looked_for_in_another(sample: OpenSample) -> None:
    answer = asked(sample, f"{RULES}里提到的劳动保障监察条例第九十条是什么")
    assert "没有第九十条" not in answer.text
    nobody = asked(sample, "《某某创业促进规定》第五条说什么")
    assert nobody.text.startswith("收录的文件里没有叫《某某创业促进规定》的")
    assert nobody.sources == []


def test_half_a_name_that_only_one_document_has_is_taken_for_it_and_said_so(sample: OpenSample) -> None:
    answer = asked(sample, "《小餐饮食品经营许可办理规定》第五条说什么")
    assert "的只有《青禾市小餐饮食品经营许可办理规定（试行）》。" in answer.text
    assert answer.sources[0].clause == "第五条"
    assert "没有第五十条：一共24条" in asked(sample, "《小餐饮食品经营许可办理规定》第五十条说什么").text


def test_beside_another_question_it_is_said_of_its_part(sample: OpenSample) -> None:
    answer = asked(sample, f"《{RULES}》第九百条说什么？场租补贴每月最高多少钱？")
    assert answer.extent is Extent.PARTLY
    assert "没有第九百条：一共28条" in answer.text
    assert "每月最高" in answer.sources[0].quote


def test_a_number_without_a_document_is_asked_about(engine: Responder) -> None:
    for text in ("第五条说什么", "第九百条是什么内容？"):
        reply = Talk(engine).answer(text)
        assert reply.behaviour == "no_evidence"
        assert reply.text.startswith("您问的是哪份文件的第")
    assert Talk(engine).answer("第五条说什么").choices[0].label.endswith("第五条怎么规定")


def test_behind_a_document_just_quoted_the_number_is_one_of_its_own(engine: Responder) -> None:
    talk = Talk(engine)
    talk.answer(f"《{RULES}》第五条说什么")
    assert "（青政规〔2025〕2号）没有第九百条" in talk.answer("那第九百条呢").text


def test_the_number_of_a_clause_is_no_word_of_abuse() -> None:
    assert not is_insult("公司法第二百五十九条")
    assert calmed("《民法典》第一千二百五十九条") == "《民法典》第一千二百五十九条"
    assert is_insult("你个二百五")
