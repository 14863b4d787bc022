"""A model by folder or name: looked for here first, fetched whole from the hub, never half."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from knowledge.errors import ModelUnusable
from knowledge.hub_models import find_or_fetch_model
from knowledge.weights import WeightsSettings
from knowledge.weights_sources import Patience

REVISION = "0123456789abcdef0123456789abcdef01234567"
FILES = {
    "config.json": b"{}",
    "model.safetensors": b"s" * 200_000,
    "pytorch_model.bin": b"the same once more",
    "1_Dense/pytorch_model.bin": b"there is no other",
    "onnx/model.onnx": b"another format",
    "photo.png": b"a picture",
}
WANTED = ("config.json", "model.safetensors", "1_Dense/pytorch_model.bin")

Publish = Callable[[Mapping[str, bytes]], None]


@pytest.fixture
def publish(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publish]:
    """Starts a hub on this machine that has one model, org/some-model, with these files."""
    servers: list[ThreadingHTTPServer] = []

    def start(files: Mapping[str, bytes]) -> None:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _hub(files))
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")

    for name in [name for name in os.environ if name.startswith("HF_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def _hub(files: Mapping[str, bytes]) -> type[BaseHTTPRequestHandler]:
    siblings = [{"rfilename": name, "size": len(content)} for name, content in files.items()]
    info = json.dumps({"id": "org/some-model", "sha": REVISION, "siblings": siblings}).encode()

    class Hub(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if re.match(r"/api/models/org/some-model(\?|$)", self.path):
                self._give(info)
            elif self.path.startswith(f"/org/some-model/resolve/{REVISION}/"):
                self._give(files.get(self.path.split("?")[0].split(REVISION + "/")[1]))
            else:
                self._give(None)

        def do_HEAD(self) -> None:
            self.do_GET()

        def _give(self, content: bytes | None) -> None:
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Length", str(len(content or b"")))
            self.send_header("ETag", f'"{abs(hash(content))}"')
            self.send_header("X-Repo-Commit", REVISION)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(content or b"")

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return Hub


def settings_at(cache: Path, *, offline: bool = False) -> WeightsSettings:
    return WeightsSettings(cache, offline=offline, patience=Patience(120, 60))


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(place): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not (place := file.relative_to(folder)).parts[0].startswith(".")
    }


def test_a_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    assert find_or_fetch_model(str(tmp_path), settings_at(tmp_path / "cache")) == tmp_path
    assert not (tmp_path / "cache").exists()


def test_a_name_is_fetched_once_and_without_what_nobody_reads(publish: Publish, tmp_path: Path) -> None:
    publish(FILES)
    told: list[tuple[int, int]] = []
    settings = settings_at(tmp_path)
    folder = find_or_fetch_model("org/some-model", settings, on_progress=lambda done, total: told.append((done, total)))
    assert files_in(folder) == {name: FILES[name] for name in WANTED}
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["org--some-model"]
    assert all(done <= total for done, total in told)
    publish({})
    assert find_or_fetch_model("org/some-model", settings) == folder
    assert find_or_fetch_model("org/some-model", settings_at(tmp_path, offline=True)) == folder


def test_a_name_the_hub_does_not_know_leaves_nothing(publish: Publish, tmp_path: Path) -> None:
    publish(FILES)
    with pytest.raises(ModelUnusable, match=r"“org/another”不能用：没有这个文件夹，按名字从模型仓库下载也没有成功"):
        find_or_fetch_model("org/another", settings_at(tmp_path))
    assert list((tmp_path / "models").iterdir()) == []


def test_a_hub_out_of_reach_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelUnusable, match="XIAOER_RERANKER_MODEL"):
        find_or_fetch_model("org/some-model", settings_at(tmp_path))


def test_offline_nothing_is_asked(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="XIAOER_OFFLINE=false 时运行 xiaoer start 会下载"):
        find_or_fetch_model("org/some-model", settings_at(tmp_path, offline=True))


@pytest.mark.parametrize("model", ["/nowhere/model", "模型/中文", "../model", "a/b/c", "-x/y"])
def test_what_cannot_be_a_name_is_a_folder_that_is_not_there(model: str, tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="没有这个文件夹。"):
        find_or_fetch_model(model, settings_at(tmp_path))
