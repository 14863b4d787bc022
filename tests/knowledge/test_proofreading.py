"""Typing errors in questions, put right by the words of documents, of known questions and of everyday Chinese."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.proofreading import Proofreader, Said

DOCUMENTS = (
    "个体工商户应当报送年度报告，登记机关办理营业执照变更登记。",
    "申请补贴应当自登记之日起提出，逾期不予受理。",
    "没有取得营业执照的，处五万元以下罚款；凉菜应当设专用操作区。",
    "申报截止日期由老板自己看。",
)
QUESTIONS = ("年报怎么报", "补贴哪天能到账", "执照几天能办好", "微信收款要不要交税")
PROOFREADER = Proofreader(Said.of(DOCUMENTS * 2_000), Said.of(QUESTIONS * 2_000))


@pytest.fixture(scope="module")
def proofreader() -> Proofreader:
    return PROOFREADER


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("营业直照丢了", "营业执照丢了"),
        ("补帖审请要几天", "补贴申请要几天"),
        ("登计完了去变跟", "登记完了去变更"),
        ("卖凉莱要不要专用操作区", "卖凉菜要不要专用操作区"),
        ("愈期了怎么办", "逾期了怎么办"),
        ("个体公商护年渡报告", "个体工商户年度报告"),
    ],
)
def test_words_of_the_same_sound_or_look_are_put_right(proofreader: Proofreader, written: str, meant: str) -> None:
    assert proofreader.repair(written)[0] == meant


@pytest.mark.parametrize(
    "written", ["哪天去办", "微信收的钱", "我店里有五个人", "一变再变", "老伴走了", "要不要得", "ABC 123"]
)
def test_what_people_say_stays(proofreader: Proofreader, written: str) -> None:
    assert proofreader.repair(written) == (written, ())


def test_what_was_changed_is_told_in_order(proofreader: Proofreader) -> None:
    assert proofreader.repair("登计以后补帖")[1] == (("登计", "登记"), ("补帖", "补贴"))


def test_it_is_the_same_when_read_again(proofreader: Proofreader, tmp_path: Path) -> None:
    proofreader.write(tmp_path / "words.json.gz")
    assert Proofreader.read(tmp_path / "words.json.gz").repair("营业直照") == proofreader.repair("营业直照")


@given(st.text(alphabet=st.sampled_from("营业直照补帖登计审请一五，。 a的"), max_size=24))
def test_a_repaired_text_is_as_long_as_it_was(text: str) -> None:
    assert len(PROOFREADER.repair(text)[0]) == len(text)
