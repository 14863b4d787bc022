"""What can go wrong in a conversation. Messages are for people: the thing and the way out."""

from datetime import datetime


class AssistantError(Exception):
    """Base of all errors of this package."""


class WrongSecret(AssistantError):
    """The master key is not the one that the stored conversations are sealed with."""

    def __init__(self, source: str) -> None:
        super().__init__(
            f"打开已有对话的密钥和{source}不符：请用原来的 XIAOER_SECRET 或原来的 secret.key 启动；"
            "原来的密钥真的丢了，先运行 xiaoer conversations abandon，这些对话从此读不出来"
        )
        self.source = source


class WeakSecret(AssistantError):
    def __init__(self, least: int) -> None:
        super().__init__(
            f"XIAOER_SECRET 太短：至少 {least} 个字符，要随机生成；空着就自动生成在 XIAOER_HOME/secret.key"
        )


class BadSecretFile(AssistantError):
    def __init__(self, file: str) -> None:
        super().__init__(f"密钥文件 {file} 读不懂：请从备份恢复，不要改动它")
        self.file = file


class ConversationNotFound(AssistantError):
    def __init__(self) -> None:
        super().__init__("没有这个对话；请开始一个新的对话")


class ConversationDeleted(AssistantError):
    """Its key is destroyed; what remains is the receipt."""

    def __init__(self, receipt: str, at: datetime) -> None:
        super().__init__(f"这个对话已经删除，内容不能恢复；删除回执 {receipt}。请开始一个新的对话")
        self.receipt, self.at = receipt, at


class SessionMissing(AssistantError):
    def __init__(self) -> None:
        super().__init__("请求没有带会话令牌：在请求头里写 Authorization: Bearer 令牌")


class SessionInvalid(AssistantError):
    def __init__(self) -> None:
        super().__init__("会话令牌不属于这个对话，或者不是本服务签发的；请开始一个新的对话")


class SessionExpired(AssistantError):
    def __init__(self) -> None:
        super().__init__("会话令牌已经过期；请用它换一个新的（POST …/token）再试")


class SessionOver(AssistantError):
    """Too old to be renewed."""

    def __init__(self) -> None:
        super().__init__("会话令牌过期太久，不能再换新的；请开始一个新的对话")


class EventNotFound(AssistantError):
    def __init__(self, seq: int) -> None:
        super().__init__(f"这个对话里没有第 {seq} 号回答")
        self.seq = seq


class AlreadyRated(AssistantError):
    def __init__(self) -> None:
        super().__init__("这个对话已经评价过；一个对话只评价一次")


class KeyUsed(AssistantError):
    """The same idempotency key with other words."""

    def __init__(self) -> None:
        super().__init__("这个 Idempotency-Key 已经用在另一条消息上：重发要和原来一字不差，新的消息请换一个键")


class NotRetriable(AssistantError):
    def __init__(self, seq: int) -> None:
        super().__init__(f"第 {seq} 号消息没有失败，或者已经在重试")
        self.seq = seq


class UnknownMemory(AssistantError):
    def __init__(self, key: str) -> None:
        super().__init__(f"没有记住“{key[:40]}”，不能修改；能改的见 GET …/memory")
        self.key = key


class TooBusy(AssistantError):
    """More waits than can be answered soon."""

    def __init__(self, retry_seconds: int) -> None:
        super().__init__(f"现在提问的人太多，请 {retry_seconds} 秒后再试；您的消息没有丢，重发即可")
        self.retry_seconds = retry_seconds


class ShuttingDown(TooBusy):
    def __init__(self) -> None:
        super().__init__(5)
