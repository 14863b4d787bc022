"""Two who say different things of one matter: told by how the message is built, not by who the two are.

A clause has a speaker (a level, a place, an office, a document, people) and what it says. Where two clauses have
different speakers and the message asks who is right, or sets the second against the first, two rules clash.
"""

import re
from collections.abc import Sequence

from assistant.comparable_figures import figures
from knowledge import places, regions

_PIECES = re.compile(r"[，,。；;！!？?\s]+|(?<=.)(?=(?:可是?|但是?|结果)(?:[市省区县国]|人家|窗口|平台))")
_OFFICE = (
    r"[\u4e00-\u9fff]{0,6}(?:局|厅|委|办(?=文件)|中心|大厅|窗口|平台|街道|社区|银行|专员|科)(?:里|的|那边|那个|上)?"
    r"(?:人|文件|规定|通知|办法|员)?"
)
_PAPER = r"(?:《[^》]+》|[\u4e00-\u9fff]{0,8}(?:文件|办法|细则|方案|通知|公告|解读|解释|指南|问答|海报|条例|措施|制度|规范|规定|政策|清单|名单|网页|网站|公众号|宣传[单册页]?))"
_PEOPLE = r"人家|他们|他|她|你们?|有的人?|有人|别人|朋友|隔壁|邻居|同行|中介|老乡|群里|网上|抖音|另一?[个份边]|一[个份边]|这[个份边]|那[个份边]"
_LEVEL = r"国家|中央|国务院|省(?=[里头上级的文说讲规定写要给只才])|市(?=[里头上级的文说讲规定写要给只才])|[区县](?=[里头上级的文说讲规定写要给只才])|上[面头级边]|下[面头级]|地方上|镇[里上]|乡里"
_SPEAKER = re.compile(rf"(?:{_LEVEL})|(?:{_PAPER})|(?:{_OFFICE})|(?:{_PEOPLE})")
_QUOTED = re.compile(r"^(?P<who>[\u4e00-\u9fff]{2,8}?)(?:说|写|讲)(?:的|是)?(?=\d|[一二三四五六七八九十])")
"""场租说15日前: whatever is quoted with a figure."""
_SAYS = re.compile(
    r"(?:没有?|未|不|又|都|还|却|就|只|才|倒)?(?:说|讲|写|规定(?!里)|要求|允许|答复|告诉|通知(?=我)|定(?:的|了)?(?=\d|[一二三四五六七八九十]))|给(?!我)|补(?!贴)"
    r"|(?:没有?|没得|莫得|没提|咋没|冇)"
)
_RIGHT = re.compile(
    r"[按案照听以依信看用](?:着|照)?(?:哪|谁|什么)|算(?:几|多少|哪)|(?:谁|哪[个份边家头])(?:的)?(?:文件|规定|说法)?(?:[说讲写])?(?:得|的)?(?:才|是)?(?:对(?!接)|大|准|真|算|作数|有效|管用|为准)"
    r"|为准|(?<!不)(?:算数|作数)|打架|矛盾|冲突|对不上|不一[样致]|说了算|哪个真"
)
"""Asks who is right."""
_PUZZLED = re.compile(
    r"到底|究竟|凭什么|凭啥|怎么办|咋办|咋整|咋个|怎么(?:没|才|又|不|就)|咋(?:没|才|又|不|就)|能不能|可不可以|还能|糊涂|搞不清|晕"
)
_AGAINST = re.compile(
    r"(?:又|却|可是?(?=[市省区县])|但|倒|反而|偏)|(?:没有?|未|不|只|才|咋|没得|莫得)(?:说|讲|写|提|给|列|包括|有|没|能|让|算|准|许)|没得|莫得"
)
"""What a clause that sets itself against another has."""


def opposed(text: str, region: str) -> bool:
    """`region`: where the person is; places around it are named in short."""
    pieces = [piece for piece in _PIECES.split(text) if piece]
    said = [(speaker, piece) for piece in pieces if (speaker := _speaker(piece, region))]
    speakers = {speaker for speaker, _ in said}
    if len(speakers) < 2 or not any(_SAYS.search(piece) for _, piece in said):
        return False
    if _RIGHT.search(text):
        return True
    first, *others = (piece for _, piece in said)
    is_against = any(_AGAINST.search(piece) for piece in others) or (
        _AGAINST.search(first) is not None and "明明" in text
    )
    return is_against and bool(_SAYS.search(first)) and _PUZZLED.search(text) is not None


def _speaker(piece: str, region: str) -> str:
    """Who speaks in a clause: what stands before it says something, or has a figure."""
    found = _SPEAKER.search(piece)
    if found and (_SAYS.search(piece, found.end()) or figures(piece[found.end() :])):
        return found[0]
    if quoted := _QUOTED.match(piece):
        return quoted["who"]
    named = next((code for code in places.named_in(piece, near=region) if code in _around(region)), None)
    return named if named and _SAYS.search(piece) else ""


def _around(region: str) -> Sequence[str]:
    return regions.chain(region)
