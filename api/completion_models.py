"""What goes over /v1/chat/completions, the interface that many clients speak already."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from api.conversation_models import LONGEST_MESSAGE
from api.models import RegionText, Source, Words

MODEL = "xiaoer"
MOST_MESSAGES = 100
_Text = Annotated[Words, StringConstraints(max_length=LONGEST_MESSAGE)]


class TextPart(BaseModel):
    """消息的一段文字。"""

    model_config = ConfigDict(title="一段文字")

    type: Literal["text"] = Field(description="只收 text。", examples=["text"])
    text: _Text = Field(description="文字。")


class ChatMessage(BaseModel):
    """一条消息。"""

    model_config = ConfigDict(title="对话里的一条")

    role: Literal["system", "developer", "user", "assistant", "tool"] = Field(
        description="user 是提问的人，assistant 是之前的回答；别的角色不起作用。", examples=["user"]
    )
    content: _Text | list[TextPart] | None = Field(
        default=None,
        description=f"文字，最长 {LONGEST_MESSAGE} 个字；个人信息先遮住。",
        examples=["开业补贴有多少钱？"],
    )

    @field_validator("content", mode="before")
    @classmethod
    def _words_only(cls, value: object) -> object:
        if value is None or isinstance(value, str):
            return value
        if not isinstance(value, list):
            raise PydanticCustomError("chinese", "要是文字，或者由几段文字组成的数组")
        for part in value:
            if not isinstance(part, dict) or part.get("type") != "text" or not isinstance(part.get("text"), str):
                raise PydanticCustomError(
                    "chinese", "里只能有文字（type 为 text）：图片、语音和文件还不能读，请把内容写成文字"
                )
        return value

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class AskedOf(BaseModel):
    """小二自己的参数。"""

    model_config = ConfigDict(title="小二的参数")

    region: RegionText | None = Field(default=None, description="所在地区：名称或六位代码。", examples=["青禾市"])


class StreamOptions(BaseModel):
    """流式返回的选项。"""

    model_config = ConfigDict(title="流式选项")

    include_usage: bool = Field(default=False, description="true 时在 [DONE] 之前多一段，choices 为空，带 usage。")


class AskCompletion(BaseModel):
    """一次对话；temperature 等别的字段收下，但不起作用。"""

    model_config = ConfigDict(
        title="补全请求",
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [{"role": "user", "content": "开业补贴有多少钱？"}],
                    "stream": False,
                    "xiaoer": {"region": "青禾市"},
                }
            ]
        },
    )

    model: str = Field(default=MODEL, max_length=200, description="写什么都行，用的总是小二。", examples=[MODEL])
    messages: list[ChatMessage] = Field(
        min_length=1, max_length=MOST_MESSAGES, description=f"对话，旧的在前，最后一条是问题；最多 {MOST_MESSAGES} 条。"
    )
    stream_options: StreamOptions | None = Field(default=None, description="流式返回的选项，可以不写。")
    stream: bool = Field(default=False, description="true 时一段一段地返回（text/event-stream）。")
    xiaoer: AskedOf = Field(default_factory=AskedOf, description="小二自己的参数，可以不写。")

    @model_validator(mode="after")
    def _ends_with_a_question(self) -> Self:
        if self.messages[-1].role != "user" or not self.messages[-1].text:
            raise PydanticCustomError("chinese", "里 messages 的最后一条要是 user 的话")
        return self


class Cited(BaseModel):
    """回答的依据，和别的客户端不认识也不碍事的说明。"""

    model_config = ConfigDict(title="小二的说明")

    sources: list[Source] = Field(description="依据，和回答里的 [1]、[2] 对应。")
    notices: list[str] = Field(description="读者必须知道的事，例如“内容由人工智能生成，仅供参考”；应当醒目展示。")
    behaviours: list[str] = Field(description="各段回答属于哪一类。", examples=[["question"]])
    origins: list[str] = Field(
        description="各段回答出自谁：ai 人工智能，curated 已审核的常见问答，human 人工。", examples=[["ai"]]
    )
    region: str | None = Field(description="按哪个地区的规定回答。", examples=["青禾市"])


class Said(BaseModel):
    """回答的文字。"""

    model_config = ConfigDict(title="回答的文字")

    role: Literal["assistant"] = Field(description="总是 assistant。")
    content: str = Field(description="回答，纯文本；[1] 指第一个依据。")


class CompletionChoice(BaseModel):
    """一个回答。"""

    model_config = ConfigDict(title="补全的回答")

    index: int = Field(description="总是 0。", examples=[0])
    message: Said = Field(description="回答。")
    finish_reason: Literal["stop"] = Field(description="总是 stop。")


class Usage(BaseModel):
    """用量，按字数估计：一个汉字、一个英文词或一个数算一个。"""

    model_config = ConfigDict(title="用量")

    prompt_tokens: int = Field(description="收到的对话。", examples=[12])
    completion_tokens: int = Field(description="回答。", examples=[180])
    total_tokens: int = Field(description="两者之和。", examples=[192])


class Completed(BaseModel):
    """补全的结果。"""

    model_config = ConfigDict(title="补全结果")

    id: str = Field(description="编号。", examples=["chatcmpl-3f9a1c0b5d7e"])
    object: Literal["chat.completion"] = Field(description="总是 chat.completion。")
    created: int = Field(description="时间，1970 年以来的秒数。", examples=[1782000000])
    model: str = Field(description="总是 xiaoer。", examples=[MODEL])
    choices: list[CompletionChoice] = Field(description="总是一个。")
    usage: Usage = Field(description="估计的用量，供客户端显示，不是计费的依据。")
    xiaoer: Cited = Field(description="依据和提示；流式返回时在最后一段里。")


class OpenAIError(BaseModel):
    """出错说明，用这个接口的客户端认得的格式。"""

    model_config = ConfigDict(title="补全出错")

    error: dict[str, Any] = Field(
        description="message 是中文说明，type、param、code 供程序用。",
        examples=[
            {"message": "请求太频繁", "type": "invalid_request_error", "param": None, "code": "too-many-requests"}
        ],
    )


class ModelItem(BaseModel):
    """一个模型。"""

    model_config = ConfigDict(title="模型")

    id: str = Field(description="名字。", examples=[MODEL])
    object: Literal["model"] = Field(description="总是 model。")
    created: int = Field(description="总是 0。", examples=[0])
    owned_by: str = Field(description="总是 xiaoer。", examples=[MODEL])


class ModelList(BaseModel):
    """能用的模型：只有小二。"""

    model_config = ConfigDict(title="模型列表")

    object: Literal["list"] = Field(description="总是 list。")
    data: list[ModelItem] = Field(description="总是一个。")
