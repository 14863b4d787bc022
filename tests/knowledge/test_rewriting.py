"""Questions in the characters of the documents."""

from pathlib import Path

import pytest

from knowledge import synonyms
from knowledge.characters import simplified
from knowledge.database import Database
from knowledge.rewriting import Rewriter, rewrite
from knowledge.synonyms import Synonyms
from knowledge.vocabulary import Vocabulary, sound
from tests.knowledge.shelf import put
from tests.sample import open_sample


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("個體工商戶點樣辦營業執照", "个体工商户点样办营业执照"),
        ("補貼８０００元嗎", "补贴8000元吗"),
        ("ＡＢＣ公司年报", "ABC公司年报"),
        ("干了活不发工资", "干了活不发工资"),
    ],
)
def test_traditional_and_full_width_characters_are_read_as_the_documents_write_them(written: str, plain: str) -> None:
    assert simplified(written) == plain


def test_colloquial_words_are_found_behind_traditional_characters() -> None:
    table = Synonyms({"搞执照": ("办理营业执照",)})
    assert rewrite("搞執照要幾多錢", table, None).added == ("办理营业执照",)


def test_what_is_meant_has_the_grammar_of_dialects_in_plain_words_and_what_was_said_stays() -> None:
    asked = rewrite("補貼幾時有得攞", Synonyms({}), None)
    assert (asked.repaired, asked.meant) == ("补贴几时有得攞", "补贴何时有得拿")


@pytest.mark.parametrize(
    ("written", "word", "share", "expected"),
    [
        ("谢业要报税吗", "歇业", 3e-4, "歇业要报税吗"),
        ("营业直照丢了", "营业执照", 1e-3, "营业执照丢了"),
        ("喊我去调解我不去会怎样", "取回", 2e-5, "喊我去调解我不去会怎样"),
        ("五险一起交", "无限", 5e-5, "五险一起交"),
        ("大企业拖前账期最长几天", "长期", 1e-4, "大企业拖前账期最长几天"),
    ],
)
def test_a_word_is_put_right_only_where_the_documents_make_it_far_likelier_than_what_was_written(
    written: str, word: str, share: float, expected: str
) -> None:
    assert Vocabulary((), {sound(word): word}, shares={word: share}).repair(written)[0] == expected


def test_a_question_that_was_asked_before_is_read_anew_once_the_documents_have_its_word(
    store: Database, tmp_path: Path
) -> None:
    rewriter = Rewriter(store, Synonyms({}), tmp_path)
    assert rewriter.rewrite("谢业要报税吗").repaired == "谢业要报税吗"
    put(store, "办法", *[f"第{number}条 歇业期间按时报税" for number in "一二三四"])
    rewriter.refresh()
    assert rewriter.rewrite("谢业要报税吗").repaired == "歇业要报税吗"


def test_a_typing_error_that_curators_list_is_put_right_like_any_other(tmp_path: Path) -> None:
    with open_sample(tmp_path) as sample:
        rewriter = Rewriter(sample.database, synonyms.load(synonyms.SHIPPED), tmp_path)
        rewriter.refresh()
        assert rewriter.rewrite("开业补帖多少钱").repairs == (("补帖", "补贴"),)
        assert not rewriter.rewrite("场租补贴怎么领").repairs
