"""Yes to all that stands on a form: words that agree with it, and words that could also mean 是 to every question of it."""

import re

from assistant.flows.appeal import is_yes

_ALL = r"(?:都|全|全都|全部|统统|通通|全部都|样样都|哪样都|每[个项条]都)"
_IT = r"(?:(?:这|那|上面|上头|表上|表里|以上|您|你|你们|刚才)*(?:写|说|听|列|记|填|核对)?的?(?:这|那)?(?:些|几[项条样个])?)"
_RIGHT = r"(?:对|没错|不错|正确|准确|属实|没(?:有)?(?:啥|什么)?问题|没毛病|没有?出入|是(?:对|这样|这么回事|真)|无误|对头|要得|ok|可以|行)"
_END = r"(?:的|了|啊|呀|呢|哈|嘛|哦|吧|滴|咯)*"
_AGREES = re.compile(
    rf"^(?:嗯|哦|是|好|对|没错|行|ok)*{_END}{_IT}{_ALL}{_RIGHT}{_END}$|^{_IT}{_RIGHT}{_END}(?:{_ALL}{_RIGHT}{_END})?$"
    rf"|^(?:对|是){_END}(?:对|是的|没错){_END}$|^(?:是|对)?{_END}{_ALL}是的{_END}$|^(?:一[点个样项]都)?没(?:有)?(?:写|说|听|记|弄|搞)?错{_END}$",
    re.IGNORECASE,
)
_EITHER = re.compile(
    rf"^(?:嗯|哦|对|是|好)*{_END}{_IT}{_ALL}(?:是|有|做了|办了|签了|符合|满足){_END}$"
    rf"|^(?:嗯|哦|不|没有|不是)*{_IT}(?:{_ALL}|一[个样项]都)(?:不是|没有?|不|不符合|否|无){_END}$"
)


def agrees(text: str) -> bool:
    """对, 都对, 对，都对, 上面写的都没错: what stands there is so, whatever it is."""
    said = re.sub(r"[\W_]+", "", text)
    return is_yes(text) or _AGREES.match(said) is not None


def is_of_two_minds(text: str) -> bool:
    """都是, 都有, 一个都没有: yes to the form, or the same answer to each of its questions; nobody can tell which."""
    return _EITHER.match(re.sub(r"[\W_]+", "", text)) is not None and not agrees(text)
