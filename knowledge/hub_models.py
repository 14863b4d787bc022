"""A model by name or folder: the folder its files lie in, fetched from the model hub once when it is a name.

Afterwards the hub is never asked again: what was fetched stays as it is until its folder is deleted.
"""

import re
import sys
import tempfile
from pathlib import Path

from knowledge.errors import ModelUnusable
from knowledge.weights import STAGING, WeightsSettings, sweep
from knowledge.weights_sources import TOTAL, Download, OnBytes, SourceFailed, hub_environment

_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)?", re.ASCII)
_HUB_SCRIPT = """
import re, sys
from pathlib import Path
from huggingface_hub import HfApi, hf_hub_download
name, folder, total = sys.argv[1:]
info = HfApi().model_info(name, files_metadata=True)
sizes = {one.rfilename: one.size or 0 for one in info.siblings}
safe = {str(Path(file).parent) for file in sizes if file.endswith(".safetensors")}
def wanted(file):
    if re.search(r"^(onnx|openvino)/|[.](onnx|onnx_data|h5|msgpack|ot|gguf|tflite|png|jpe?g|gif|webp|pdf)$", file):
        return False
    return not (file.endswith(".bin") and str(Path(file).parent) in safe)
chosen = {file: size for file, size in sizes.items() if wanted(file)}
Path(total).write_text(str(sum(chosen.values())))
for file in chosen:
    hf_hub_download(name, file, revision=info.sha, local_dir=folder)
"""
"""One revision, without the copies of the weights in other formats."""


def find_or_fetch_model(model: str, settings: WeightsSettings, *, on_progress: OnBytes | None = None) -> Path:
    """The folder of a model given as folder or name; ModelUnusable with the way out when there is none."""
    given = Path(model).expanduser()
    if given.is_dir():
        return given
    if not _NAME.fullmatch(model):
        raise ModelUnusable(model, "没有这个文件夹")
    folder = settings.cache / "models" / model.replace("/", "--")
    if folder.is_dir():
        return folder
    if settings.offline:
        raise ModelUnusable(
            model, f"没有这个文件夹，缓存（{folder}）里也没有；XIAOER_OFFLINE=false 时运行 xiaoer start 会下载"
        )
    try:
        _fetch(model, folder, settings, on_progress)
    except SourceFailed as failure:
        raise ModelUnusable(model, f"没有这个文件夹，按名字从模型仓库下载也没有成功：{failure}") from failure
    return folder


def _fetch(model: str, folder: Path, settings: WeightsSettings, on_progress: OnBytes | None) -> None:
    """Whole or not at all: fetched beside, then put in place."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        sweep(folder.parent)
        with tempfile.TemporaryDirectory(prefix=STAGING, dir=folder.parent) as staging:
            fetched = Path(staging) / "model"
            command = [sys.executable, "-c", _HUB_SCRIPT, model, str(fetched), str(Path(staging) / TOTAL)]
            download = Download(Path(staging), settings.patience, 0, on_progress)
            download.run(command, hub_environment(Path(staging)))
            if not folder.is_dir():  # another process was faster
                fetched.rename(folder)
    except OSError as error:
        raise SourceFailed(f"写不进缓存（{error.strerror or error}）") from error
