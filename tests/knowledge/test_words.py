"""Text to index tokens."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import segmenter, words
from knowledge.segmenter import DictionaryUnreadable, PythonSegmenter, RustSegmenter

POLICY = (
    "个体工商户申请创业担保贷款，最高额度为30万元，贷款期限最长不超过3年。",
    "第十二条　年应纳税所得额不超过200万元的部分，减半征收个人所得税。",
    "市场监督管理部门应当自受理之日起5个工作日内作出决定（法定节假日除外）。",
    "鄂市监办〔2024〕15号　关于印发《湖北省个体工商户分型分类精准帮扶工作方案》的通知",
    "POS机、A4纸张、GB/T 2260、www.example.cn、25-30万元、3.5‰",
)


@pytest.fixture(scope="module")
def python_segmenter(tmp_path_factory: pytest.TempPathFactory) -> PythonSegmenter:
    return PythonSegmenter(tmp_path_factory.mktemp("jieba"))


@pytest.fixture
def usual_segmenter_afterwards() -> Iterator[None]:
    yield
    words.use(segmenter.choose(Path()))


def test_chinese_becomes_single_characters_and_pairs() -> None:
    assert words.grams("小微企业") == ["小", "微", "企", "业", "小微", "微企", "企业"]


def test_pairs_do_not_reach_over_punctuation() -> None:
    assert "业个" not in words.grams("企业、个体")


def test_an_amount_is_found_by_number_and_by_unit() -> None:
    assert words.grams("100万元") == ["100", "万", "元", "100万", "万元"]


@pytest.mark.parametrize("written", ["1,000元", "１，０００元", "1000元"])
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert words.grams(written) == ["1000", "元", "1000元"]


def test_decimals_and_percentages_stay_together() -> None:
    assert "3.5%" in words.grams("利率３．５％")


def test_latin_words_are_small_letters_and_whole() -> None:
    assert words.grams("ＰＯＳ机") == ["pos", "机", "pos机"]


@given(st.text())
def test_full_width_makes_no_difference(text: str) -> None:
    assert words.grams(words.fold(text)) == words.grams(text)


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("个体工商户贷款100万元,.％Aa 　\n")))
def test_no_token_holds_white_space(text: str) -> None:
    for token in [*words.grams(text), *words.search_words(text)]:
        assert token
        assert not any(character.isspace() for character in token)


@given(st.text(alphabet="一二三税费贷款abc12，", min_size=1), st.text(alphabet="一二三税费贷款abc12，"))
def test_every_pair_of_a_part_is_a_pair_of_the_whole(part: str, rest: str) -> None:
    assert set(words.grams(part)) <= set(words.grams(f"{part} {rest}"))


def test_long_words_come_with_their_parts() -> None:
    assert {"个体", "工商户"} <= set(words.search_words("个体工商户"))


@pytest.mark.parametrize("text", POLICY)
def test_both_segmenters_find_the_same_words(text: str, python_segmenter: PythonSegmenter) -> None:
    words.use(python_segmenter)
    by_jieba = words.search_words(text)
    words.use(RustSegmenter())
    assert words.search_words(text) == by_jieba


@given(st.lists(st.sampled_from(["个体户", "税费", "减免", "湖北", "在", "的", "100", "pos", "。", "3.5", "-", "元"])))
def test_both_segmenters_find_the_same_words_in_any_mixture(
    python_segmenter: PythonSegmenter, parts: list[str]
) -> None:
    text = "".join(parts)
    words.use(python_segmenter)
    by_jieba = words.search_words(text)
    words.use(RustSegmenter())
    assert words.search_words(text) == by_jieba


@pytest.mark.usefixtures("usual_segmenter_afterwards")
def test_a_user_dictionary_makes_a_word_of_its_entries(tmp_path: Path) -> None:
    dictionary = tmp_path / "words.txt"
    dictionary.write_text("青禾贷 1000 n\n", encoding="utf-8")
    words.use(segmenter.choose(tmp_path / "cache", dictionary))
    assert "青禾贷" in words.search_words("怎么申请青禾贷")
    assert words.segmenter_name() != "jieba"


def test_an_unreadable_dictionary_is_named(tmp_path: Path) -> None:
    with pytest.raises(DictionaryUnreadable, match=r"missing\.txt"):
        segmenter.choose(tmp_path, tmp_path / "missing.txt")


def test_jieba_keeps_its_files_in_the_folder_given(tmp_path: Path) -> None:
    PythonSegmenter(tmp_path / "private").cut_for_search("个体工商户")
    assert [file.name for file in (tmp_path / "private").iterdir()] == ["jieba.cache"]


def test_importing_jieba_says_nothing_with_warnings_as_errors(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from knowledge.segmenter import PythonSegmenter;"
        "print(PythonSegmenter(Path(sys.argv[1])).cut_for_search('减税'), 'jieba.analyse' in sys.modules)"
    )
    command = [sys.executable, "-W", "error", "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['减税'] False"
    assert done.stderr == ""


def test_why_found_shows_the_longest_words_first() -> None:
    found = words.matched("请问武汉市创业担保贷款怎么申请？", "武汉市的创业担保贷款，由个人申请。")
    assert found[0] == "武汉市"
    assert set(found) == {"武汉市", "创业", "担保", "贷款", "申请"}


def test_why_found_leaves_out_what_every_question_has() -> None:
    assert words.matched("我们可以申请什么", "我们可以申请什么") == ["申请"]


def test_a_number_is_matched_whole() -> None:
    assert words.matched("30万", "额度300万元") == []
    assert words.matched("30万", "额度30万元") == ["30"]


@given(st.text(alphabet="个体户贷款申请税费12ab "), st.text(alphabet="个体户贷款申请税费12ab "))
def test_what_matched_occurs_in_both(question: str, text: str) -> None:
    for word in words.matched(question, text):
        assert word in question
        assert word in text
