"""Addresses, number plates and names that people give of themselves."""

import re
from collections.abc import Iterator

ADDRESS, PLATE, NAME = "地址", "车牌号", "姓名"

_DIGITS = "0-9０-９〇零一二三四五六七八九十百"
_NUMBER = rf"[{_DIGITS}A-Za-z甲乙丙丁]{{1,5}}(?:[-－—–][{_DIGITS}]{{1,4}})?"
_PLACE = "大道|大街|路|街|巷|弄|胡同|坊|村|小区|花园|家园|公寓|大厦|广场|社区|新村|新城|苑|庄|屯|园|城|府|湾|里|市场|镇|乡|段"
_UNIT = "号院|号楼|号铺|号|弄|栋|幢|座|单元|室|组|社|队|支路|铺|门面|档口"
_FIRST = rf"(?:东|西|南|北|中)?(?:一|二|三)?段?[第附]?\s?{_NUMBER}\s?(?:{_UNIT})(?!线|令|文|公告|机关|召开|以前|之前|以后|之后|开始|截止|那天|召)"
_MORE = (
    rf"(?:[附之第\s，,]?{_NUMBER}\s?(?:{_UNIT}|楼|层|户|房)|(?:东|西|南|北)?(?:门|单元)|[-－—–]\s?[{_DIGITS}]{{1,4}})"
)
_LAST = r"(?:[A-Za-z]?\d{3,4}(?!\d|元|块)|[一二三四五六七八九][一二三四五六七八九零〇]{2,3}(?![百千万元块]))?"
_ROOM = (
    rf"(?:大厦|广场|商场|公寓|大楼)[A-Za-z]?座?\s?[{_DIGITS}]{{1,3}}(?:楼|层|[Ff])\s?[A-Za-z]?\d{{2,4}}(?:室|号|铺)?"
    rf"|(?:小区|花园|家园|公寓|新村|新城|苑|城|园|庄|里)\s?\d{{1,3}}[-－—–]\d{{1,3}}(?:[-－—–]\d{{1,4}})?(?![\d元%年月])"
)
"""A room without 号: 示例大厦15楼1502, 晴川小区9-2-301."""
_PART = rf"[一-龥]{{1,12}}(?:(?:{_PLACE}){_FIRST}(?:{_MORE})*{_LAST}|{_ROOM})"
_BUILDING = rf"(?:[一-龥]{{2,8}}?(?:{_PLACE}|大楼|商场)(?:{_MORE})+{_LAST})*"
_ADDRESS = re.compile(_PART + _BUILDING)
_BEFORE_ADDRESS = re.compile(
    r".*(?:住在|家在|住|位于|开在|租在|租的|搬到|搬去|寄到|送到|地址(?:是|为|在)?|在|到|去|从|是|我家|的|和|跟|离"
    r"|省|自治区|自治州|(?<!城)市(?!场|民|府)|(?<!小)(?<!社)(?<!园)(?<!校)(?<!新)(?<!景)区|县|旗|街道办?)(?=[一-龥])"
)
_NOT_A_PLACE = re.compile(
    r"^(?:这|那|哪|整|全|本|每|某|该|一|条|个|了|我们|你们|他们)*(?:路|街|村|里|城|镇|乡|段|园|市场|社区|小区)"
)

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCES}][ ·•.]?[A-HJ-NP-Za-hj-np-z][ ·•.\-]?(?=[A-Za-z]{{0,3}}\d)(?:[A-HJ-NP-Za-hj-np-z0-9] ?){{4,5}}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳](?![A-Za-z0-9\-])"
)

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧"
    "计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫"
    "房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程邢裴陆荣翁荀羊甄曲封储靳段焦巴弓牧谷车侯宓蓬全班秋仲伊宫宁仇"
    "甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳姬申扶堵冉宰郦雍"
    "桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广禄阙东欧利师巩聂"
    "关查游肖仝佟闫付岳帅覃涂代税示"
)
_DOUBLE = ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "夏侯", "令狐", "示例")
_INTRODUCED = re.compile(
    r"(?:我的?名字(?:是|叫)?|我叫(?:做)?|俺叫|咱叫|名叫|本人叫|本人姓名|姓名|名字|联系人|收件人|申请人|经营者|开户人|户名|收款人|持卡人|法人代表|法定代表人|法人|负责人|户主)"
    r"(?P<mark>(?:是|为|叫)?[ 　]*[：:]?[ 　]*)(?=(?P<rest>[一-龥]{2,5}))"
)
_NAMES_ITSELF = re.compile(r"(?:我叫(?:做)?|俺叫|咱叫|名叫|本人叫|名字(?:是|叫)?)$")
_ENDS = re.compile(
    r"$|[^一-龥]|我|俺|咱|是|在|想|要|今|电|手|身|住|家|来|问|开|有|和|的|男|女|先生|女士|同志|老板|联系|微信|地址|证|打|报|申|办|属|从|户"
)
_NO_NAMES = re.compile(
    r"马上|章程|方便|高兴|安心|安排|路过|许多|万一|常常|向来|单独|全部|全体|成功|时候|时间|应当|应该|关于|关门|关店|查询|查不|查看"
    r"|别人|别的|从来|从业|从事|车间|单位|石头|能不|能否|通过|通知|国家|文件|都是|都不|都要|满意|终于|广告|平台|平时|明天|明白|金额"
    r"|代表|代办|税务|支持|师傅|解决|解释|计算|干嘛|干啥|双方|连续|何时|何地|和|与|或|于|及|以及|向"
)


def words_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of each."""
    for match in _PLATE.finditer(text):
        yield match.start(), match.end(), PLATE
    yield from _addresses(text)
    yield from _names(text)


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """From the road or village on: province, city and district stay, for the answer depends on them."""
    for match in _ADDRESS.finditer(text):
        named = re.match(r"[一-龥]+", match[0])
        before = _BEFORE_ADDRESS.match(named[0] if named else "")
        start = before.end() if before else 0
        if not _NOT_A_PLACE.match(match[0][start:]):
            yield match.start() + start, match.end(), ADDRESS


def _names(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _INTRODUCED.finditer(text):
        introduced = match[0].rstrip(" 　")
        marked = bool(match["mark"].strip(" 　")) or bool(_NAMES_ITSELF.search(introduced))
        length = _name_length(match["rest"], sure=marked)
        if length and (marked or introduced.endswith(("姓名", "户名", "开户人", "收款人", "持卡人"))):
            yield match.end(), match.end() + length, NAME


def _name_length(rest: str, *, sure: bool) -> int:
    """How many characters from here are a name; 0 where they are none."""
    if _NO_NAMES.match(rest) or (rest[0] not in _SURNAMES and not rest.startswith(_DOUBLE)):
        return 0
    shortest = 3 if rest.startswith(_DOUBLE) else 2
    lengths = [length for length in (3, 4, 2) if shortest <= length <= len(rest)]
    return next((length for length in lengths if _ENDS.match(rest, length)), min(3, len(rest)) if sure else 0)
