"""Which parts of a message tell something about the person's own business, now and for certain.

Questions, suppositions, hearsay, rules, wishes, doubts, the past and what is said of others
tell nothing. Some of these reach on over the parts that follow, until something ends them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Flag, auto

_NUMERAL = "0-9零一二两三四五六七八九十百千万"
_SEPARATOR = re.compile(
    rf"([。！!；;\n]|[？?]+|…+|\.{{2,}}|[：:])|[，,~～]|——|(?<![{_NUMERAL}])[、 ]|[、 ](?![{_NUMERAL}])"
)
_ASKED = re.compile(
    r"([\u4e00-\u9fff])不\1(?!动|时)|可以不|可不可以|(?:要|补|给|罚|交|贴|第|是|在|管|最[多少长短低高迟晚快]|拖到|改到|分|等|得)[^，]{0,3}(?<![们这那好])几(?![十百千万乎率])|(?<![好十前这那过头近没])几(?:天|个?工作日|号|点|时|钱|折|成)|好[多久大](?:钱|天|个|年|块|平|久|$)|边[个度]|点样|哪能|多[大久长高宽远快早]|行不行|会不会|要不要|算不算|用不用|该不该|得不得|好不好|多少|几多|怎么|怎样|咋|如何|为什么|为啥|凭什么|是不是|有没有|是否|能否|可否|有无"
    r"|对不对|几时|什么|啥|哪|谁|请问|吗$|吗(?=这|那|你)|么$|[伐罢莫]$|[么吗](?=[，,])|(?<=[^啊哦噢诶哎唉])不$|[了过好完]没$|[了过好完]没有$|[成行]不|还是不|有[^，没]{1,4}没(?:有)?$|区别|几个人?(?:起|才|以上)"
    r"|能(?:够)?(?:享受|申请|办|领|贷|批|减|免|补|拿|报|算)|可以(?:享受|申请|办|领|贷|减|免|补|拿)|才能|才可以|才行"
)
_SUPPOSED = re.compile(
    r"如果|(?<![主需重必只首])要是|假如|假设|倘若|若是|若(?![干])|(?<![\d一二两三四五六七八九十百千几])万一|比如|比方|例如|譬如|打个比方|的话$|的话(?=[，,])|举个例|一旦|除非|只要|就算|即使|即便|纵然|纵使|哪怕|倘|假使|假比|早知|但凡|[要若]真(?!的)|真要|就好了|[何不]至于|本该|(?:就|权|全)当(?![过了兵])|设想|设若|假定|(?:就|按|拿)[^，]{1,10}(?:来算|算给|给我算|算算)|恨不得|巴不得|只有.{0,10}才|换成|换作|换做|碰上"
)
_HEARSAY = re.compile(
    r"听说|据说|^(?:都|老|非|硬)?说我们?(?=没|不|是|有|欠)|听[^，]{1,8}[说讲]|听(?:人|他|她|别|朋友|客户)|网上(?:说|讲|看)|有人[说讲]|人家[说讲]|都[说讲](?!了|好|清|妥|定|明|过|通|拢)|看到[说讲]|(?<!没)有(?!的|了)[^，我]{1,4}[说讲]|(?:中介|代办|律师|客服|支书|主任|主播|博主|网站|网页|页面|指南|公告|房东|老公|老婆|媳妇|家人|员工|伙计|店员|师傅|股东|客人|顾客|客户|网友|厂长|经理|领导|同行|主管)的?[人们]?(?:分享|留言|评论|发帖)?(?:那边|跟我|对我|都|也|还|老)*(?:[说讲](?!了算|好|妥|定|明|清|服)|告诉|通知我|提过)|个人[说讲]|新闻|抖音|公众号|电视|媒体|报道|某(?:公司|企业|人|店|地|厂)|报纸|报上|短视频|快手"
)
_RULE = re.compile(
    r"(?<!没人)(?<!没)(?<!没有)(?<!接到)(?<!收到)(?<!被)通知|文件|规定|标准|政策|条例|法律|要求|条件[是要]|按理|原则上|理论上|一般(?:来说|的|都|是)|通常|必须|(?<![供相反响适感效对])应(?![届聘纳缴税收酬急付])(?!该)|(?<![不无没])需要(?!贷|借)|凡是|不得|所谓|指南|公告|细则|申请表|(?<!负债)(?<!利润)(?<!申报)表上|范本|模板|样本|宣传[单册页]|海报|答复|(?:根据|依据|依照)(?!我|自己)|告示|条款里|办法(?:里|上|规定|写)|条件(?:里|上|写)|门槛|名额|上限|下限|限额|额度|封顶"
)
_WISHED = re.compile(
    r"(?<!不)想(?!问|来|请教|咨询|了解|知道|查|申|着|到|不到|不通|起|必|法)|打算|准备|计划|将来|(?<![了过完好])以后|今后|往后|明年|后年|下个?月|下半年(?=[再要才])|下季度|下周|马上(?:要|就)|快要|即将|想着|考虑|琢磨|盘算|寻思|要去|正要|就要|将要|将会|争取|希望|盼|最好|目标是|预计|预期|预算|等.{0,8}(?:再|就)|过几天|过段时间|回头|合计着|有意"
    r"|明天|后天|下周|下个?星期|(?<!没)(?<!有)去(?:办|注册|登记|申请|开)(?!了|过|的|年)|要(?:停业|歇业|关|搬|注销|转)|(?<![需主首只还不重没])要(?:开|办|招|请|租|雇|搬|转|注册|做|再|弄|盘)|再(?:招|请|雇|开|租)|不(?:想|愿意?|打算|准备)(?:再)?(?:开|办|当|做|注册|成立|登记|搞|租|招|请|雇)(?!了)"
)
_KIN = (
    r"(?:[大二三四五小老][姨叔舅姑伯婶](?:妈|父|子)?|前夫|前妻|爸妈|爹妈|爹娘|父母|公婆|爸爸|妈妈|老?爸|老?妈|老爹|爹|老娘|娘|父亲|母亲|老公|老婆|丈夫|妻子|媳妇|爱人|对象|大?哥哥?|弟弟?|弟娃|老弟|大?姐姐?|妹妹?|老妹|二哥|二姐|儿子|女儿|闺女|叔叔?|舅舅?|老舅|姑姑?|姑父|姨妈?|姨父|儿媳妇?|女婿|干[爹妈]|大?伯|婶"
    r"|岳父|岳母|丈人|丈母娘|公公|婆婆|男朋友|女朋友|外公|外婆|爷爷|奶奶|亲家|老表|侄[子女儿]?|外甥|孙子|家属|家人)"
)
_OTHERS = re.compile(
    r"朋友|(?:这|那)(?:条街|一?片|个?市场|个?商场|栋楼|个?村|一?行)(?:上|里|的人)*[^，]{0,4}都|师父|我的?师傅|房东(?=也?有|也?当过|名下|自己|以前)|隔壁|邻居|别人(?!的?(?:房|店面|铺|门面))|人家(?!的?(?:房|店面|铺|门面))|亲戚|同行|老乡|同乡|同学|同事|战友|发小|闺蜜|表[哥弟姐妹叔舅]|堂[哥弟姐妹叔]|姐夫|妹夫|小舅子|连襟|嫂子|弟媳|侄|外甥|徒弟|师兄|师弟"
    r"|^(?:有个|我的|那个|有)?(?:客户|顾客|供货商|供应商)|老[王李张刘陈杨赵黄周吴徐孙马朱胡](?![家店])|[王李张刘陈杨赵黄周吴徐孙马朱胡]老?(?:板|姐|哥|总|婶|叔|阿姨|师傅)|对门|对面|楼上|楼下|旁边(?:那|的|一)|街坊|房客|村里(?:有|的)人|别家|人家"
    r"|(?:帮|替|给|代|为)(?:我)?[^，,。]{1,5}(?:问|咨询|打听)"
    rf"|(?:^|[但就像因为那连是])(?:我们?|我家|家里)?(?:的)?{_KIN}++(?!和我|跟我|同我|(?:自己)?的?(?:房|门面|铺面|店面|屋|产权)|的?名下(?![^，]{{0,4}}[有欠背])|出钱|帮我|(?:留|传|给)(?:给|下)|的?$)"
    rf"|{_KIN}(?:[那自][个己边])?(?:的|家|家里)?(?:店(?!面)|公司|厂|铺(?!面)|超市|饭店|企业|生意|开的|办的)"
)
_SO = r"^(?:所以|但是?|不过|而|然后|反正|现在|目前|至于|那|就是|其实|只是|另外|还有|倒是)*"
_PARTIES = re.compile(
    rf"{_SO}租给我们?[^，]{{0,6}}的|{_SO}(?:那|这)?[个家]?(?:欠|差|拖欠)(?:着|了)?我们?[^，]{{0,5}}的(?:那)?[个家]?(?:公司|老板|人|客户|单位|厂)(?!是)|{_SO}(?:我们?的?|这个?|那个?|原来的?|以前的?)*(?:(?:[镇街村城县]上|前面|后面|雇我的|请我的|带我的|教我的)的?(?:那|这|有)?[个家位间]|(?:[店厂]里)?(?:常来|老来|来吃|来买|路过|认识)的|我?(?:打工|上班|干活|待过?|做事)的(?!时候|那)|(?:那|这|有)个?老板|对方|甲方|乙方|供[货应](?:的|商)|客户|顾客|租客|房客|租户|前任|(?:会计|代账)(?:那边|他们|家|公司)|中介|代办|加盟商?|总部|总公司|合伙人|老板娘|业主|上家|下家|卖家|买家"
    r"|[上前]一?[个任家位](?:租客|租户|房客|店主|老板|经营者|店家|单位|公司|东家))(?!(?<!雇我的)(?<!请我的)[^，]*(?:我|咱|把|帮|给|替|同意))"
)
_THEM = re.compile(r"(?<!其)[他她]们?")
_STILL = re.compile(
    r"(?:以前|原来|原先|过去|之前|从前|先前)(?=的?(?:那个?|那家)?(?:公司|单位|厂|老板|东家)[^，]*(?:着|还在|挂))|(?<=挂在)(?:以前|原来|原先)|(?<=还在)(?:以前|原来|原先)"
)
"""Still with the company of before is no matter of the past."""
_I_AM = re.compile(rf"{_SO}(?:我|本人)[^，]{{0,8}}(?:是(?!想|要|打算|准备)|属于|名下|没有|没(?!想|打算))")
_AT_HOME = re.compile(rf"{_SO}(?:[店厂]里|本店|公司里)")
_WITH = re.compile(
    rf"(?:转|盘|让|过户|卖|交|过|租)(?:给|到)(?:了|我)*的?(?:{_KIN}|朋友|亲戚|同学|别人)|"
    r"(?:就|跟|和|同|与|加|带|有|收)[^，]{0,3}[两二三四五六\d]个徒弟|连(?:着|上|同)?(?:{_KIN}|我{_KIN})|(?:隔壁|对面|旁边|附近)的?(?=垃圾|公厕|厕所|化工|养殖|污)|[他她]们?的(?=社保|保险|五险|劳动合同|工伤)|(?:给|为|把|对|替|帮|跟|和|同|与)(?:[他她]们?|人家(?!的))|(?:他们?|她们?|对方|客户|人家|老板)(?:还|一直|总共|现在|到现在|都)*(?=欠我|欠着我|没给我|拖我|差我|没付|没结)|社保[^，]{0,4}在别人|我?(?:老婆|老公|爱人|媳妇|丈夫|妻子|配偶)(?=(?:名下|还|也|有|没|欠|那边)[^，开]{0,8}贷)|(?:跟|和|同|与|向|找|欠|租|借|差)(?:着|了|的)?是?(?:我|自己)?的?(?:[一两二三四几\d]?个)?(?:朋友|别人|人家|亲戚|同学|战友|老乡|客户|供[货应]商|表[哥弟姐妹]|堂[哥弟姐妹]"
    r"|老?爸|老?妈|爹|娘|父亲|母亲|老公|老婆|丈夫|妻子|媳妇|爱人|对象|大?哥|弟弟?|姐姐?|妹妹?|儿子|女儿|闺女)"
)
"""Somebody else stands in the clause, but it is about us: 跟老公开了店, 欠供货商的钱."""
_NO_QUESTION = re.compile(
    r"(?:窗口|他们|工作人员|登记机关)[^，]{0,6}(?:告诉|告知|说)[^，]{0,6}(?:什么|啥|哪些?)|(?:谈|商量|说|定|讲|约)(?:妥|好|定|拢|清楚)了?[^，]{0,4}(?:怎么|如何|什么|哪|几|多少)|(?<!有)没(?:有)?[^，]{0,7}?(?:什么|啥|哪|谁)|(?:没有?|未)(?:写|说|讲|定|约定?|提|告诉|注明)[^，]{0,6}(?:几时|何时|多久|多少|怎么)|(?:怎么|如何|什么|多少|哪天|几时|何时)[^，]{0,10}(?:没有?|未|只字[未没不])(?:写|说|讲|定|约定?|提|谈|注明)|(?:什么|啥|谁|哪)[^，]{0,5}?(?:也|都)|[不没](?:怎么|咋)|不(?:用|需要|必|要)[^，]{0,2}(?:什么|啥|哪|谁)"
)
_OURSELVES = re.compile(
    r"^(?:所以|但是?|不过|而|然后|反正|现在|目前|至于|那|就是|其实|只是|另外|还有|倒是)*(?:我(?!(?:的)?(?:爸|妈|老|爹|娘|父|母|丈|妻|媳|爱|对象|哥|弟|姐|妹|大哥|二哥|儿|女|闺|叔|舅|姑|姨|伯|岳|男|女|朋|同|表|堂|外|爷|奶|徒|战|邻|隔|师|房东|领导|有个|一个|一))|(?:到|轮到)了?我(?:这|手|们?这)|咱|本人|自己|自家|本店)"
)
_REQUESTED = re.compile(
    r"^(?:麻烦)?请(?!了|的|过|来|人|工|帮工|员|个|两|三|四|五|六|一|\d)|(?:帮|给|替)我(?!们|外甥|侄|弟|妹|哥|姐|儿|女|老婆|老公|媳妇|爸|妈|表|堂|开|交|付|结|留|打工|做|干|上班|看店|带|管|的|遮|占|堵|挡|罚|扣|收|拆|停|封)(?![^，]{1,3}(?:了|的|过|好|完)(?!吧|吗|$))|(?<![跟给和同])[你您侬](?!好)"
)
_TO_YOU = re.compile(r"(?:跟|给|和|同)[你您](?:们)?[说讲]")
_HEDGED = re.compile(
    r"好像|可能|也许|或许|说不定|不确定|没准|保不齐|搞不好|似乎|拿不准|应该(?!交|缴|付)|大概(?:是|算|率)|估计|估摸|印象中|印象里|貌似|不一定|未必|吃不准|有时|看情况|不固定|不一样|不等(?=$)|一半一半|(?:我|俺)(?:可|也|又|从来|并)*(?:没有?|不曾)[说讲](?:过)?(?![好清明定死完的过]|$)|不是[说讲](?=我|不|没|是|有)|不(?:代表|等于|意味|见得)|谁[说讲]|还(?![在没不有要欠剩差得是几\d一二两三四五六七八九十])[^，]{2,7}(?<!着)呢$|好似|像是|怕是|恐怕|不知(?:道|$)|不晓得|不清楚|不太清|搞不清|弄不清|记不[得清太]|^(?:我|都|也|就|有点)*忘了?(?:是|多|几|哪|什么|具体|$)|具体[^，]{0,4}忘|记得是?|算是?.{0,12}吧$|不敢说|说不[上好清准]|没数|没算过|谈不上|勉强|差不多算|等于是|或者|要么|反正不"
)
_SOFTENED = re.compile(
    r"应该|好像|可能|也许|或许|大概|估计|估摸着?|似乎|貌似|恐怕|怕是|勉强|差不多|印象中|没准|算(?=是|不)"
)
_PAST = re.compile(
    r"(?:上班|打工|干活|做工|任职|就职|在职)(?:的时候|那时|那会|那[几两三]年|期间|时)|(?<![日号月底末])(?<![\d一二两三四五六七八九十]天)以前|往年|往常|从前|原来|原先|过去|曾经|曾|当年|当时|那时候?|早先|早年|那会儿?|那阵|那一?年(?!内|起)|那[几两三]天|那段|小时候|年轻[时那]|(?:疫情|春节|国庆|节日|假期|过年|暑假|寒假)(?:期间|那|的?时候|里)|(?<![日号月底末])(?<![\d一二两三四五六七八九十]天)之前|先前|前些年|早些年|上家|上一?[个家处](?:店面?|铺面?|门面|地方|场地)|前东家|老东家|老店|最早|最初|起初|(?<![没未])(?<!没有)(?<!从来没)(?:请|雇|招|用|租|开)过(?!店|业)|刚开始(?=的时候|那|只|就|是|才)|一开始|本来|生前|第一[次回家](?:是|在)*(?:大前年|前年|去年|\d{2,4}年)|最[多好旺忙火少差高低](?:的|那)(?:时候|一?阵|一年|那年|几年|月)|[旺淡忙闲]季|[忙闲](?:的时候|时|起来)|高峰|前几年|头几年|早几年|好些年前|(?<!毕业)[一二两三四五六七八九十几多好\d]+年(?:以)?前(?!开|办|注册|成立|年)"
)
_NOW = re.compile(
    r"现在|而今|目前|如今|眼下|这[回次趟]|平时|平常|常年|固定|这会儿?|后来|今年|当前|这才|已经|才|刚|去年|前年|\d{2,4}年|上个?月|(?:好|完|过|到|上|妥)了"
)
_RENEWS = re.compile(
    r"^(?:但是?|不过|可是?|而|到|直到|一直到|是)*(?:现在|如今|而今|目前|眼下|后来|今年|这个月|本月|其实|实际上?|事实上|最后|这才|最近|昨天|今天|前天|上个?月)"
)
_IN_TRUTH = re.compile(r"^(?:但是?|不过|可是?)*(?:其实|实际上?|事实上|说实话|老实说|讲真)(?:呢|是|嘛)*")
_CORRECTED = re.compile(
    r"(?<![对得])不对(?!劲|头)|[说搞记弄讲写打输看想][错岔混反]了?|[数算打写][漏掉](?:了|一)|(?<!不)多[打写数算]了?(?:[一个零]|$)|少[打写数算]了?(?:[一个零]|$)|(?<!没)错了|更正(?:一下)?|纠正(?:一下)?|订正|应该说|准确地?[说讲]|确切地?[说讲]|^不不|^等等|^等一?[下会]|^算了吧?(?:$|(?=[不我回再改]))|^[不别]$|^[哎诶啊哦噢喔唉]*不是?$"
    r"|[哦噢啊哎诶]不(?!是)|^[哦噢啊]*(?:那|这)个?(?:是|算)(?:大前年|前年|去年|以前|原来|上个?[月季]|别人|人家|隔壁|含税|毛)|口误|秃噜|嘴[快滑]|笔误|手滑|嘴瓢|重新说|重说|改一下|改口|我是说|说快了"
)
_MIDWAY = re.compile(
    r"(?<=[\u4e00-\u9fff])((?<![对得])不对(?!劲|头)|[说搞记讲写打看]错了|更正一下|纠正一下|[哦噢啊哎诶]不(?!是))(?=[\u4e00-\u9fff\d])"
)
"""A correction in the midst of a clause is a clause of its own."""
_OURS = re.compile(
    r"我|房租|店租|铺租|决定书|(?:公示|收到|拿到)的(?=$|[，,。])|^(?:那|就|只|先)*(?:想|打算|准备|要|计划)(?:申请|贷|借)|本(?:月|季|期|店|厂)|这个?(?:月|季)|咱|本人|自己|自家|[店厂]里|公司里|现在|目前|刚(?!毕业)|已经|去年|今年|前年|上个?月|(?<![除为])了(?!解)|过(?=$|[，,。、 ]|一次|两次|年报)|着呢|(?:招|请|雇|聘)的(?:人|员工|工人|伙计|那|这)[^，]{0,4}是[^，]*的(?=$|[，,。])|(?:公司|店|厂)?(?:注册|登记|开)在[\u4e00-\u9fff]{2,8}[市县区]|(?:开|办|领|拿|做|干|招|租|贷|交|搬|缴|发|签|批|盘|登记|注册|成立)的(?=$|[，,。])"
)
"""Something in the message is about the one who writes; a question without it is about people in general."""
_ASKS_OF_US = re.compile(
    r"^((?:那|像|就是)?(?:我|咱|本人)(?!这种|这样|要是|想|打算|准备)[^，]*?(?:是|有|了|过|没|的|在|现在|目前|已经)[^，]*?)"
    r"(?:能不能|可不可以|要不要|用不用|需不需要|该不该|会不会|算不算|符不符合|能(?=享受|申请|办|领|贷|减|免|补|拿|报|不)|可以(?=享受|申请|办|领|贷|减|免|补|拿|先)|该怎么|怎么|如何|有没有|有什么|有啥|会怎|会被|还要|还能|算什么|算啥|属于哪|属于什么|要交|需要|多久|什么时候)"
)
"""我招了两个人能补多少: the first half tells, the second asks."""

_RECHECKED = re.compile(
    r"(?:看|查|翻|算|数|核|问)一下[\u4e00-\u9fff]{0,4}$|(?:我)?(?:看看|查查|翻翻|算算|数数|瞧瞧)$|(?:翻|查|看|算|数|核|问|想)(?:了|过)(?:一?[下遍哈眼])?(?:单子|账本?|执照|合同|记录|票据?|手机)?$|^(?:哦|噢)"
)

_PUT_OFF = re.compile(r"(?:得|要|去|再|回去|先|让我)(?:[^，]{0,2})(?:问|查|看看|数|算|核|翻)")
UNSURE = re.compile(r"不知道|不清楚|不晓得|说不[上好清]|忘了|记不[得清]|不确定|搞不清|不太清楚")
"""An answer that is none."""


class Stance(Flag):
    """What keeps a part of a message from telling something; nothing at all: it tells."""

    TOLD = 0
    ASKED = auto()
    SUPPOSED = auto()
    HEARSAY = auto()
    RULE = auto()
    REQUESTED = auto()
    WISHED = auto()
    OF_OTHERS = auto()
    OF_THEM = auto()
    """Of him, her or them: of somebody else, or of those we hired."""
    OF_PARTIES = auto()
    """Of the other side of a deal, the one before us, who keeps our books: 对方, 上一个租客, 会计那边."""
    HEDGED = auto()
    PAST = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A clause of the message, and how it is meant."""

    text: str
    stance: Stance
    corrects: bool
    """It takes back what was said before."""
    rechecks: bool
    """What follows stands in the place of what was said of the same thing: 我查了一下."""
    opens: bool
    """It begins a sentence."""
    of_staff: bool
    """Of somebody hired, who was spoken of before: 招的那位失业快一年了，登记失业十个月."""
    renews: bool
    """It says how it is now, or in truth, after what was said before: 现在, 后来, 其实."""


def parts(text: str) -> Iterator[Part]:
    """Every clause with its stance; suppositions, hearsay, others and wishes reach on within their sentence."""
    clauses = list(_told_first(_clauses(_MIDWAY.sub(r"，\1，", text))))
    asks = any(end.startswith(("？", "?")) or _asks(clause) for clause, end in clauses)
    general = Stance.ASKED if asks and not _OURS.search(text) else Stance.TOLD
    lasting, opens, corrected, hires, of_staff = general, True, 0, False, False
    quoted = Stance.TOLD
    for clause, end in clauses:
        if opens:
            quoted = Stance.TOLD
            lasting &= Stance.OF_OTHERS | Stance.OF_THEM | general
        if _OURSELVES.match(clause):
            lasting &= ~(Stance.OF_OTHERS | Stance.OF_THEM | Stance.OF_PARTIES | Stance.HEARSAY | Stance.RULE)
        if _I_AM.match(clause):
            lasting &= ~Stance.WISHED
        if _AT_HOME.match(clause):
            lasting &= ~(Stance.OF_PARTIES | Stance.RULE)
        if _NOW.search(clause):
            lasting &= ~(Stance.PAST | Stance.WISHED)
        corrects = bool(_CORRECTED.search(clause))
        bare = _CORRECTED.sub("", clause) if corrects else clause
        hires = hires or bool(_HIRED.search(clause))
        of_staff = bool(_STAFF.match(clause)) or (of_staff and not opens and not _OURSELVES.match(clause))
        whose = _PRONOUN.sub("", bare) if hires else bare
        alone = _stance(whose.replace("应该是", "是") if corrected else whose, asked=end.startswith(("？", "?")))
        renews = bool(_RENEWS.match(clause))
        yield Part(clause, alone | lasting | quoted, corrects, bool(_RECHECKED.search(clause)), opens, of_staff, renews)
        lasting |= alone & _reach(clause)
        if end in _COLONS and alone & _NOT_OURS:
            quoted = Stance.HEARSAY
        opens, corrected = end not in _COLONS and bool(end), _EXPLAINED if corrects else max(0, corrected - 1)


def is_open(clause: str) -> bool:
    """It asks or supposes something, or states a rule."""
    rule = Stance.RULE if len(clause) > _WORD_OR_TWO else Stance.TOLD
    return bool(_stance(clause, asked=False) & (Stance.ASKED | Stance.SUPPOSED | Stance.HEARSAY | rule))


def is_put_off(text: str) -> bool:
    """我得问问我老婆: whatever was said before does not stand yet."""
    return bool(_PUT_OFF.search(text))


def doubts(answer: str) -> Stance:
    """A bare answer that is no plain one: 有时候三个, 最多的时候十个, 可能是五月."""
    return _stance(answer, asked=False) & (Stance.HEDGED | Stance.PAST)


def without_doubt(answer: str) -> str:
    """应该算是吧 → 算是."""
    return _SOFTENED.sub("", answer).removesuffix("吧").strip("，, ")


def without_correction(clause: str) -> str:
    """不对，是三个人 → 三个人, 其实没报 → 没报."""
    return _IN_TRUTH.sub("", _CORRECTED.sub("", clause)).replace("应该是", "").lstrip("是的，, ")


def anew(clause: str) -> str:
    """后来办了 → 办了."""
    return _RENEWS.sub("", clause)


def in_truth(clause: str) -> bool:
    return bool(_IN_TRUTH.match(clause))


_THEN_WANTS = re.compile(
    r"^([^，]*?(?:没|未|了|着|过)[^，]{1,6}?)(就想|就要|就打算|想(?=注销|申请|办|贷|转))(?=[^，]{2})"
)
"""罚款还没交完就想注销: the first half is so, the second is wanted."""


def _told_first(clauses: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What a question takes for granted about us comes as a clause of its own."""
    for clause, end in clauses:
        match = _ASKS_OF_US.match(clause) or _THEN_WANTS.match(clause)
        if match and not _ASKED.search(match[1]) and not _WISHED.search(match[1]):
            yield match[1], ""
            yield clause[match.end(1) :], end
        else:
            yield clause, end


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """(clause, the sign that ended the sentence or opens what somebody said, if any)."""
    start = 0
    for match in _SEPARATOR.finditer(text):
        if text[start : match.start()].strip():
            yield text[start : match.start()].strip(), match[1] or ""
        start = match.end()
    if text[start:].strip():
        yield text[start:].strip(), ""


def _asks(clause: str) -> bool:
    return bool(_ASKED.search(_NO_QUESTION.sub("没", clause)))


def _stance(clause: str, *, asked: bool) -> Stance:
    stance = Stance.ASKED if asked or _asks(clause) else Stance.TOLD
    for kind, pattern in _KINDS.items():
        if pattern.search(
            _TO_YOU.sub("", clause)
            if kind is Stance.REQUESTED
            else _BY_RULE.sub("", clause)
            if kind is Stance.RULE
            else _WITH.sub("", clause)
            if kind in {Stance.OF_OTHERS, Stance.OF_THEM}
            else _STILL.sub("", clause)
            if kind is Stance.PAST
            else clause
        ):
            stance |= kind
    return stance


_BY_RULE = re.compile(r"按(?:照)?(?:规定|政策|要求|标准)(?=我|咱|要|应|得)|(?:达到|符合)[^，]{0,6}(?:规定|标准|要求)")
_KINDS = {
    Stance.SUPPOSED: _SUPPOSED,
    Stance.HEARSAY: _HEARSAY,
    Stance.RULE: _RULE,
    Stance.REQUESTED: _REQUESTED,
    Stance.WISHED: _WISHED,
    Stance.OF_OTHERS: _OTHERS,
    Stance.OF_THEM: _THEM,
    Stance.OF_PARTIES: _PARTIES,
    Stance.HEDGED: _HEDGED,
    Stance.PAST: _PAST,
}
_EXPLAINED = 2
"""Clauses after a correction in which 应该是八个 is what is right: 等等，把我算进去了，应该是八个."""
_COLONS = frozenset("：:")
_NOT_OURS = Stance.OF_OTHERS | Stance.OF_THEM | Stance.OF_PARTIES | Stance.HEARSAY
"""客户回我：我们是小规模: what follows the colon is said of the one who says it."""
_WORD_OR_TWO = 4
"""一般的, as an answer, states no rule."""
_FAMILY_MATTER = re.compile(
    r"怀孕|生(?:了)?(?:孩子|娃|宝宝|二胎)|坐月子|生病|住院|病了|带(?:孩子|娃)|看孩子|照顾|做饭|接送|陪读|上学|高考|结婚"
)
"""媳妇生孩子，店停了两个月: what follows is about us again."""
_TIME_ALONE = 4
"""下周二, as a clause of its own, puts what follows into the future."""
_NO_TIME = re.compile(r"[贷借]|注销|关|停|歇|变|转|换|申")
_HAD_ONCE = re.compile(r"(?:享受|领|拿|得|贷|借|贴|报|评|申请|罚|查)过")
"""以前享受过一次 is over; 以前开过饭馆 goes on with what was so in it."""
_HIRED = re.compile(r"(?:请|招|雇|聘|新来)(?:了|的|来的)[^，]{0,8}(?:人|员工|工|姐|姨|妹|伙计|师傅|生|位|个)")
_STAFF = re.compile(r"^(?:我们?|店里|今年)?(?:新?(?:招|请|雇|聘)|新?来)的(?!起)")
_PRONOUN = re.compile(r"[他她](?!们)")
"""Of somebody hired who was spoken of before."""
_RULE_FOLLOWS = re.compile(
    r"(?:规定|政策|文件|通知|公告|指南|细则|标准|条件|要求|办法|申请表|表|范本|模板|宣传单)[^，我]{0,6}(?:是|要|说|写|讲|规定|上|里|有)|^(?:根据|依据|依照|按照?)|^(?:规定|政策|文件|条件|标准|要求)$"
)
_FOUNDING = re.compile(r"开|办|租|招|(?<!申)请|雇|注册|盘|弄|做(?!本|周转|流动|保证|启动)")


def _reach(clause: str) -> Stance:
    """Which stances of this clause hold for the next ones too: a wish to open a shop, not a wish for a loan."""
    reach = Stance.SUPPOSED | Stance.HEARSAY | Stance.OF_OTHERS | Stance.OF_THEM | Stance.OF_PARTIES
    if _FAMILY_MATTER.search(clause):
        reach &= ~Stance.OF_OTHERS
    if _RULE_FOLLOWS.search(clause):
        reach |= Stance.RULE
    if _FOUNDING.search(clause) or not _HAD_ONCE.search(clause):
        reach |= Stance.PAST
    is_time = len(clause) <= _TIME_ALONE and not _NO_TIME.search(clause)
    return reach | Stance.WISHED if _FOUNDING.search(clause) or is_time else reach
