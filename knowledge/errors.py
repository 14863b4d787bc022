"""What can go wrong with the knowledge base. Messages are for people: the thing and the way out."""

from collections.abc import Sequence


class KnowledgeError(Exception):
    """Base of all errors of this package."""


class UnknownRegion(KnowledgeError):
    def __init__(self, text: str, candidates: Sequence[str] = ()) -> None:
        hint = (
            "有多个同名地区：" + "、".join(candidates[:6])
            if candidates
            else "请写全称（如 武汉市、湖北省）或六位行政区划代码"
        )
        super().__init__(f"认不出地区“{text}”。{hint}")
        self.text = text
        self.candidates = tuple(candidates)


class DocumentNotFound(KnowledgeError):
    def __init__(self, document_id: str) -> None:
        super().__init__(f"没有编号为“{document_id}”的文件；文件列表见 /api/documents 或 xiaoer doctor")
        self.document_id = document_id


class WeightsUnavailable(KnowledgeError):
    """No source of the embedding weights could be reached, or none had the right file."""

    def __init__(self, tried: Sequence[str]) -> None:
        super().__init__("没有取到语义模型，先只按字词检索。试过：" + "；".join(tried))
        self.tried = tuple(tried)


class ModelsNotInstalled(KnowledgeError):
    """A model of one's own is set, but the extra that runs it is missing or does not start."""

    way_out = "请运行 pip install 'xiaoer[models]'"

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(f"模型“{model}”要用 sentence-transformers 运行，{reason}。{self.way_out}")
        self.model = model
        self.reason = reason


class ModelUnusable(KnowledgeError):
    """A model of one's own that is not there, or is no such model."""

    way_out = "请检查 XIAOER_EMBEDDING_MODEL 和 XIAOER_RERANKER_MODEL：写模型的名字或文件夹，空着就不用"

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(f"模型“{model}”不能用：{reason}。{self.way_out}")
        self.model = model
        self.reason = reason


class IndexOwned(KnowledgeError):
    """Another process owns the index folder."""

    def __init__(self, folder: str) -> None:
        super().__init__(f"索引 {folder} 正由另一个 xiaoer 进程使用；请先停掉它，或等它自己更新索引")
        self.folder = folder


class IndexOutdated(KnowledgeError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"索引需要重建（{reason}）：请运行 xiaoer reindex")
        self.reason = reason


class StoreNotReady(KnowledgeError):
    def __init__(self, reason: str) -> None:
        super().__init__(f"数据库不能使用：{reason}。请检查 XIAOER_DATABASE_URL，或运行 xiaoer doctor")
        self.reason = reason


class BadSynonyms(KnowledgeError):
    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"同义词表 {file} 第 {line} 行有误：{reason}")
        self.file = file
        self.line = line


class BadCalendar(KnowledgeError):
    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"日历 {file} 第 {line} 行有误：{reason}")
        self.file = file
        self.line = line


class BadLinks(KnowledgeError):
    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"问答链接表 {file} 第 {line} 行有误：{reason}")
        self.file = file
        self.line = line
