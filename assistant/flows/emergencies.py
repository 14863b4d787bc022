"""Danger to life at this moment: what to do and whom to call, in three short sentences, and nothing of rules above it."""

import re
from dataclasses import dataclass

from assistant.behaviours import Behaviour
from assistant.danger_words import MATTER
from assistant.events import Reply
from assistant.flows import despair
from assistant.flows.safe import urgent_card
from assistant.hotlines import AMBULANCE, FIRE, POLICE
from assistant.means import Knowledge
from assistant.safety import folded
from assistant.turn import Spoken, Turn, tap
from knowledge import catalogue
from knowledge.documents import Audience
from knowledge.library import Question as Asked

LONGEST = 20
AFTERWARDS = "人都平安以后，停业、证照、工伤、食品安全这些事我接着帮您查。"
SAFE = "人都安全了"
_SAFE = re.compile(
    r"^(?:现在|刚才?|好在|还好|放心)*[，,]?(?:人|火|大家|都|客人|孩子|他|她|我)*(?:已经|都|全)*(?:平?安全?|没事|没大?碍|救出来|扑灭|灭|醒过?来|醒|找到|找回来|脱险|走|送(?:医院|走|到医院))(?:了|啦)+[，,。！!]*(?:谢谢.*)?$"
)
_THEN = re.compile(
    r"^(?:那|然后|现在|接下来|下一步|我|该|要|还|再|先)*(?:呢|怎么办|咋办|咋整|干啥|做什么|做啥|怎么弄|怎么做)[？?啊呀呢]*$|^(?:电话)?(?:已经|都|刚|早)?(?:打|报)(?:过|了|通)(?:了|电话|警|119|110|120)*[，,]?.{0,8}$|打不通|没人接|占线|还没(?:有)?来|怎么还不来|救命|快(?:点|来)|好怕|害怕|吓"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A danger by its words: what to do at once, and the safest next step that needs no skill."""

    words: re.Pattern[str]
    first: str
    then: str


_MANY_ATE = re.compile(
    r"上吐下泻|又吐又|又[拉泻]又吐|吐|拉肚子|腹泻|吃坏|食物中毒|肚子(?:疼|痛)|集体(?:中毒|呕吐|腹泻)"
)
FOOD = Kind(
    _MANY_ATE,
    f"先救人：马上打{AMBULANCE}，说清地址、几个人、什么症状。",
    "这批菜马上停卖，剩下的饭菜、原料、包装先原样留着，别倒掉也别清洗。",
)
THREAT = Kind(
    re.compile(
        r"(?:我|老子|俺|咱|爷)[^，。]{0,16}(?:汽油|放火|点火|把火|[烧炸砸点](?:了|掉|光|烂|平)(?!起)|砍|捅|弄死|杀|干掉|做掉|打死|撞死|毒死|垫背|见血|刀(?:.{0,4})(?:去|来|找|过|上))|(?:汽油|炸药|砍刀|菜刀)[^，。]{0,6}(?:准备|买|备)好|再不[^，。]{0,12}(?:泼|浇|点火|放火|烧了|炸了|砍|捅|杀)"
    ),
    f"请先停下来，别这样做：会伤到人，也会毁了您自己和家里人。把东西放下，离开那里；要是控制不住，或者有人有危险，马上打{POLICE}。",
    "您的委屈可以说：点下面“请人联系我”，让真人和您把事情一件一件理清楚。",
)
KINDS = (
    THREAT,
    FOOD,
    Kind(
        re.compile(r"电梯"),
        f"先别扒门、别往外爬，按电梯里的报警按钮，同时打{FIRE}。",
        "离开轿厢门，坐稳等人来；里面有人不舒服就再打" + f"{AMBULANCE}。",
    ),
    Kind(
        re.compile(r"触.?电|被?(?:.{0,2})电(?:到|着|倒|击|晕|了)|漏电"),
        f"先别用手碰他：能拉总闸就拉闸断电，马上打{AMBULANCE}。",
        "断不了电就谁也别靠近；断了电以后照急救电话里的指导做。",
    ),
    Kind(
        re.compile(r"一氧化碳|煤气中毒|(?:煤气|燃气|天然气|液化气|瓦斯|气味|漏气)[^。]{0,14}(?:晕|昏|吐|倒|中毒)"),
        f"别开关灯和电器，带人马上到屋外通风的地方，再打{AMBULANCE}和{FIRE}。",
        "屋里还有人没出来，交给消防员，自己不要再进去。",
    ),
    Kind(
        re.compile(r"(?:煤气|燃气|天然气|液化|气罐|气瓶|瓦斯|沼气|漏气)(?!.{0,6}(?:爆|炸|着火|起火))|臭鸡蛋|嘶嘶|呲呲"),
        f"别碰任何开关和明火，带上里面的人马上出去，到屋外空旷处再打{FIRE}。",
        "顺手够得着才关气阀、敞开门窗，够不着就先走；没处理好之前谁也别回去。",
    ),
    Kind(
        re.compile(r"油锅"),
        f"先离开火边，打{FIRE}，说清地址、有没有人被困；油锅的火千万不要泼水。",
        "火大就别自己扑：喊楼里的人一起走楼梯出去，不乘电梯，不回去拿东西。",
    ),
    Kind(
        re.compile(r"火|烟|爆炸|炸|烧"),
        f"马上离开，到外面打{FIRE}，说清地址、有没有人被困；有人受伤同时打{AMBULANCE}。",
        "边走边喊楼里的人一起走楼梯，不乘电梯，弯腰避开烟，不回去拿东西。",
    ),
    Kind(
        re.compile(r"洪水|大水|山洪|泥石流|水(?:已经|都)?(?:淹|涨)到"),
        f"马上往高处走，打{FIRE}求救，说清地址和几个人。",
        "不要蹚水，不要碰泡在水里的电线和电器，也不回去拿东西。",
    ),
    Kind(
        re.compile(
            r"晕|昏|不省人事|呼吸|心跳|没气|不醒|不应|倒(?:地|下|在)|抽搐|白沫|休克|癫|喘|心脏病|心梗|脑梗|溢血|脑出血|中风|胸口|大出血|中毒|误[食喝服吞]|噎|呛|卡(?:住|在|着|到)|溺水|落水|羊水|要生"
        ),
        f"马上打{AMBULANCE}，说清地址和人现在的样子，照电话里的指导做。",
        "别随便搬动他，别喂水喂药，周围让开透气；叫一个人到路口等救护车。",
    ),
    Kind(
        re.compile(r"塌|垮|埋|压在|压住|压着|掉下来|砸下来|倒下来|裂"),
        f"马上带人离开，到空旷的地方打{FIRE}；有人被压或受伤，同时打{AMBULANCE}。",
        "不回去拿东西，拦住别人也不要靠近；被压的人别自己硬拉，等救援的人来。",
    ),
    Kind(
        re.compile(r"冷库|冻库|反锁|被困|困在|锁在"),
        f"马上打{FIRE}求救，说清在哪里、困了几个人；有人不舒服同时打{AMBULANCE}。",
        "待在安全、能透气的地方，敲门敲墙让外面听见，别冒险往外爬。",
    ),
    Kind(
        re.compile(
            r"(?:孩子|娃|小孩|宝宝|女儿|儿子|闺女|孙|老人|我妈|我爸|奶奶|爷爷|妹妹|弟弟|老婆|员工)[^，。]{0,8}(?:不见|走丢|走失|失踪|找不|丢|拐|抱走|掳|绑|骗走|带走)|人贩子|拐|绑架"
        ),
        f"马上打{POLICE}，越早越好，不用等。",
        "说清人的样子、衣服、最后在哪里、什么时候；留一个人在原地等，找一张近照备着。",
    ),
    Kind(
        re.compile(r"身份证|护照|证件|不让|不许|不准|不给|关(?:着|在|起)|锁|软禁|拘禁|控制|绑"),
        f"人身自由谁也不能限制：能打电话就马上打{POLICE}，说清地址、几个人、被谁拦着。",
        "不方便说话，就让信得过的人替您报警；别和他们硬拼，证件可以以后再要、再补。",
    ),
    Kind(
        re.compile(r"血|伤|摔|跌|滚下|绞|卷进|夹|切断|割断|锯|砸(?:到|中|在)|烫|撞"),
        f"马上打{AMBULANCE}，说清地址、伤在哪里，照电话里的指导做。",
        "先把机器和电停下；别硬拉、别搬动他，叫一个人到路口等救护车。",
    ),
    Kind(
        re.compile(r"."),
        f"先躲到安全的地方、把门关好，马上打{POLICE}；有人受伤同时打{AMBULANCE}。",
        "别和对方争，也别追，东西的损失以后再说；叫店里其他人一起离开。",
    ),
)
"""The first whose words stand in the message; whoever is violent, or robs, is the last."""
_WOUNDED = re.compile(r"(?:砍|捅|打)(?:伤|倒|得)|持刀|拿(?:着|了|把)?.{0,3}刀|动刀|打架|打人|抢|砸店|在(?:打|砸)")
_LAWS, _CLAUSE = ("中华人民共和国食品安全法", "食品安全法"), "第一百零三条"
_OPERATOR = re.compile(r"发生食品安全事故的单位应当[^。]*。(?:事故单位[^。]*报告。)?")
"""What the operator owes at once stands in its first paragraph."""


def kind_of(text: str) -> Kind:
    said = folded(text)
    if _WOUNDED.search(said) and not THREAT.words.search(said):
        return KINDS[-1]
    return next(one for one in KINDS if one.words.search(said))


class EmergencyFlow:
    """Whether it is one, safety.yaml decides."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def respond(self, turn: Turn) -> Spoken:
        kind = kind_of(turn.text)
        duty = self._duty(turn) if kind is FOOD else ""
        end = AFTERWARDS if kind is not THREAT else ""
        text = "\n".join(filter(None, [kind.first, kind.then, duty, end]))
        choices = (tap("请人联系我", "转人工"),) if kind is THREAT else (tap(SAFE), tap("转人工"))
        cards = (urgent_card(turn, POLICE),) if kind is THREAT else ()
        reply = turn.reply(Behaviour.EMERGENCY, text, cards=cards, choices=choices)
        yield reply if kind is THREAT else despair.question_kept(turn, reply)

    def further(self, turn: Turn) -> Spoken | None:
        """What is said to 然后呢, 打了, 人都安全了; None where something else was said."""
        if turn.state.last_behaviour != Behaviour.EMERGENCY:
            return None
        if _SAFE.match(turn.text.strip()):
            return iter([_all_safe(turn)])
        return iter([_calls_again(turn)]) if goes_on(turn.text) else None

    def _duty(self, turn: Turn) -> str:
        """What the operator owes at once, in the words of the law, where it is held."""
        asked = Asked(turn.text, turn.region_or_country, turn.today, Audience.PUBLIC)
        with self._knowledge.database.reading() as tx:
            scope = self._knowledge.library.scope(asked)
            held = catalogue.passages_of_clause(tx, scope, titles=_LAWS, clause=_CLAUSE)
            words = [(one.title, catalogue.quoted(tx, one, one.start, one.end, Audience.PUBLIC)) for one in held]
        told = ((title, found[0]) for title, text in words if (found := _OPERATOR.search(text)))
        return next((f"人救了以后您要做的：“{duty}”（《{title}》{_CLAUSE}第一款）" for title, duty in told), "")


def goes_on(text: str) -> bool:
    """然后呢, 打了, 打不通: still in it."""
    said = text.strip("。！!？?~ ")
    return len(said) <= LONGEST and _THEN.search(said) is not None and MATTER.search(said) is None


def _all_safe(turn: Turn) -> Reply:
    text = turn.vary(
        "人平安就好。不舒服的还是去医院看一看，现场先别动。\n接下来要问停业、证照、工伤、食品安全的规定，直接说就行。",
        "那就好，先歇一歇。后面的事不急，要问哪一件直接说。",
    )
    return turn.reply(Behaviour.EMERGENCY, text, choices=(tap("转人工"),))


def _calls_again(turn: Turn) -> Reply:
    text = turn.vary(
        f"先待在安全的地方，听电话里的人怎么说就怎么做；打不通就一直打，也叫身边的人一起打：{FIRE.number}、{POLICE.number}、{AMBULANCE.number}都行。\n我在这里。",
        f"人先别回去，等救援的人到。{FIRE.number}、{POLICE.number}、{AMBULANCE.number}哪个先通就先说哪个。",
        "听指挥，别冒险。到了安全的地方告诉我一声。",
    )
    return turn.reply(Behaviour.EMERGENCY, text, choices=(tap(SAFE), tap("转人工")))
