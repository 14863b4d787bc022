"""Chinese text into words: jieba's dictionary, in Rust where rjieba is installed.

The only place that imports jieba: 0.42.1 warns while it is imported, and keeps
its dictionary in the temporary folder of all users unless told otherwise.
"""

import hashlib
import importlib
import importlib.metadata
import importlib.util
import logging
import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from knowledge.errors import KnowledgeError

DICTIONARY = Path(str(importlib.metadata.distribution("jieba").locate_file("jieba/dict.txt")))
"""A line for each word: itself, how often it occurs, what it is."""


class Segmenter(Protocol):
    @property
    def name(self) -> str:
        """Same name, same words: stored with the index."""
        ...

    def cut_for_search(self, text: str) -> Sequence[str]: ...

    def cut(self, text: str) -> Sequence[str]:
        """Words of the dictionary only: nothing is taken for a word because it might be one."""
        ...


class DictionaryUnreadable(KnowledgeError):
    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"词典 {file} 读不了：{reason}。每行写“词 词频 词性”（后两项可省），用 UTF-8 保存")
        self.file = file


class RustSegmenter:
    """rjieba; it cannot load a user dictionary file."""

    name = "jieba"

    def __init__(self) -> None:
        self._module = importlib.import_module("rjieba")

    def cut_for_search(self, text: str) -> Sequence[str]:
        words: list[str] = self._module.cut_for_search(text)
        return words

    def cut(self, text: str) -> Sequence[str]:
        words: list[str] = self._module.cut(text, False)  # noqa: FBT003  its hmm
        return words


class PythonSegmenter:
    """jieba with a dictionary of its own; loads it (a second) at the first cut."""

    def __init__(self, cache_folder: Path, user_dictionary: Path | None = None) -> None:
        self._cache_folder = cache_folder
        self._user_dictionary = user_dictionary
        self._lock = threading.Lock()
        self._loaded: Any = None
        self.name = "jieba" if user_dictionary is None else f"jieba+{_digest(user_dictionary)}"

    def cut_for_search(self, text: str) -> Sequence[str]:
        return list(self._tokenizer().cut_for_search(text))

    def cut(self, text: str) -> Sequence[str]:
        return list(self._tokenizer().cut(text, HMM=False))

    def _tokenizer(self) -> Any:
        with self._lock:
            self._loaded = self._loaded or self._load()
        return self._loaded

    def _load(self) -> Any:
        jieba = _import_jieba()
        self._cache_folder.mkdir(parents=True, exist_ok=True)
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = str(self._cache_folder)
        tokenizer.initialize()
        if self._user_dictionary is not None:
            try:
                # Opened here: given a path, jieba leaves the file open.
                with self._user_dictionary.open("rb") as stream:
                    tokenizer.load_userdict(stream)
            except (OSError, ValueError) as error:
                raise DictionaryUnreadable(self._user_dictionary, str(error)) from error
        return tokenizer


def choose(cache_folder: Path, user_dictionary: Path | None = None) -> Segmenter:
    """The fastest segmenter that can do what is asked."""
    if user_dictionary is None and importlib.util.find_spec("rjieba") is not None:
        return RustSegmenter()
    return PythonSegmenter(cache_folder, user_dictionary)


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()[:8]
    except OSError as error:
        raise DictionaryUnreadable(file, str(error)) from error


def _import_jieba() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SyntaxWarning in its sources, pkg_resources is deprecated
        jieba = importlib.import_module("jieba")
    jieba.setLogLevel(logging.WARNING)
    return jieba
