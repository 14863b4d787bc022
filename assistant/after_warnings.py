"""What people say after they were warned or refused something: more of it, what they have done by now, what to do next."""

import re
from collections.abc import Mapping

from assistant import requests
from assistant.behaviours import Behaviour
from assistant.subjects import END
from knowledge.spoken_grammar import standard

LONGEST, LONGEST_BARE = 40, 18
"""Characters of a message that goes on with a warning; and of one that names nothing of it."""
_B = Behaviour
_NOW = re.compile(
    r"(?:完了|糟了|坏了|哎呀?|那么?|这)*[，,]?(?:我|咱|我们)?(?:现在|如今|眼下|这下|接下来|下一步|到底|该|应该|要|得|可|还)*"
    r"(?:怎么|怎样|如何)(?:办|弄|整|做|处理|搞|补救|挽回)?(?:才|好|嘛|呢|呀|啊|咧|喃|哦)*"
)
_TRUE = re.compile(
    r"(?:那|到底|究竟|是不是|这|它|个|就|都)*(?:是)?(?:真的?假的?|真的(?:吗|么|嘛|不|啊)?|是真是假|真伪|假的(?:吧|吗|啊)?|(?:靠谱|可信|能信|信得过?|有这回?事|作数|算数|当真|管用)(?:吗|不|么|嘛)?)(?:啊|呀|哦)*"
)
_REPORTS = re.compile(
    r"(?:那么?|我|要|想|可以|能|该|去|到|在|上|向)*(?:哪里?|哪儿|哪个|谁|怎么|如何)?(?:部门|地方|去|找|打|能|才)*(?:谁|哪里?)?(?:举报|告|揭发|反[映应]|投诉|报案|报警)(?:他们?|她|它|这(?:个|种)?人?)?(?:呢|嘛|去|给谁|找谁|哪里|电话|有用吗)*"
)
_SECRETS = r"(?:验证码|密码|卡号|(?:银行|储蓄|信用)?卡(?:的|照片|正反面)?|身份证|执照|照片|资料|人脸|账号|二维码|链接|手机号|户名)"
_GIVEN = r"(?:给|发|说|讲|告诉|点|填|扫|报|拍|输|念|传|交|登|刷|进去)"
_SHARED = re.compile(
    rf"{_SECRETS}[^，,。]{{0,10}}{_GIVEN}(?!不|他钱)|{_SECRETS}[，,][^，,。]{{0,4}}(?:发|给|拍|填|传|说|交)(?:了|过|给)|(?:把|刚才?|已经|都|我)[^，,。]{{0,4}}{_GIVEN}(?:了|过|给)?[^，,。]{{0,8}}{_SECRETS}|点(?:进去|开)了|扫了(?:码|脸)?$"
)
"""Passwords, cards or papers are out: the money can be next."""
_KEPT = re.compile(
    r"证据|凭证|聊天记录|录音|截图|(?:钱|款|定金)[^，。]{0,6}(?:转|付|交|给|打)|(?:转|付|交|给|打)了?[^，。]{0,4}(?:钱|款|定金|[百千万块])|要(?:得|不)?回|追回|要不要(?:理|回|填|点|交|转)|能不能(?:信|填|交)"
)
_OTHERS_DID = re.compile(
    r"(?:群里|别人|人家|他们|老板|大家|邻居|隔壁|亲戚|同行|好多人|朋友)[^。]{0,16}(?:登|领|报了|填|交|到账|到帐|截图|收到|办|成了|拿|照(?:着|做|办)|跟着|[弄做搞]了)|到[账帐]截图"
)
_PRESSED = re.compile(
    r"催|逼|威胁|骚扰|吓|(?:一直|天天|老是?|总|又|还)[^，。]{0,4}(?:打电话|发消息|找我|找来|问我要|联系|加我)|拉黑|不(?:肯)?(?:还|退)|跑了|报警|上门"
)
_SAID_TRUE = re.compile(r"(?:他们?|她|那人|对方|人家)(?:说|讲)的?[^，。]{0,14}(?:真的?|假的?|能信|可信|靠谱|算数)")
_ASSURED = re.compile(
    r"签合同|收据|发票|退(?:钱|款|费)|全退|不过不要钱|盖(?:了)?章|工作证|有牌照|正规公司|先办后付|成了再给"
)
_OF_SECRECY = re.compile(
    r"名字|姓名|实名|匿名|留名|署名|具名|身份证|保密|报复|小鞋|(?:知道|晓得|查到|看出|猜到)[^，。]{0,4}(?:我|俺)|泄|露|举报|告(?:发)?[他它她]|怎么告|去哪告|纪委|纪检|监察|12388|写信|网上|管用|有用|证据|录[音像个]|拍(?:照|下|个)|视频|照片|账[本单]|电话|打哪|找谁|找哪|去哪|在哪|哪里"
)
_RELAYS = re.compile(
    r"(?:由|让|要|叫|请)?你(?:们)?[^，。]{0,8}(?:转|递|呈|交上|报上|送上|往上|写[好成清]|记[上下着录]|登记|喊人|派人|替我|帮我)|(?:帮|替|给)(?:我|咱)[^，。]{0,6}(?:转|递|交|写|报|反[映应]|举报|说)|你们?(?:就)?(?:不能)?(?:去|来|给我|帮我)?(?:管|处理|解决|协调)(?:一?[下管]|理)|(?:在|跟|对)(?:你)?(?:这里?|这边|这儿)?[^，。]{0,4}(?:写清楚?|说清楚?|讲清楚|举报|反[映应])"
)
"""Wants it written down or handed on from here."""
_NO_SECRET = re.compile(
    r"补[贴助]|贷款|执照|许可|年报|备案|注销|歇业|外摆|招牌|场租|税|申请|办[理证]|几天|多少钱|上班|开门"
)
_EXCUSES = re.compile(
    r"(?:别人|人家|大家|同行|隔壁|他们)[^。]{0,8}(?:都|也|这[么样])|都(?:是)?这[么样](?:弄|搞|干|填|做|报)|又不是|没人(?:查|管|知道|晓得|发现)|查[得不](?:出|到)|多大(?:个|点)?事|小事|就(?:这|一)(?:一)?[次回点]|一点点|灵活|变通|通融|睁只眼|反正|怕(?:什么|啥)"
)
_DID = re.compile(
    r"(?:已经|都|早就|上[个次]?月|前[天阵]|去年)[^。]{0,8}(?:签|报|交|填|写|改|弄|领|拿|递|盖|开|做)[^，。]{0,8}(?:了|完|过|上去)|(?:签|报|交|填|写|改|弄|领|递|盖)(?:上去|完|过)?了[^，。]{0,6}(?:怎么办|来得及|会怎么?样|要紧|算)|收手|撤[回销]|退回|补救|坦白|承认|自首|主动(?:说|交|退)|来得及"
)
"""It is done, or half done."""
_FOUND_OUT = re.compile(
    r"(?:查|发现|抓|逮)(?:到|出|住)|后果|会怎么?样|坐牢|罚(?:多少|款|不罚|得)|要(?:罚|赔)|严重(?:吗|不)"
)
_HONEST = re.compile(r"照实|老实|如实|正常|合法|正规|正经|真(?:的)?(?:招|请|有|租|开|是个?[残退毕])|符合|够条件|正当")
_INSISTS = re.compile(
    r"别怕|出了事|我(?:来)?担|我负责|工号|权限|授权|证件给你|第[一二三四五]条|(?:接着?|继续|快)(?:啊|呀|点)?[，,]?(?:说|念|编|来|第|写)|^接[啊呀着]|编(?:都|也)?给?|(?:那|就)?(?:透露|说|念|写|给)一?(?:点|句|半|条|个)(?:点|也行)?|又不(?:是|会)(?:外传|告诉|叫)|不(?:外传|告诉别人)|保证不|测试|演练|玩(?:玩|个)|游戏|写着玩|开玩笑|假设|小说|剧本|打个比方"
)
_OF_THE_PASTED = re.compile(
    r"存(?:的|了|好|下)[^，。]{0,4}(?:那|这)?(?:条|段|个)?|念(?:念|一?遍|给)|(?:登|填|交|点|扫|转)(?:了|过|完|进去|出去)|链接|(?:要不要|该不该|用不用|能不能)(?:理|回|填|点|交|转|登|扫|删)|谁(?:发|传)的|假的?(?:吧|吗)"
)
_STORY = re.compile(r"(?:他们?|她|它|那人|对方|那边|人家|来的人)[^，。]|(?:我|咱)[^，。]{0,8}了|不给就|[给交送]了")
"""More of what has happened, where nothing is asked."""
_OVER = re.compile(r"谢|好的|好吧|行吧|知道了|明白|算了|再见|人工|真人|删|抹|不说这")
_HELPLINE = re.compile(r"电话|号码|打哪|热线")
_OFFICE = re.compile(r"局|科|窗口|大厅|中心|税务|人社|市监|城管|银行|投诉|客服|12345|12315")
_RULES = re.compile(
    r"补[贴助]|贷款|执照|许可|年报|备案|注销|歇业|外摆|招牌|场租|材料|申请|条件|几天|多久|最高|标准|窗口"
)
_FULL: Mapping[Behaviour, tuple[re.Pattern[str], ...]] = {
    _B.FEE_OFFER: (_NOW, _TRUE, _REPORTS),
    _B.PASTED_POLICY: (_NOW, _TRUE),
}
_HELD: Mapping[Behaviour, tuple[re.Pattern[str], ...]] = {
    _B.FEE_OFFER: (_KEPT, _SHARED, _ASSURED, _PRESSED, _SAID_TRUE),
    _B.PASTED_POLICY: (_KEPT, _OTHERS_DID, _OF_THE_PASTED),
    _B.SECRECY: (_OF_SECRECY, _RELAYS),
    _B.CHEATING: (_EXCUSES, _DID, _FOUND_OUT),
    _B.EXTRACTION: (_INSISTS,),
    _B.FORBIDDEN: (_INSISTS,),
}
_TOLD_ON = frozenset({_B.SECRECY, _B.FEE_OFFER})
_NOT: Mapping[Behaviour, re.Pattern[str]] = {
    _B.SECRECY: _NO_SECRET,
    _B.CHEATING: _HONEST,
    _B.FEE_OFFER: re.compile(r"自己|自个|正规渠道|条件|标准|材料|几天|多久"),
    _B.PASTED_POLICY: re.compile(r"到底多少|现在(?:是)?多少|条件|标准|材料|几天|多久"),
    _B.EXTRACTION: _RULES,
    _B.FORBIDDEN: _RULES,
}
"""What leads away from it."""


def goes_on(text: str, last: str) -> bool:
    """Whether words after a warning or a refusal are about the thing that was warned of."""
    said = END.sub("", standard(text.strip()))
    if last == _B.CRISIS:
        is_number = _HELPLINE.search(said) is not None and _OFFICE.search(said) is None
        return len(said) <= LONGEST_BARE and is_number and _NO_SECRET.search(said) is None
    if len(said) > LONGEST or last not in _HELD or _NOT[Behaviour(last)].search(said):
        return False
    row = Behaviour(last)
    if row in _TOLD_ON and not requests.asks(said) and _STORY.search(said) and not _OVER.search(said):
        return True
    if any(one.fullmatch(said) for one in _FULL.get(row, ())):
        return True
    return any(one.search(said) for one in _HELD[row])


def has_shared(text: str) -> bool:
    """验证码也告诉人家了."""
    return _SHARED.search(standard(text)) is not None


def others_did(text: str) -> bool:
    """可群里二十多个老板都登了."""
    return _OTHERS_DID.search(standard(text)) is not None


def is_done(text: str) -> bool:
    """我已经这么签了三个月了，现在收手来得及不."""
    return _DID.search(standard(text)) is not None


def asks_what_follows(text: str) -> bool:
    """那要是被查到会怎样."""
    return _FOUND_OUT.search(standard(text)) is not None


def wants_it_passed_on(text: str) -> bool:
    """由你转给县里不行吗."""
    return _RELAYS.search(standard(text)) is not None


def asks_for_proof(text: str) -> bool:
    return re.search(r"证据|录音|录像|照片|视频|聊天记录|截图|凭证", text) is not None


def fears(text: str) -> bool:
    """那他晓得是我告的咋办."""
    return re.search(r"报复|小鞋|(?:知道|晓得|查到|看出|猜到)[^，。]{0,4}我|泄|露|传出去", standard(text)) is not None
