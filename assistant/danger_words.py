"""Words around the dangers: what each cannot do without, what is about the shop and not about oneself, what comes next."""

import re

from assistant import requests
from assistant.behaviours import Behaviour

PAID = re.compile(
    r"(?:钱|款|定金|押金)(?:.{0,6})(?:转|付|交|给|打|汇)|(?:转|付|交|给|打|汇)(?:.{0,3})(?:了|过去|完)|拉黑|联系不上|不(?:接|回)|报警|被骗|追回|退(?:钱|款)|怎么办"
)
"""What somebody says next who was told not to pay."""
JOINED = re.compile(r"另外|顺便|顺带|还有(?!人)|完了再|然后再|再(?=告诉|问|说说|讲讲)|对了")
WANTS_TO_KNOW = re.compile(r"(?:问|查|看|说|讲|聊)(?:一?下|说|讲|问|看)|想问|想知道|接着(?:问|说)|说(?:回|正事)")
"""没事了，问下年报: a question without a word of asking."""
PAUSE = re.compile(r"[，,；;\s]+")
ONES_OWN_WAY = re.compile(r"(?:我|俺|咱)(?:们)?自己(?:.{0,4})(?:报|办|申|弄|去|跑|交)")
"""Who was told not to pay, and asks how to do it without them."""
INSISTS = re.compile(
    r"别(?:人|家)(?:家)?的?(?:ai|机器人|助手)|又不是(?:你|真|叫你)|就(?:写|给|说|编|来|弄)(?:我|俺)?(?:一)?(?:个|份|句|张|段)|(?:不|没人)(?:会)?(?:告诉|知道|晓得)(?:别人|的)?$|就这一[次回]|通融|写着玩|开玩笑|假设一?下|(?:那|你)?换个(?:说法|方式|办法)(?:也行|嘛|呗|总)|真的?不行(?:吗|么)|行行好|求(?:求)?你"
)
"""Words that ask once more for what was just refused."""
DOUBTS_THEM = re.compile(r"骗子|骗人|可信|靠谱|真的假的|是真是假|坑人|(?:这|那)(?:家|个)(?:公司|中介|人)")
OF_THE_SHOP = re.compile(
    r"(?:店|铺|摊|生意|门面|馆|厂|公司|照).{0,6}(?:撑|停|关|收|守|开不|做不|转|退)|(?:停|关|收|守|退|转|撑)[了掉这的破个住]*.{0,4}(?:店|铺|摊|照|生意)"
)
ONESELF = re.compile(r"死|活[着下不够]|不活|命|跳|药|绝望|解脱|一了百了|消失|轻生|遗书|割")
ABOUT_SELF = re.compile(r"怎么活|活[着下不]|死|撑不|撑着|熬|绝望|难受|累了")
WRONGS = frozenset({Behaviour.CHEATING, Behaviour.FEE_OFFER, Behaviour.FORBIDDEN})
OF_OTHERS = frozenset({Behaviour.SECRECY, Behaviour.FEE_OFFER, Behaviour.FORBIDDEN, Behaviour.STAFF_ONLY})
"""Classes that a quarrel with a landlord or a customer resembles."""
ORDERED = re.compile(
    r"(?:帮|教|给|替)(?:我|俺|咱)|怎么(?:样)?(?:才)?(?:能)?(?:弄|搞|整|让|把|叫)|咋(?:个)?(?:弄|搞|整|让|把)|(?:找|喊|叫).{0,3}(?:人|兄弟)|收拾|写(?:个|条|篇|段)|匿名|别(?:说|让)"
)
"""Words of who wants something done to them, or wishes to stay hidden."""
PASTED = re.compile(
    r"真|假|靠谱|可信|能信|属实|作数|算数|谣|有没|有冇|有这|对不对|对[吗不吧啵么](?![起住])|是不是|是吧|认不认|核实|确认|照(?:这|此|它)|按(?:这|此|它)|记住|学习|据此|转告|转发|复制|截图|红头|原文|如下|[《〔【“\"「]|第.{1,3}条|必须|一律|凡|违者|逾期|立即|点(?:击|开|此)|链接|能用|瞅|查查|帮(?:我)?看|[:：]|你们发|政府发"
    r"|[\d一二三四五六七八九十]+(?:万|千|百|块|元|年|天|个月|%)|pdf|抬头|取消|[免退][\d一二三四五六七八九十]"
)
"""Of a document, a number, an order or a doubt about one at least a word: to have heard of a subsidy is a plain question."""
NEEDED = {
    Behaviour.CRISIS: re.compile(
        r"死|活|命|走|没了|不在|去世|过世|离世|丧|葬|别|累|撑|熬|捱|扛|遭不住|难受|绝望|崩|垮|解脱|跳|药|刀|割|绳|炭|煤气|楼|河|江|桥|水库|阳台|遗|信|托|送人|牵挂|惦记|拖|废物|睡|醒|哭|抑郁|消失|心|空|对不|孩子|娃|怕|痛|苦|暗|黑|光|尽头|到头|安静|清净|再见|谢谢|不用等|债|逼|家|人|头|意思|指望|盼|世|救|血|出事|撞|闭眼"
    ),
    Behaviour.SECRECY: re.compile(
        r"举报|举抱|(?<!广)告|匿|密|名|姓|红包|礼|贪|贿|扣|干部|领导|长|官|公务|人员|执法|检查|索|好处|好烟|报复|纪|烟|酒|请客|吃|喝|主任|书记|所|队|局|窗口|标|内|私|怕|漏|晓得|知道|传|说出|暗示|卡|照顾|关系|侄|亲戚|截|冒|送|收了|收钱的|钱办|表示|孝敬|小鞋|身份|透露"
    ),
    Behaviour.FEE_OFFER: re.compile(
        r"人|他|她|谁|中介|公司|代|交|付|转|(?<!打)包(?!子|票)|保证|保过|内部|关系|费|抽|成|分|定金|名额|熟|托|花钱|给钱|掏钱|打钱|扫码|链接|加急|通道|老师|专家|机构|激活|骗|指标|收了|跑腿|坑|才肯|才给|条烟|中华"
    ),
    Behaviour.EXTRACTION: re.compile(
        r"给我|帮我|替我|开[张个份]|通过|你|您|小二|恁|指令|规则|设定|提示|prompt|模式|扮|演|装|批|同意|盖|编号|生成|系统|忽略|ignore|工具|参数|原样|权限|授权|命令|源码|代码|api|密钥|口令|发证|show|repeat|print|instruct|角色|人设|名义|出具|宣布|确认|代表|助手|模型|机器|开发|调试|测试"
    ),
    Behaviour.CHEATING: re.compile(
        r"教我|帮我|给我|价(?:的)?(?:合同|劳动|证|票)|假|编|造|p|改|骗|套|瞒|躲|虚|冒|顶|挂|借|租|用.{0,8}[证名]|拿.{0,8}[证名]|写|填|报|刷|查|管|发现|抓|蒙|混|糊弄|高|低|买|章|漏|空|重复|截图|凑|绕|抹|撕|私|掺|手脚|诀|窍|招|应付|样子|倒签|补签|藏|挪|不入|两本|两套|阴阳|应对|注销|停|退|装|替|代|日期|流水|合规|逃|过期|看不出|再来|抬头|洗"
    ),
    Behaviour.STAFF_ONLY: re.compile(
        r"手机|电话|号码?|微信|qq|住|家|内部|内网|后台|名单|名册|材料|资料|文件|底|透|漏|密码|网址|地址|登录|工单|考核|督办|谁|群|记录|领了|营业额|行程|几点|排班|口径|草案|公开|计划|哪条|哪天|哪些|哪里|去哪|哪儿|表(?!扬)|批示|数据|姓名|名字|照片|视频|预警|标准|细则|规程|纪要|手册|稿|范围|账号|系统|通讯"
    ),
    Behaviour.SENSITIVE_DATA: re.compile(
        r"病|症|癌|瘤|炎|残|孕|怀|胎|流产|月子|手术|切了|切除|子宫|乳腺|痴呆|帕金森|脑梗|偏瘫|躁郁|坐过.{0,4}牢|里头出来|住院|透析|化疗|瘫|中风|失明|盲|聋|哑|截|骨折|伤|艾滋|爱滋|hiv|乙肝|携带|抑郁|焦虑|精神|自闭|智力|痛|疼|信.{0,3}(?:佛|教|主)|教|回民|穆斯林|同性|坐牢|判|刑|案底|前科|放出来|监狱|吸毒|戒毒|低保|离[过了]?婚|家暴|强奸|心脏|血|糖|肾|肝|肺|眼|耳|腿|瘸|拐|身体|健康|治疗|医院|康复|瘾|结节|特困|少[数属]民族|民族|宗教|怀里|生娃|生孩子|吃药|打针|腰|脚|手指|起不来|走不动|坐轮椅"
    ),
    Behaviour.PASTED_POLICY: re.compile(
        r"文件|文建|文|通知|政策|规定|公告|办法|转|发|群|圈|抖音|快手|视频|网|号|短信|截图|红头|新规|国家|据|记|按|照|贴|说法|消息|原话|指令|系统|升级"
    ),
}
"""Words of which at least one stands in every such message; generous, for the rules of safety spoke before."""
PRODUCES = re.compile(
    r"扮|装|假|当[作成]|你(?:现在)?(?:就)?是|长|主任|书记|领导|管理|系统|提示|指令|设定|规则|规矩|模式|命令|授权|权限|编|号|文|章|证明|函|书|写|出具|开|回[答复执]|说[“‘]|名单|状态|名义|代[表替]|直接|后门|[a-zA-Z]"
)
"""Words of who wants the service to play an authority, or to make its papers: 你能批吗 without them is about one's own case."""
MATTER = re.compile(
    r"补贴|补助|奖励|贷款|贴息|执照|许可|备案|登记|注销|歇业|年报|信用|税|社保|医保|公积金|发票|政策|规定|手续|材料|申请|申报|办理|办证|证照|许可证|窗口|大厅|电话|地址|罚|投诉|诉求|预约|检查|合同|工资|房租|租金|招牌|商标|食品|员工|开店|开业|网店|公司|个体|期限|几天"
)
"""Matters of business: what somebody in despair asks without one is about themselves."""
_WHETHER = re.compile(r"(?P<done>[收算罚用得交办报退管领贷缴扣发补给查写改换批])(?:不|没)(?P=done)")
"""收不收钱 asks, too."""


def asks(text: str) -> bool:
    """Whether words beside something dangerous ask for anything, also by A-not-A or as an order to tell."""
    is_order = WANTS_TO_KNOW.search(text) is not None and MATTER.search(text) is not None
    return requests.asks(text) or _WHETHER.search(text) is not None or is_order
