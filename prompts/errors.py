"""What can go wrong when talking to language models; messages never hold the key."""

from collections.abc import Sequence


class PromptsError(Exception):
    """Base of all errors of this package."""


class UnknownPrompt(PromptsError):
    def __init__(self, name: str) -> None:
        super().__init__(f"没有名为“{name}”的提示词：prompts/{name}.md 不存在")
        self.name = name


class PromptMalformed(PromptsError):
    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"提示词 prompts/{name}.md 写得不对：{reason}")
        self.name = name


class WrongPlaceholders(PromptsError):
    """A prompt was given other values than it asks for."""

    def __init__(self, name: str, missing: Sequence[str], unknown: Sequence[str]) -> None:
        parts = [f"缺少 {'、'.join(missing)}"] if missing else []
        parts += [f"多出 {'、'.join(unknown)}"] if unknown else []
        super().__init__(f"提示词 {name} 的占位符不符：{'；'.join(parts)}")
        self.name, self.missing, self.unknown = name, tuple(missing), tuple(unknown)


class ModelUnavailable(PromptsError):
    """The model gave no usable text; whoever asked goes on without it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"语言模型暂时用不上：{reason}。请检查 XIAOER_MODEL_BASE_URL 等设置和模型服务")
        self.reason = reason
