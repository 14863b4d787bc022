"""The frozen answers through the check: groups, sample alone, and what falsifications are made of."""

import hashlib
from itertools import islice
from pathlib import Path

import pytest

from evals import faithful, grounding
from evals.falsify import falsifications
from evals.grounding import Group, group_of
from evals.wording import KINDS
from prompts.client import ChatModel
from prompts.settings import ModelSettings
from tests.scripted_model import Reply, scripted_model


@pytest.fixture(scope="module")
def report() -> grounding.GroundingReport:
    return grounding.evaluate(None, sample_only=True)


def test_the_sample_alone_gives_more_than_a_thousand_falsifications(report: grounding.GroundingReport) -> None:
    assert len(report.false) >= 1000
    assert report.absent == 0


def test_every_kind_belongs_to_one_group_and_has_a_name(report: grounding.GroundingReport) -> None:
    assert {one.kind for one in report.judged} <= set(KINDS)
    assert {group_of(kind) for kind in report.by_kind} == set(Group)
    assert sum(report.caught(group).of for group in Group) == len(report.false)


def test_what_slipped_through_is_listed_with_question_and_answer(report: grounding.GroundingReport) -> None:
    values = report.to_json()
    assert len(values["slipped_through"]) == sum(one.accepted for one in report.false)
    assert all(one["question"] and one["answer"] and one["changed"] for one in values["slipped_through"])


def test_falsifications_of_the_sample_are_the_same_on_every_machine() -> None:
    digest = hashlib.sha256()
    for case in filter(grounding.is_of_sample, faithful.load()):
        texts = faithful.passages(case)
        assert texts is not None
        for one in falsifications(case, texts):
            digest.update(f"{one.id} {one.kind} {one.answer}\n".encode())
    assert digest.hexdigest()[:16] == "d56069937cd43e84"


def test_without_the_real_documents_only_the_sample_has_passages(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(faithful, "SHARED", tmp_path)
    there = [case for case in faithful.load() if faithful.passages(case) is not None]
    assert there == [case for case in faithful.load() if grounding.is_of_sample(case)]


def test_with_a_model_that_may_read_its_word_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    few = list(islice(filter(grounding.is_of_sample, faithful.load()), 3))
    monkeypatch.setattr(faithful, "load", lambda: few)
    with scripted_model(Reply("不一致")) as endpoint:
        model = ChatModel(ModelSettings(endpoint.base_url, "m", timeout_seconds=5, reads=True))
        strict = grounding.evaluate(None, model=model, sample_only=True)
        model.close()
    assert strict.rejected.count == len(few)
    assert strict.caught(Group.MEANING).value == 1
