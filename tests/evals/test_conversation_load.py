"""The load measurement against a small real server, with and without a paced model."""

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.app import create_app
from api.bootstrap import Service
from evals.conversation_load import Load, Plan, measure
from evals.load_server import LoadServer
from evals.paced_model import NOTHING, paced_model, sentence_from
from evals.wire import Wire
from tests.api.conftest import open_sample
from tests.api.serving import serving

PLAN = Plan(streams=4, rate=10, seconds=1.0, disconnects=20)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("load")
    opened = open_sample(folder / "home", folder / "cache", words_only=True)
    yield opened
    opened.close()


def test_a_small_load_is_answered_and_nothing_is_lost(service: Service, tmp_path: Path) -> None:
    with serving(create_app(service)) as address:
        server = LoadServer(int(address.rpartition(":")[2]), os.getpid(), tmp_path, lambda: 0)
        values = asyncio.run(measure(server, PLAN, ["青禾市开业补贴有多少钱"], lambda *_: None))
    assert values["streams"] == 4
    assert values["answered_per_second"] > 1
    assert values["times"]["first_event"]["p50_ms"] <= values["times"]["done"]["p50_ms"]
    assert values["disconnects"] == 20
    assert values["kept_events"] > 4
    assert (values["lost_events"], values["doubled_events"]) == (0, 0)
    assert set(values["question_errors"]) <= {"nobody_free"}


def test_an_event_that_a_reader_got_twice_or_not_at_all_is_counted(service: Service) -> None:
    """The comparison itself: a reader is made to have seen one event twice and one not."""

    async def compared(port: int) -> tuple[int, int, int]:
        load = Load(Wire("127.0.0.1", port), Plan(streams=1), ["补贴"])
        await load.open(lambda *_: None)
        await load.sustain(50, lambda: load.done >= 1, lambda _: None)
        load.talks[0].got = [number for number in load.talks[0].got if number != 2] + [1]
        try:
            return await load.compare()
        finally:
            load.close()

    with serving(create_app(service)) as address:
        kept, lost, doubled = asyncio.run(compared(int(address.rpartition(":")[2])))
    assert kept >= 4
    assert (lost, doubled) == (1, 1)


def test_the_model_says_a_sentence_of_the_first_passage_at_its_pace() -> None:
    asked = "<资料>\n[1] 《示例办法》第六条\n符合条件的申请人可以领取补贴二千元。另一句。\n[2] 别的\n</资料>"
    body = json.dumps({"messages": [{"role": "user", "content": asked}]}).encode()
    assert sentence_from(body) == "符合条件的申请人可以领取补贴二千元[1]。"
    assert sentence_from(b'{"messages": []}') == NOTHING

    async def answered() -> tuple[bytes, float, int]:
        async with paced_model(0.1, 0.01) as model:
            port = int(model.base_url.rpartition(":")[2].removesuffix("/v1"))
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            started = asyncio.get_running_loop().time()
            writer.write(b"POST /v1 HTTP/1.1\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            await reader.readuntil(b"data: ")
            first = asyncio.get_running_loop().time() - started
            text = await reader.readuntil(b"[DONE]")
            writer.transport.abort()
            return text, first, model.tokens

    text, first, tokens = asyncio.run(answered())
    assert first >= 0.1
    assert tokens == 11
    assert text.count(b"data: ") == 12
