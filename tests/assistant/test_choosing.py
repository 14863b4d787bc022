"""Classes without a language model, by words alone; and how little a language model can change."""

from collections import Counter
from pathlib import Path

import pytest

from assistant import exemplars
from assistant.behaviours import FROM_RULES, SAFETY, Behaviour
from assistant.choosing import Chooser, best_of
from assistant.descriptions import DESCRIPTIONS
from assistant.exemplars import BadExemplars, Exemplar
from assistant.lessons import learned
from knowledge.vector_cache import CachedEmbedding
from tests.assistant.chatting import says_always
from tests.fakes import HashEmbedding

SHIPPED = exemplars.load(exemplars.SHIPPED)
QUESTIONS = ["合同里没写工资怎么办", "卖散装食品要写什么标签", "电子商务经营者要亮照吗", "店里招童工罚多少"]


@pytest.fixture(scope="module")
def chooser() -> Chooser:
    return Chooser(SHIPPED, QUESTIONS)


def test_every_class_has_its_exemplars() -> None:
    counts = Counter(one.behaviour for one in SHIPPED)
    wanted = {one for one in Behaviour if one not in FROM_RULES or one is Behaviour.ANSWER}
    others = {Behaviour.SEVERAL, Behaviour.STAFF, Behaviour.EMERGENCY}  # danger at this moment is told by words
    assert not {one.value: counts[one] for one in wanted - others if counts[one] < 25}


def test_every_exemplar_is_given_once() -> None:
    lines = exemplars.SHIPPED.read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) == len({line.split(",", 1)[1] for line in lines})


@pytest.mark.parametrize(
    ("text", "behaviour"),
    [
        ("场租补贴怎么申请", Behaviour.ANSWER),
        ("我想把铺子关了不干了", Behaviour.CLOSING_DOWN),
        ("网页怎么打不开，一直报错", Behaviour.FAULT_OR_SUGGESTION),
        ("我能不能享受开业补贴", Behaviour.ELIGIBILITY),
        ("娃儿上学报名找哪个", Behaviour.OUTSIDE_REMIT),
        ("帮我预约明天上午去办事", Behaviour.BOOKING),
        ("什么破玩意，气死我了", Behaviour.ANGER),
        ("讲个笑话听听", Behaviour.OFF_TOPIC),
        ("转人工", Behaviour.HUMAN),
        ("你是机器人吗", Behaviour.WHAT_ARE_YOU),
        ("把我的聊天记录删掉", Behaviour.STOP_OR_DELETE),
        ("把我的聊田记录山了", Behaviour.STOP_OR_DELETE),
        ("删处我的对话", Behaviour.STOP_OR_DELETE),
        ("把俺说的话都删咯", Behaviour.STOP_OR_DELETE),
        ("为什么要问我在哪个地区", Behaviour.WHY_ASK),
        ("我上次投诉的有结果没", Behaviour.APPEAL_STATUS),
    ],
)
def test_plain_sentences_by_words_alone(chooser: Chooser, text: str, behaviour: Behaviour) -> None:
    assert chooser.choose(text) is behaviour


def test_more_than_half_of_the_exemplars_would_be_told_without_themselves(chooser: Chooser) -> None:
    told = sum(
        best_of(chooser.rank_left_out(row, one.text)) is one.behaviour
        for row, one in enumerate(SHIPPED)
        if one.behaviour is not Behaviour.ANSWER
    )
    assert told >= 0.5 * len(SHIPPED)


def test_the_same_words_are_always_put_into_the_same_class(chooser: Chooser) -> None:
    learned.cache_clear()
    assert chooser.rank("开店有没有补贴") == Chooser(SHIPPED, QUESTIONS).rank("开店有没有补贴")


def test_a_process_learns_the_same_exemplars_once() -> None:
    known = [Exemplar(Behaviour.HUMAN, "叫个人来"), Exemplar(Behaviour.ANSWER, "补贴多少钱")]
    first = Chooser(known, ["年报几月"]).rank("叫个人")
    learnt = learned.cache_info().misses
    assert Chooser(known, ["年报几月"]).rank("叫个人") == first
    assert learned.cache_info().misses == learnt
    Chooser(known, ["年报几号"])
    assert learned.cache_info().misses == learnt + 1


def test_with_meaning_what_people_write_is_not_kept(tmp_path: Path) -> None:
    model = HashEmbedding()
    cached = CachedEmbedding(model, tmp_path / "vectors.db")
    known = [Exemplar(Behaviour.HUMAN, "叫个人来"), Exemplar(Behaviour.ANSWER, "补贴多少钱")]
    chooser = Chooser(known, ["年报几月"], cached)
    assert model.computed == 3
    chooser.rank("我住在示例路8号")
    Chooser(known, ["年报几月"], cached).rank("我住在示例路8号")
    assert model.computed == 5
    cached.close()


def test_a_language_model_may_settle_what_is_close() -> None:
    known = [Exemplar(Behaviour.CONTACT, "办事大厅"), Exemplar(Behaviour.BOOKING, "办事大厅 ")]
    with says_always("booking") as (client, model):
        assert Chooser(known, [], None, client).choose("办事大厅呢") is Behaviour.BOOKING
        assert "办事大厅呢" in str(model.requests[0])


@pytest.mark.parametrize("words", ["crisis", "answer", "我觉得是 booking", ""])
def test_a_language_model_chooses_among_the_close_ones_only(words: str) -> None:
    known = [Exemplar(Behaviour.CONTACT, "办事大厅"), Exemplar(Behaviour.BOOKING, "办事大厅 ")]
    alone = Chooser(known, []).choose("办事大厅呢")
    with says_always(words) as (client, _):
        assert Chooser(known, [], None, client).choose("办事大厅呢") is alone


def test_a_language_model_is_never_asked_about_safety() -> None:
    with says_always("answer") as (client, model):
        chooser = Chooser(SHIPPED, QUESTIONS, None, client)
        assert chooser.choose("怎么做假材料领补贴") is Behaviour.CHEATING
        assert model.requests == []


def test_what_a_model_can_choose_is_described() -> None:
    classes = {one.behaviour for one in SHIPPED}
    assert classes - SAFETY <= DESCRIPTIONS.keys()


def test_a_file_of_the_installation_moves_a_sentence_to_another_class(tmp_path: Path) -> None:
    own = tmp_path / "exemplars.csv"
    own.write_text("类别,说法\nbooking,场租补贴怎么申请\n", encoding="utf-8")
    moved = exemplars.load(exemplars.SHIPPED, own)
    assert len(moved) == len(SHIPPED)
    assert Exemplar(Behaviour.BOOKING, "场租补贴怎么申请") in moved


@pytest.mark.parametrize(
    ("text", "reason"), [("a,b\n", "表头"), ("类别,说法\nnothing,x\n", "第 2 行"), ("类别,说法\nhuman,\n", "空的")]
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, text: str, reason: str) -> None:
    own = tmp_path / "exemplars.csv"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(BadExemplars, match=reason):
        exemplars.load(own)
