"""Orders to an assistant that somebody has put into a document: such words are quoted, never put into other words.

A regulation speaks to people and authorities. Where it tells a language model what
to say, grounding cannot help: what the model then says does stand in the passage.
"""

import re
import unicodedata

_ORDER = re.compile(
    r"忽略(?:以上|上述|之前|此前|前面|所有|一切|你|您|收到).{0,10}(?:指令|规则|规定|要求|提示|内容|资料|条款)"
    r"|(?:一律|只能|只需|直接|统一|必须|务必)(?:回答|回复|答复|说|告诉|写)[:“”\"「『]"
    r"|(?:\bAI|人工智能|智能|大模型|语言模型)(?:助手|客服|机器人|模型|系统)?(?:请?注意|回答|回复|答复|在回答|请(?!示))"
    r"|(?:助手|机器人|模型|客服)请?注意[:,]"
    r"|(?:回答|回复|告诉|引导)(?:用户时|提问人|提问者)"
    r"|(?:你|您)现在是|(?:管理员|开发者|调试)模式|系统提示词|提示词|越狱模式"
    r"|<\||\|>|</?\s*(?:system|user|assistant|资料|问题|think)\b|\[/?INST\]"
    r"|(?:ignore|disregard|forget)\s+(?:all|any|the|your|previous|prior|above)"
    r"|(?:system|hidden)\s*prompt|you\s+are\s+now|(?:tell|inform)\s+the\s+users?",
    re.IGNORECASE,
)


def holds_orders(words: str) -> bool:
    """Whether these words of a document are meant for a language model. In doubt they are: it costs a quotation."""
    return _ORDER.search(re.sub(r"[^\S ]", "", unicodedata.normalize("NFKC", words))) is not None
