"""What goes over HTTP in conversations, with a Chinese description of every field."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.models import RegionText, Source, Words

LONGEST_MESSAGE = 10_000
"""Characters."""
MOST_FIELDS = 40
_FieldName = Annotated[Words, StringConstraints(min_length=1, max_length=60)]
_FieldValue = Annotated[Words, StringConstraints(max_length=2_000)]


def _not_too_many(fields: dict[str, str]) -> dict[str, str]:
    if len(fields) > MOST_FIELDS:
        raise PydanticCustomError("chinese", f"太多：最多 {MOST_FIELDS} 项")
    return fields


class StartConversation(BaseModel):
    """开始一个对话。"""

    model_config = ConfigDict(
        extra="forbid", title="开始对话", json_schema_extra={"examples": [{"region": "青禾市", "page": "/documents"}]}
    )

    region: RegionText | None = Field(
        default=None, description="所在地区：名称或六位行政区划代码；不写时由对话里问。", examples=["青禾市"]
    )
    page: Annotated[Words, StringConstraints(max_length=200)] = Field(
        default="", description="从哪个页面来：标题或路径；作为这个对话记住的一项，可以删除。", examples=["/documents"]
    )


class Token(BaseModel):
    """会话令牌。"""

    model_config = ConfigDict(title="会话令牌")

    token: str = Field(description="放在请求头 Authorization: Bearer 后面；只能用于这个对话，里面没有个人信息。")
    expires_at: datetime = Field(description="到什么时候有效；之前或者过期后几天内可以换新的。")


class Started(Token):
    """新的对话。"""

    model_config = ConfigDict(title="新的对话")

    id: str = Field(description="对话编号。", examples=["pX3v0Jm2Qk6a1c9YtLr8Zw"])
    ai_notice: str = Field(description="要一直显示在对话旁边的话。", examples=["内容由人工智能生成，仅供参考"])


class SendMessage(BaseModel):
    """一条消息：文字、填好的表，或者两样都有。"""

    model_config = ConfigDict(
        extra="forbid", title="消息", json_schema_extra={"examples": [{"text": "开业补贴有多少钱？"}]}
    )

    text: Annotated[Words, StringConstraints(max_length=LONGEST_MESSAGE)] = Field(
        default="", description=f"文字，最长 {LONGEST_MESSAGE} 个字；个人信息先遮住再保存。", examples=["宜昌呢"]
    )
    fields: Annotated[dict[_FieldName, _FieldValue], AfterValidator(_not_too_many)] = Field(
        default_factory=dict,
        description="表里填的：名称（form 事件里各题的 name）和值；答不上来的写“不知道”。",
        examples=[{"employees": "3"}],
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.text and not self.fields:
            raise PydanticCustomError("chinese", "里 text 和 fields 至少要有一样")
        return self


class Taken(BaseModel):
    """消息收下了，回答在事件流里。"""

    model_config = ConfigDict(title="已收下")

    seq: int = Field(description="这条消息在对话里的编号；回答里的 to 就是它。", examples=[2])


class EventItem(BaseModel):
    """对话里的一个事件；除了下面四项，其余字段因种类而异，见集成手册。"""

    model_config = ConfigDict(title="事件", extra="allow")

    seq: int = Field(description="编号，从小到大；中间可能有空，那是不给人看的事件。", examples=[3])
    at: datetime = Field(description="什么时候。")
    author: Literal["person", "assistant", "staff", "system"] = Field(
        description="谁：person 本人，assistant 小二，staff 工作人员，system 系统。"
    )
    kind: str = Field(
        description="种类：message、reply、question、form、result、notice、remembered、feedback、rating、done。",
        examples=["reply"],
    )


class History(BaseModel):
    """一段历史。"""

    model_config = ConfigDict(title="历史")

    events: list[EventItem] = Field(description="事件，旧的在前。")
    more: bool = Field(description="后面还有没有；有的话用最后一个 seq 作 after 再取。")


class Sources(BaseModel):
    """一个回答的依据。"""

    model_config = ConfigDict(title="回答的依据")

    sources: list[Source] = Field(description="依据，和回答里的 [1]、[2] 对应。")


class SendFeedback(BaseModel):
    """对一个回答的意见。"""

    model_config = ConfigDict(
        extra="forbid",
        title="意见",
        json_schema_extra={"examples": [{"on": 3, "helpful": False, "reason": "答非所问"}]},
    )

    on: int = Field(ge=1, description="哪个回答：它的 seq。", examples=[3])
    helpful: bool | None = Field(description="true 有用，false 没用，null 收回意见。", examples=[True])
    reason: Annotated[Words, StringConstraints(max_length=500)] = Field(
        default="", description="原因，可以不写。", examples=["答非所问"]
    )


class SendRating(BaseModel):
    """好差评。"""

    model_config = ConfigDict(
        extra="forbid", title="评价", json_schema_extra={"examples": [{"grade": 5, "words": "讲得清楚"}]}
    )

    grade: int = Field(ge=1, le=5, description="5 非常满意，4 满意，3 基本满意，2 不满意，1 非常不满意。", examples=[5])
    words: Annotated[Words, StringConstraints(max_length=500)] = Field(
        default="", description="想说的话，可以不写。", examples=["讲得清楚"]
    )


class MemoryItem(BaseModel):
    """记住的一项。"""

    model_config = ConfigDict(title="记住的一项")

    key: str = Field(description="名称。", examples=["region"])
    label: str = Field(description="中文名称。", examples=["所在地区"])
    value: str = Field(description="值；地区是六位代码。", examples=["990100"])
    shown: str = Field(description="给人看的值。", examples=["云岭省青禾市"])


class Memory(BaseModel):
    """这个对话记住的事；只用于这个对话。"""

    model_config = ConfigDict(title="记住的事")

    remembered: list[MemoryItem] = Field(description="记住的各项。")


class SetMemory(BaseModel):
    """把记住的一项改成什么。"""

    model_config = ConfigDict(extra="forbid", title="改记住的事", json_schema_extra={"examples": [{"value": "宜昌市"}]})

    value: Annotated[Words, StringConstraints(min_length=1, max_length=100)] = Field(
        description="新的值；地区写名称或六位代码。", examples=["宜昌市"]
    )


class Deleted(BaseModel):
    """删除的回执。"""

    model_config = ConfigDict(title="删除回执")

    receipt: str = Field(description="回执编号，请保存。", examples=["DEL-20260701-3F9A1C0B5D7E"])
    deleted_at: datetime = Field(description="什么时候删除的。")
    events: int = Field(description="有多少个事件从此读不出来。", examples=[12])


class Exported(BaseModel):
    """导出的对话。"""

    model_config = ConfigDict(title="导出的对话")

    title: str = Field(description="标题。")
    conversation: str = Field(description="对话编号。")
    exported_at: datetime = Field(description="导出时间。")
    ai_notice: str = Field(description="人工智能生成的提示，要随内容一起保留。")
    AIGC: dict[str, Any] = Field(description="隐式标识（GB 45438-2025）：属性、提供者、编号。")
    events: list[EventItem] = Field(description="全部事件。")
