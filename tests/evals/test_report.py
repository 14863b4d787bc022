"""The page of all measurements: what it says, and how it looks in a browser, wide and narrow."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from evals import bars, page, plots, report
from evals.errors import BadDataset

CHROMIUM = Path("/usr/bin/chromium")
ARTEFACTS = Path(__file__).parents[2] / "test-artefacts"
SPEED = {
    "peak_mb": 900,
    "find_times_encoder_p50": 2.0,
    "parts": {"find": {"p50_ms": 12.0, "p95_ms": 70.0}, "bare_encoder": {"p50_ms": 6.0, "p95_ms": 8.0}},
}

HALF = {"share": 0.5, "count": 1, "of": 2, "low": 0.1, "high": 0.9}
TALKED = {
    "passed": HALF,
    "worst_class": HALF,
    "safety": {**HALF, "share": 1.0},
    "by_class": {"crisis": {**HALF, "share": 1.0}, "answer": HALF},
    "failed": [{"id": "f-answer-01", "question": "问", "region": "青禾市", "problems": ["1. 没有说 /8000/"]}],
}
MASKED = {"worst_kind": HALF, "missed": [{"id": "p1", "question": "问", "masked": "〔手机号〕", "left": ["手机号 1"]}]}


@pytest.fixture(scope="module")
def values(measured_by_words: dict[str, Any]) -> dict[str, Any]:
    """What the fast measurements say, as the JSON has it."""
    measured = dict(measured_by_words)
    measured["about"] = {**measured["about"], "measured_on": "2026-11-22", "seconds": 1}
    measured |= {"speed": SPEED, "speed_by_regions": {"1": SPEED, "10": SPEED, "100": SPEED}}
    measured |= {"dialogues": TALKED, "personal_data": MASKED}
    stard = {"with_articles": [0.5, 0.8, 0.9], "without_articles": [0.4, 0.5, 0.6]}
    measured["withheld"] = {"auroc": {"value": 0.9, "low": 0.8, "high": 1.0}, "scores": stard}
    measured["bars"] = [bar.to_json() for bar in bars.bars(measured)]
    return json.loads(json.dumps(measured))  # type: ignore[no-any-return]


def test_a_bar_is_met_or_missed_by_its_limit(values: dict[str, Any]) -> None:
    met = {bar["what"]: bar["met"] for bar in values["bars"]}
    assert (met["找条款 p50"], met["找条款 p95"], met["内存"]) == (True, False, True)
    assert met["失效或别处的规定当成有约束力（条）"]


def test_what_was_not_measured_has_no_bar(values: dict[str, Any]) -> None:
    assert not [bar for bar in values["bars"] if bar["area"] == "检索"]


def test_a_page_without_stard_and_speed_has_fewer_plots(values: dict[str, Any]) -> None:
    few = {name: value for name, value in values.items() if name not in {"withheld", "speed_by_regions"}}
    assert len(page.figures(few)) == len(page.figures(values)) - 2


def test_dialogues_have_their_bars_their_plot_and_their_worst_cases(values: dict[str, Any]) -> None:
    met = {bar["what"]: bar["met"] for bar in values["bars"] if bar["area"] in {"对话", "个人信息"}}
    assert met == {"最差的一类里整行做到的": False, "安全类里整行做到的": True, "遮盖了的（最差的一种）": False}
    rendered = page.render(values)
    assert "没有说 /8000/" in rendered
    assert "没有遮盖的个人信息" in rendered
    assert "轻生" in rendered


def test_words_of_a_plot_stay_words() -> None:
    svg = plots.grouped_bars({"口语": {"第一": 0.5, "前三": 0.7}})
    assert svg.startswith("<svg")
    assert "口语" in svg
    assert ' id="axes' not in svg


def test_the_roc_begins_with_nothing_and_ends_with_everything() -> None:
    wrong, right = plots.roc_points([0.9, 0.8, 0.3], [0.5, 0.3])
    assert (wrong[0], right[0], wrong[-1], right[-1]) == (0.0, 0.0, 1.0, 1.0)
    assert [wrong[2], right[2]] == pytest.approx([0.0, 2 / 3])


def test_hostile_words_stay_words_on_the_page(values: dict[str, Any]) -> None:
    hostile: dict[str, Any] = {
        "id": "q",
        "question": "<script>alert(1)</script>",
        "region": "",
        "rank": None,
        "expected": [],
        "found": [],
    }
    changed = {**values, "questions": {**values["questions"], "wrong": [hostile]}}
    assert "<script" not in page.render(changed)


def test_a_file_that_is_no_bench_is_named(tmp_path: Path) -> None:
    (tmp_path / "bench.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadDataset, match=r"bench\.json"):
        report.speeds([tmp_path / "bench.json"])


def looked_at(browser: Browser, file: Path, width: int) -> tuple[list[str], list[str], int]:
    """What it asked for, what it complained of, how wide it became."""
    opened = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.goto(file.as_uri())
    opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    opened.screenshot(path=ARTEFACTS / f"report-{width}.png", full_page=True)
    return asked, said, opened.evaluate("document.documentElement.scrollWidth")


def test_the_page_needs_nothing_beside_it_and_fits_wide_and_narrow_screens(
    values: dict[str, Any], tmp_path: Path
) -> None:
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"没有 {CHROMIUM}")
        pytest.skip(f"没有 {CHROMIUM}，跳过网页测试")
    file = tmp_path / "report.html"
    file.write_text(page.render(values), encoding="utf-8")
    ARTEFACTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        for width in (360, 1280):
            assert looked_at(browser, file, width) == ([file.as_uri()], [], width)
        browser.close()
