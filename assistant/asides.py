"""Short words that mean something only after an office was named, or after a warning or a refusal: 几点上班, 那我咋办."""

import re

from assistant.behaviours import Behaviour
from assistant.subjects import END

LONGEST = 16
_B = Behaviour
_ITS_SIDES = re.compile(
    r"(?:(?:打|拨)?(?:哪个|啥|什么|多少)?(?:的)?(?:座机|电话|热线|号码|联系方式|固话)(?:号码?)?|(?:具体)?(?:地址|位置|地方|地点)"
    r"|在?(?:哪里|哪儿|哪个(?:位置|地方|楼|路)?|哪块|哪点|哪嗒|哪|啥地方|边度|哈?里头)|几楼|(?:咋个?|怎么|怎样|如何|点)(?:走|去|过去|联系|找|到|打)|坐(?:什么|啥|几路|哪路)车"
    r"|(?:几点|啥时候?|什么时候|几时)(?:钟)?|[上下]班|[开关]门|营业|午休|中午|(?:周|礼拜|星期)(?:[一二三四五六日天末])|节假日|晚上|下午|上午|有人|开不开|上不上班|开勿开|放假|休息"
    r"|(?:收|要)(?:不要)?(?:费|钱)|找(?:谁|哪个|哪位|啥人|什么人)|联系(?:人|谁|哪个)|(?:具体|主要)?管(?:啥子?|什么|哪些|么子)(?:事|的)?|打哪个|(?:要|用|需要|可以|能)?(?:不?用)?预约)"
)
"""What somebody asks about an office."""
_ITS_NAME = re.compile(
    r"你说的(?:那个|这个)?|刚才(?:说)?的?(?:那个|这个)?|那边|这边|那里|那儿|那头|他们|她们|人家|你们|那个|这个|它家?|窗口|大厅|部门|单位|科室?|公开的|座席|那|这|上面的?"
)
_ONLY_WORDS = re.compile(
    r"请问|再?问(?:一?下)|麻烦|告诉我?|给(?:我)?(?:一个|个|下)?|还有|另外|好的|嗯|哦|对了|是|的|在|到|去|都|也|有|要|用|能|可以|啥|什么|多少|几多|好多|几|个|号|人|点|来|我|咋|怎么|吗|呢|嘛|么|吧|啊|呀|咧|哈|嘞|噻|不|没|了|得|行|[\s，,、。！!？?]"
)
_ASKS = re.compile(r"[吗呢么嘛咧不没?？]|几|哪|啥|什么|多少|咋|怎|谁|边度|电话|号|座机|地址|位置|联系")
"""Who only says 周六上午 tells when to come."""
_NOW = re.compile(
    r"(?:那么?|这)?(?:我|俺|咱|偶)?(?:们)?(?:现在|如今|眼下|这下|接下来|下一步|到底|该|应该|要|得|可)*(?:咋个?|怎么|怎样|如何|点|啷个|么样)(?:办|弄|整|做|处理|搞)(?:才|好|嘛|呢|呀|啊|咧|喃|哦|才好)*"
)
_TRUE = re.compile(
    r"(?:那|到底|究竟|是不是|这|它|个|就|都)*(?:是)?(?:真的?假的?|真的(?:吗|么|嘛|不|啊)?|是真是假|真伪|假的(?:吧|吗|啊)?|(?:靠谱|可信|能信|信得过?|有这回?事|作数|算数|当真|管用)(?:吗|不|么|嘛)?)(?:啊|呀|哦)*"
)
_REPORTS = re.compile(
    r"(?:那么?|我|俺|要|想|可以|能|该|去|到|在|上|向)*(?:哪里?|哪儿|哪个|哪点|谁|咋个?|怎么|如何|啥地方|啷个)?(?:部门|地方|去|找|打|能|才)*(?:举报|告|揭发|反[映应]|投诉|报案|报警)(?:他们?|她|它|这(?:个|种)?人?)?(?:呢|嘛|去|给谁|找谁|哪里|电话|有用吗)*"
)
_KEPT = re.compile(
    r"证据|凭证|聊天记录|录音|截图|(?:钱|款|定金)[^，。]{0,6}(?:转|付|交|给|打)|要(?:得|不)?回|追回|要不要(?:理|回|填|点|交|转)|能不能(?:信|填|交)"
)
_OF_SECRECY = re.compile(
    r"名字|姓名|实名|匿名|留名|署名|具名|身份证|保密|报复|小鞋|(?:知道|晓得|查到|看出|猜到)[^，。]{0,4}(?:我|俺)|泄|露|举报|告[他它她]|咋个?告|怎么告|去哪告|纪委|纪检|监察|12388|写信|网上|管用|有用|证据|录音|电话|打哪|找谁|找哪|去哪|在哪|哪里"
)
_NO_SECRET = re.compile(
    r"补[贴助]|贷款|执照|许可|年报|备案|注销|歇业|外摆|招牌|场租|税|材料|申请|办[理证]|几天|多少钱|上班|开门"
)
_HELPLINE = re.compile(r"电话|号码|打哪|热线")
_OFFICE = re.compile(r"局|科|窗口|大厅|中心|税务|人社|市监|城管|银行|投诉|客服|12345|12315")


def is_of_an_office(text: str) -> bool:
    """几点上班, 那边座机多少: a side that every office has, and no word of a matter or of another office."""
    said = END.sub("", text.strip())
    rest, sides = _ITS_SIDES.subn("", said)
    is_asked = bool(sides) and len(said) <= LONGEST and _ASKS.search(text) is not None
    return is_asked and not _ONLY_WORDS.sub("", _ITS_NAME.sub("", rest))


def goes_on(text: str, last: str) -> bool:
    """Whether words after a warning are about the thing that it warned of."""
    said = END.sub("", text.strip())
    if len(said) > LONGEST:
        return False
    if last == _B.SECRECY:
        return _OF_SECRECY.search(said) is not None and _NO_SECRET.search(said) is None
    if last == _B.CRISIS:
        return _HELPLINE.search(said) is not None and _OFFICE.search(said) is None and _NO_SECRET.search(said) is None
    if last == _B.FEE_OFFER:
        return any(one.fullmatch(said) for one in (_NOW, _TRUE, _REPORTS)) or _KEPT.search(said) is not None
    if last == _B.PASTED_POLICY:
        return any(one.fullmatch(said) for one in (_NOW, _TRUE)) or _KEPT.search(said) is not None
    return False
