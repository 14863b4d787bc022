"""How a thing is said to be done or not, to be the case or not, to be there or not, or to be one's own trade.

Frames are grammar around words of the rulebook: 年报 with 报 gives 年报早就报了, 还没报年报, 忘了报.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_FREE = "[^没未忘漏不无要想非]"
"""What may stand between without turning the meaning round."""
_NEVER = r"(?:没(?:有)?|未|无|不曾|忘(?:了|记)?|漏(?:了)?|懒得|来不及|没来得及|没顾上|没顾得上|没空|没工夫)"
_TURNED = re.compile(
    r"没忘|不能说|不敢说|谁说|难道|没(?:有)?没|没有(?:还没|不)|不是没|没漏|没少|差点|差一点|险些|不能不|不得不|不是不|没有不|并非没|没不|没有[^，没]{1,4}没(?:交|付|还|结|清|办)|无不|不存在[^，]{0,3}[没未]|没有?[^，没]{0,2}未|没有?(?:哪|谁|一)[^，]{0,6}没|(?<![消解免扣开清删拆])除了(?!房贷|车贷|助学)|要不是"
)
"""Two negations, or one that did not come true: left alone."""
_DENIED = re.compile(
    r"(?:不是|不算是?|不属于|并非|没(?:有)?(?:人|谁|一个人?)|没有?|未|不|非|无|哪里?是|谁是)(?:在|有|是|过|什么|啥|一?个|那种|普通的?|正规的?|被|用|以|按|走|去|给|算|搞|当|开|做|办|领|享受|参加|进|列|把|将|在|我|到|能|打){0,3}$"
)
_FINISHED = r"(?:了|过|好了?|完了?|掉了?|清了?|齐了?|上了?|妥了?|上去|成了?|到手|到了?|下来|到位|齐全)"
_ALREADY = r"(?:已经?|早就|早已|早|都|按时|准时|刚刚?|才|全都?|照常|正常|如期|一直(?:都)?在?|每年都?|每个?月都?|也|从来|年年|月月)"
_IS = r"(?:是|属于|算是?|归|归为|归到|作为|身为|定为|定的|认定(?:为|成|的)?|划(?:为|成|到|在)|评(?:为|上)|够得上|符合)"
_IS_NOT = r"(?:不是|不属于|不算是?|算不上|并非|非|够不上|没(?:被|有)?(?:认定|评|划)(?:为|成|上)?|谈不上|不符合|不归|没达到|不够|又不是|哪是)"
_KIND = r"[^没未忘漏不无给帮替隔]"
_HAS = r"(?:还有|有|背着?|欠着?|欠了|带着|揣着|身上有|名下有|存在)"
_HAS_NOT = r"(?:没有?|无|不欠|没欠|从没|从未|毫无|不存在|不带|没有过|未有|没任何)"
_NONE_OF_IT = (
    r"(?:都|也|是|一[概分样笔个点]|根本|压根|完全|目前|现在|啥的?|什么的?|全)*(?:没有?|无|不欠)(?:过|的|啊|呀|了|欠)?$"
)

_RUNS = (
    r"(?:是|属于|算是?|作为|身为|登记(?:为|成|的是?)|注册(?:为|成|的是?|了)?|办(?:的是?|了|过|着)?|开(?!始|车|会|票|户|发票)(?:的是?|了|着|起|得有|有)?|搞(?:的是?|了|着|点)?|做(?:的是?|了|着|点)?"
    r"|干(?:的是?|了|着|点)?|经营(?:的是?|着|了)?|卖(?:的是?|点|着)?|弄(?:的是?|了)?|整(?:的|了)|盘(?:了|下来?|的)|接手(?:了|的)|承包(?:了|的)?|守着|摆(?:了|着|的)?|支(?:了|着)"
    r"|张罗着?|打理着?|主营|从事|[领拿](?:的是?|了)(?=[^，]{0,3}(?:个体|公司|执照|企业))|执照(?:上)?(?:写的)?是?|类型是?|性质是?|身份是?|行业是?)"
)
_OWN = r"(?:我们?|自己|本人|我自己)(?:的|家|店|这|那|这边|这里|这个|那个|家的?|是|就|也|现在|目前|都|属于|算)*"
_STUFF = r"[^没未不无给帮替隔旁附送供欠找去到跟向从对在问说查罚]"
_LIGHT = r"(?:[一1]?[个家间处爿片]|[小大新老开做搞干弄卖有在]|就?是|经营|主营|专门|主要|现在|这个|那个|自己|自家|的|店|城里|村里|镇上|县里|路边|门口|夫妻|两口子|连锁|普通|正规|街上|社区|学校|村?合作社|名下|手上|手里|[\u4e00-\u9fff]{1,2}(?=(?:餐|饭|面|粉|超市|服装|水果)))*"
"""What may stand between 我们 and one's trade: no verb, and no other thing of ours: 我的货都走快递."""
_NOT_OURS = (
    r"(?!里?(?:上班|打工|干过|做过|待过|欠|那边|老板(?:欠|说|不|给)|供货|送货|送菜|配送|用品|设备|协会|商会|用的|员工|进货|拿货|吃饭|吃|对面|旁边|隔壁|附近|楼上|楼下"
    r"|一条街|部门|科|局|会计|门口|催|倒闭|辞|裁|把我|不要|那种地方|送|的(?:员工|厨师|服务员|会计|客人|顾客|客户|房东|保安|司机|订单|货款)|(?:那边|公司|的人)?(?:在)?(?:给|帮|替|代)?(?:我们?)?(?:弄|报|办|填|管|记账)(?:的|着|了)))"
)
_AS_OURS = (
    r"开了(?:快|有|都|才|已经)?[\d一二两三四五六七八九十几半]+(?:来|多)?(?:个月|年)|(?:开)?在[^，没不]{2,9}[省市区县镇乡村街路里口边旁]$|就(?:我|俺|咱)|(?:使用|实用)?面积"
    r"|[\d一二两三四五六七八九十百]+(?:来)?(?:个)?(?:平|㎡)|小本|是(?:一?[家个])?(?:连锁|加盟|个体|夫妻|有限|家族|自家|小本|小微|小规模)|刚(?:开|起步|接手|盘下来)|(?:请|雇|招)了|生意(?:还行|一般|不好|难做|凑合|差|不错)"
)
"""What nobody but its owner tells of a shop."""
_HOW_MANY = r"(?:[一1]?(?:个|家|间|爿|片|处|名|位)|小|大|普通|正规|标准|典型)*"
_CLOSER = r"(?:户|店|的|老板|生意|行业|这一?行当?|这块|一个|一家|经营|自己|啊|呢|呀|嘛|来的|了)*"


def _any(words: Sequence[str]) -> str:
    return f"(?:{'|'.join(words)})"


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _found(patterns: Sequence[str], clause: str) -> bool:
    return any(_compiled(pattern).search(clause) for pattern in patterns)


def is_turned(clause: str) -> bool:
    return bool(_TURNED.search(clause))


def is_denied(before: str) -> bool:
    """What stands before turns a noun down: 不是, 没有, 不属于."""
    return bool(_DENIED.search(before))


def done(what: Sequence[str], by: Sequence[str], clause: str) -> bool | None:
    """报了年报 is true, 年报忘了报 false, anything else None."""
    thing, act = _any(what), _any(by)
    done_not = (
        rf"{thing}{_FREE}{{0,8}}{_NEVER}{_FREE}{{0,5}}{act}",
        rf"{thing}{_FREE}{{0,6}}{_NEVER}(?:得[^，]{{0,5}}|呢|的|啊)?$",
        rf"{_NEVER}(?:跟|和|同|与|给|对|把|为|替|被){_FREE}{{0,4}}{thing}{_FREE}{{0,6}}{act}",
        rf"{_NEVER}(?:去|有|{_FREE}{{0,4}})?{act}+(?:过|的|上)?{_FREE}{{0,4}}{thing}",
        rf"(?:(?:没有?|未)(?:去|弄|搞|按时|按期|及时|如期|准时)|(?:忘了?|忘记|漏了?|没顾上|没顾得上|没来得及|没空|懒得)(?:去|弄|搞|按时|按期|及时|如期|准时)?){thing}",
    )
    was_done = (
        rf"{thing}{_FREE}{{0,12}}{act}+{_FINISHED}",
        rf"{thing}{_FREE}{{0,4}}{_ALREADY}+(?:有|在|给[^，]{{1,3}}?)?{act}(?:着|的|得|过|有)?$",
        rf"{act}着{_FREE}{{0,3}}{thing}",
        rf"{thing}(?:都|也|一直|现在)?在(?:给[^，没]{{1,4}})?{act}(?:着|的)?$",
        rf"{act}+{_FINISHED}{_FREE}{{0,6}}{thing}",
        rf"{_ALREADY}(?:在|给{_FREE}{{0,3}})?{act}*(?:着|的)?{thing}(?:了|的)?$",
        rf"{thing}(?:这块|这边|方面|都|也)*(?:没问题|搞定|没落下|没拉下|齐全|没断过|正常)",
    )
    if _found(done_not, clause):
        return False
    match = next((found for pattern in was_done if (found := _compiled(pattern).search(clause))), None)
    return True if match and not _compiled(_NEVER).search(clause[: match.end()]) else None


def being(words: Sequence[str], clause: str) -> bool | None:
    """我们是小微企业 is true, 算不上小微企业 false."""
    kind = _any(words)
    if _found((rf"{_IS_NOT}{_KIND}{{0,6}}{kind}",), clause):
        return False
    is_it = (
        rf"{_IS}{_KIND}{{0,8}}{kind}",
        rf"^{_OWN}{_KIND}{{0,4}}{kind}",
        rf"^{_HOW_MANY}{kind}(?:企业|公司|单位)?{_CLOSER}$",
    )
    return True if _found(is_it, clause) else None


def having(words: Sequence[str], clause: str) -> bool | None:
    """还有贷款 is true, 贷款一分没有 false."""
    thing = _any(words)
    has_not = (rf"{_HAS_NOT}(?!还|结|清|处理|付){_FREE}{{0,8}}{thing}(?!.*没)", rf"{thing}{_FREE}{{0,4}}{_NONE_OF_IT}")
    if _found(has_not, clause):
        return False
    has = (rf"{_HAS}{_FREE}{{0,10}}{thing}", rf"{thing}(?:倒|也|都|是|还)*有(?!没有|的话|什么|点|人)")
    return True if _found(has, clause) else None


def owned(words: Sequence[str], clause: str) -> Iterator[re.Match[str]]:
    """Where one of them is told as one's own trade or kind: 我是…, 开了家…, or nothing but it."""
    kind = f"(?P<kind>{'|'.join(words)}){_NOT_OURS}"
    for pattern in (
        rf"(?:^|{_STUFF}){_RUNS}{_STUFF}{{0,10}}?{kind}",
        rf"^{_OWN}(?:(?:名下|手上|手里)*有一?[个家间]{_STUFF}{{0,8}}?|{_LIGHT}){kind}",
        rf"^{_HOW_MANY}{_STUFF}{{0,4}}?{kind}{_CLOSER}$",
        rf"^(?:我们?的?|我家|自家|小|这)?{kind}(?:是|就|才|从)*(?:去年|今年|前年|大前年|\d{{2,4}}年|\d{{1,2}}月|上个?月)[^，]*(?:开|营业)",
        rf"^(?:我们?的?|我家|自家|小|这)*(?!仓库|冷库){kind}(?:店|里)?(?:{_AS_OURS})",
    ):
        yield from _compiled(pattern).finditer(clause)
