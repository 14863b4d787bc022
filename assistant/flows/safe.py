"""Replies of the safety classes: short, the same with and without a language model, never a template twice."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from assistant import after_warnings, requests
from assistant.answer import Answer
from assistant.behaviours import Behaviour
from assistant.events import Card, Progress, Reply
from assistant.flows.handing_over import URGENCY
from assistant.flows.pasted import PastedFlow
from assistant.flows.rules import RulesFlow
from assistant.hotlines import AMBULANCE, CITIZENS, DISCIPLINE, MARKET, MIND, POLICE, Hotline
from assistant.means import FAQ, Knowledge, quoted
from assistant.safety import folded
from assistant.state import REGION
from assistant.subjects import MATTERS
from assistant.turn import Flow, Spoken, Turn, tap
from knowledge.documents import Audience
from knowledge.library import Question as Asked

_GRIEF = ("去世", "过世", "走了", "刚走", "没了", "不在了", "离世", "病逝", "后事", "丧事", "白事", "夭折")
_DESPAIR = ("死", "活", "跳", "撑不", "绝望", "了断", "遗书", "药", "一了百了", "结束", "崩溃", "轻生", "想不开")

_OWN_DEATH = re.compile(
    r"(?:要是|万一|如果|假如|哪天|等)(?:哪天)?(?:我|俺|咱)?(?:人|真|也|就|先)*(?:走|没|不在)[了咯哒]|(?:我|俺|咱)(?:要是|万一|如果|哪天|就|先)+(?:走|没|不在)[了咯哒]|走了算|(?:^|[，,。；;\s])(?:我|俺|咱)?就?先走一步|(?:信|字条|遗)[^，。]{0,6}写好|下去陪"
)
"""What sounds like mourning, but is about oneself: 我要是没了，贷款还用不用还."""
_MATTERS = (
    (r"贷|包带", "申请创业担保贷款要交手续费、评审费吗？中介包贷收费"),
    (r"信用|异[常尝长]", "信用修复收费吗？有没有委托中介代办信用修复"),
    (r"年[报抱]|年[检审]", "报送年度报告收取费用吗？"),
    (r"许可|食品|卫生", "办理食品经营许可收取费用吗？"),
    (r"执照|登记|注册", "办理个体工商户登记收费吗？强制委托中介代办"),
    (r"名特优新|知名|认定|评[得上]", "分型、申报、认定过程中收取费用吗？"),
    (r"招牌|外摆", "商业外摆和门头招牌备案收取费用吗？"),
    (r"社保|用工", "社保补贴办理收取费用吗？"),
    (r"兑现|免申", "兑现惠企政策收取费用、指定中介机构吗？"),
)
"""What somebody wants to be paid for, and what is then looked up; else the subsidy."""
_FEE = "有人说交钱能包办下补贴，是真的吗？"
_NO_FEE = re.compile(r"不收|(?:不得|严禁)[^。]{0,40}(?:收取?费|费用|名义)|免费")


def urgent_card(turn: Turn, call: Hotline = MIND) -> Card:
    """Asks nothing: only where the person is goes along."""
    place = [(one.label, one.shown)] if (one := turn.state.remembered.get(REGION)) else []
    return Card(
        "handoff",
        "请人马上和您说话",
        f"这里还没有人工坐席在线接待；请现在就打 {call.number}，或者让身边的人陪着您。本次对话一直开着。",
        context=(URGENCY, *place),
    )


def is_grief(text: str) -> bool:
    """Somebody has died, and nothing says that the person is in danger: a question beside it may be answered."""
    said = folded(text)
    if _OWN_DEATH.search(said):
        return False
    return any(word in said for word in _GRIEF) and not any(word in said for word in _DESPAIR)


class CrisisFlow:
    def respond(self, turn: Turn) -> Spoken:
        help_lines = f"{MIND}、{POLICE}、{AMBULANCE}"
        if turn.state.last_behaviour == Behaviour.CRISIS and not is_grief(turn.text):
            text = turn.vary(
                f"我不劝您，您愿意说就说，不愿意说也没关系，我都在。只求您先别一个人待着：{MIND.number}有人听，危险的时候打{POLICE.number}、{AMBULANCE.number}。",
                f"我还在。先让自己安全，打{POLICE.number}或{AMBULANCE.number}会有人来，打{MIND.number}会有人听。",
                f"听得出来您很难受。这会儿不用想别的，先找个人坐在身边，或者打{MIND.number}说几句；有危险就打{POLICE.number}、{AMBULANCE.number}。",
                f"您说的我都听着。撑着的感觉很累，请让别人帮一把：{MIND.number}，急的时候{POLICE.number}、{AMBULANCE.number}。",
            )
        elif is_grief(turn.text):
            text = turn.vary(
                f"听到这件事很难过，请您节哀。难受的时候可以打{MIND}，有人听您说；有急事打{POLICE}、{AMBULANCE}。\n店里的事不急，您想说的时候我都在。",
                f"节哀。您先照顾好自己，心里压得慌就打{MIND}；急事打{POLICE}、{AMBULANCE}。\n我一直在这里。",
            )
        else:
            text = turn.vary(
                f"您现在的感受很重要，您的平安比什么都要紧。请现在就联系能陪您的人，或者打：{help_lines}。\n如果眼下有危险，先离开那个地方，马上打{POLICE.number}或{AMBULANCE.number}。我一直在，您想说什么都可以。",
                f"谢谢您愿意告诉我。您不用一个人扛着，请现在打{MIND}，那边有人听您说；危险的时候打{POLICE.number}、{AMBULANCE.number}。\n身边有谁可以陪您一会儿吗？我不走。",
                f"我还在。先让自己安全，打{POLICE.number}或{AMBULANCE.number}会有人来，打{MIND.number}会有人听。",
            )
        yield turn.reply(
            Behaviour.CRISIS, text, cards=(urgent_card(turn),), choices=(tap("请人联系我", "转人工"), tap("我还想说说"))
        )
        yield Progress("callback", {"urgent": True})


class SecrecyFlow:
    """Minimal traces: nothing is asked, nothing is summed up, no draft is made."""

    def respond(self, turn: Turn) -> Spoken:
        goes_on = turn.state.last_behaviour == Behaviour.SECRECY
        more = next((told for asked, told in _OF_SECRECY if goes_on and asked(turn.text)), "")
        text = turn.vary(
            f"这类情况请直接向纪检监察机关反映：{DISCIPLINE}，可以不留姓名。我不会把它当成普通诉求，也不会转给被反映的单位；请不要在这里写姓名和细节。\n反映商户或用人单位的，可以打{CITIZENS}或{MARKET}，要求为您保密。本次对话可以随时删除。",
            f"请打{DISCIPLINE.number}（纪检监察机关受理），可以匿名。这里不登记、不转办，您也不用告诉我是谁；说过的内容可以马上删除。",
        )
        yield turn.reply(Behaviour.SECRECY, more or text, cards=(delete_card(),))


_OF_SECRECY: tuple[tuple[Callable[[str], bool], str], ...] = (
    (
        after_warnings.wants_it_passed_on,
        f"不行，我不能替您转：普通诉求要转给承办单位去办，一转，被反映的单位就可能知道是您。请您自己直接向纪检监察机关反映，打{DISCIPLINE.number}，材料也交给他们，可以不留姓名；姓名和细节都不要写在这里。写过的内容可以马上删除。",
    ),
    (
        after_warnings.fears,
        f"怕被知道，就不要在这里、也不要向被反映的单位说姓名和细节。打{DISCIPLINE.number}向纪检监察机关反映，可以匿名，也可以要求保密；有人因此为难您，照样打{DISCIPLINE.number}。本次对话可以马上删除。",
    ),
    (
        after_warnings.asks_for_proof,
        f"手里的录音、照片、转账记录自己留好原件，交给纪检监察机关核实，打{DISCIPLINE.number}时可以问怎么交；不要发到这里，也不要给被反映的单位。可以不留姓名。",
    ),
)
"""What is asked next, and what is said to it."""


def delete_card() -> Card:
    return Card("delete", "删除本次对话", "删除后内容不能恢复，会给您一个回执。", action="删除本次对话")


_PAID = re.compile(
    r"(?:被|让|叫).{0,6}骗(?:了|走|去)|骗(?:了|走)|(?:刷|转|划)走|盗刷|(?:转|打|汇|付|交)(?:过去|出去|给(?:他|她|对方|人家)|了(?!.{0,4}吗))"
)
_CALL_THE_BANK = f"先止损：马上打{POLICE}，同时打转账银行的客服电话，请求止付、冻结，越快越好；别再转第二笔。\n"
_STOP_THE_LOSS = f"先止损：马上打发卡银行的客服电话冻结或者挂失银行卡，改掉密码，别再点链接、别再报验证码；钱已经被转走就打{POLICE}。\n"


class FeeOfferFlow:
    """Quotes the rule of the place where it is known; judges nobody."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def respond(self, turn: Turn) -> Spoken:
        is_more = turn.state.last_behaviour == Behaviour.FEE_OFFER
        said = f"{turn.state.newest if is_more else ''}{turn.text}"
        asked = next((question for words, question in _MATTERS if re.search(words, said)), _FEE)
        answer = self._rule(turn, asked) or self._rule(turn, _FEE)
        rule = f"\n规定是这样写的：{quoted(answer.sources[0])}" if answer else ""
        if "委托" in turn.text:
            rule += "\n自称受机关委托的，请直接向那个机关核实，不要听一面之词。"
        at_once = _STOP_THE_LOSS if after_warnings.has_shared(said) else _CALL_THE_BANK if _PAID.search(said) else ""
        opening = turn.vary(
            "请不要付钱。政府的补贴、贷款贴息和办照都不收费，没有“内部名额”“包过”，交钱才给办的，很可能是诈骗。",
            "先别转账：办补贴、办执照都不收费，任何人都不能保证“包过”，多半是骗局。",
        )
        evidence = turn.vary(
            f"请留好聊天记录、转账凭证和对方的号码作证据；已经付了钱就打{POLICE}，也可以打{CITIZENS}举报。对方是不是违法，由有关机关查明。",
            f"请保留证据，被骗了打{POLICE.number}，要举报打{CITIZENS.number}。",
        )
        text = f"{at_once}{opening}{rule}\n{evidence}"
        choices = (tap("自己怎么申请", "补贴怎么申请？"), tap("免费帮办", "有没有免费帮办代办？"))
        reply = turn.reply(Behaviour.FEE_OFFER, text, choices=choices)
        yield replace(reply, answer=answer.to_json()) if answer else reply

    def _rule(self, turn: Turn, asked: str) -> Answer | None:
        """The answer cut down to the first clause that forbids a fee for that."""
        found = self._knowledge.answers.answer(Asked(asked, turn.region_or_country, turn.today, Audience.PUBLIC))
        rules = [one for one in found.sources if FAQ not in one.title and _NO_FEE.search(one.quote)]
        return replace(found, sources=rules[:1]) if rules else None


class CheatingFlow:
    """Declines; what is done already, and what follows from it, is told without a way to hide it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def respond(self, turn: Turn) -> Spoken:
        goes_on = turn.state.last_behaviour == Behaviour.CHEATING
        if goes_on and after_warnings.is_done(turn.text):
            text = turn.vary(*_DONE)
        elif goes_on and after_warnings.asks_what_follows(turn.text):
            found = self._knowledge.quotes(_CONSEQUENCES, turn.region_or_country, turn.today)
            rule = f"规定是这样写的：{found[0]}。" if found else ""
            text = (
                f"不实的材料查实了要追回资金，还会影响以后申请和信用。{rule}怎么处理由主管部门决定；还没报的就不要报。"
            )
        else:
            text = turn.vary(*_DECLINED)
        taps = (tap("我能享受什么", "我能不能领补贴？"), tap("转人工"))
        yield turn.reply(Behaviour.CHEATING, text, choices=taps)


_CONSEQUENCES = "虚报材料骗补贴会有什么后果？"
_DONE = (
    "现在收手比往下走好：还没报的就不要报；已经报上去的，尽早向受理的窗口说明，申请撤回或者更正，领到的钱退回去。最后怎么处理由主管部门查明决定，我不能保证没事，也不能帮着圆过去。",
    "不能再往下补假的了。如实向受理窗口说明、撤回或者退款，越早越好；怎么处理由主管部门决定。",
)
_DECLINED = (
    "这个我帮不了，也不能这样办：材料和情况要如实填。查实不属实的会追回资金，还可能影响信用、承担责任。\n我可以帮您看看照实际情况能享受哪些政策，或者条件差在哪里、怎么补上。",
    "弄虚作假的办法我不能给，别人怎么做也不能当理由：查实了要追回。您把真实情况告诉我，我帮您找能用得上的政策。",
    "还是不能帮：材料要如实。照真实情况能申请什么，我可以一条一条陪您对。",
)


def _extraction(turn: Turn) -> Reply:
    text = turn.vary(
        "这个做不到：我不公开内部设置，也不能扮演机关、代为批准或编发证号；别人发来的批示、指令没有核实，我不照办。政策上的事您照常问。",
        "我只是人工智能服务，不能批准、发证，也不会改换身份。要办的事请直接说，我来找依据和窗口。",
        "这件事我不能做。有政策问题请接着问。",
    )
    return turn.reply(Behaviour.EXTRACTION, text, choices=(tap("怎么申请", "怎么申请？"), tap("转人工")))


def _forbidden(turn: Turn) -> Reply:
    text = turn.vary(
        "这个内容我不能提供。经营上的政策、办事和诉求，我可以接着帮您。",
        "这方面我帮不了。您店里的事请接着说。",
        "这个不行。经营上的事照常问我。",
    )
    return turn.reply(Behaviour.FORBIDDEN, text)


class StaffOnlyFlow:
    """Declines; what is public of the same matter is told, where a model that may judge finds it."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def respond(self, turn: Turn) -> Spoken:
        text = turn.vary(
            f"这是内部资料或者没有公开的信息，我不能提供。要找经办的单位，我可以查公开的窗口和电话；也可以打{CITIZENS}。",
            f"没有公开的内容我不能说。公开的窗口、电话和文件您都可以问，或者打{CITIZENS.number}。",
        )
        answer = self._public(turn)
        rule = f"\n公开的规定是这样写的：{quoted(answer.sources[0])}。" if answer else ""
        reply = turn.reply(
            Behaviour.STAFF_ONLY,
            f"{text}{rule}",
            choices=(tap("查公开的窗口", "服务窗口在哪里，电话多少？"), tap("转人工")),
        )
        yield replace(reply, answer=answer.to_json()) if answer else reply

    def _public(self, turn: Turn) -> Answer | None:
        asked = Asked(turn.text, turn.region_or_country, turn.today, Audience.PUBLIC)
        found = self._knowledge.answers.stated(asked)
        return replace(found, sources=found.sources[:1]) if found else None


SENSITIVE = "您说到了健康等敏感情况：我不会据此给您画像，也不需要您提供证明；不想留着，可以随时删除本次对话。"


def sensitive_beside(turn: Turn) -> Reply:
    """After the matter itself was answered."""
    text = turn.vary(
        SENSITIVE,
        "健康、身份这类情况只用来答这一问：不画像，不用交证明，随时可以删除对话。",
        "敏感情况同前：不记标签，随时可以删除。",
    )
    return turn.reply(Behaviour.SENSITIVE_DATA, text, cards=(delete_card(),))


class SensitiveFlow:
    """What the person says of themselves makes no profile; the benefit they ask about is still answered."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge, self._rules = knowledge, RulesFlow(knowledge)

    def respond(self, turn: Turn) -> Spoken:
        if self._states_it(turn):
            yield from self._rules.respond(turn)
            yield sensitive_beside(turn)
            return
        asked = (Asked(one, turn.region_or_country, turn.today, turn.audience) for one in _of_the_group(turn.text))
        settled = next((one.text for one in asked if self._knowledge.answers.settles(one)), None)
        if settled is None:
            yield _sensitive(turn)
            return
        yield from self._rules.respond(replace(turn, text=settled, rewritten=settled))
        yield sensitive_beside(turn)

    def _states_it(self, turn: Turn) -> bool:
        """Whether a clause answers the question with the person's own condition in it, as a model that may judge says."""
        asked = Asked(turn.text, turn.region_or_country, turn.today, turn.audience)
        return requests.asks(turn.text) and self._knowledge.answers.stated(asked) is not None


_GROUPS = (
    (r"残.{0,2}证|残疾|截[肢支]|瘸|拐|轮椅|失明|盲|聋|哑|瘫|侏儒|假肢|义肢", "残疾人"),
    (
        r"坐过?[^，。]{0,3}牢|刑满|判(?:过|了)?刑|判了?[^，。]{0,3}年|蹲(?:过)?|监狱|里头?出来|放出来|劳改|前科|案底",
        "刑满释放人员",
    ),
    (r"低保|特困|零就业|困难户", "就业困难人员"),
)
"""Circumstances that the rules have a name for."""


def _of_the_group(text: str) -> Iterator[str]:
    """俺坐过牢，这贷款是不是没俺份了: whether such people can have it, as the rules would ask."""
    named = MATTERS.search(text.replace("帖", "贴"))
    benefit = named[0] if named else "贷款" if "贷" in text else "开业补贴" if _BENEFIT.search(text) else ""
    for said, group in _GROUPS if benefit else ():
        if re.search(said, text):
            matter = "创业担保贷款" if "贷款" in benefit else benefit
            yield f"{group}的{matter}是多少" if _HOW_MUCH.search(text) else f"{group}可以申请{matter}吗"
            yield f"{group}可以申请{matter}吗"


_BENEFIT = re.compile(r"补(?:多少|好多|几多|几|不|钱|点)|补[贴助帖]|扶持|优惠|[开办]店[^，。]{0,8}钱")
_HOW_MUCH = re.compile(r"多少|好多|几多|多[\d一二三四五六七八九十两]|[加增]多?|更多|高(?:些|点|一)")


def _sensitive(turn: Turn) -> Reply:
    unsettled = (
        f"您问的这件事，收录的文件里没有查到直接的规定，我不凭猜测说；可以打{CITIZENS}，或者转人工问清楚。"
        if requests.asks(turn.text)
        else "要问哪方面的帮扶，直接说就行，比如补贴、缓缴、歇业。"
    )
    text = turn.vary(
        f"辛苦您了。{SENSITIVE}\n{unsettled}",
        f"明白了，这些情况不会记成您的标签，不用交证明，您随时可以删除对话。\n{unsettled}",
        f"这些话只在这次对话里，不画像，您随时可以删除。\n{unsettled}",
    )
    choices = (tap("有什么帮扶", "经营困难有什么扶持政策？"), tap("想歇业", "歇业要什么条件？"), tap("转人工"))
    return turn.reply(Behaviour.SENSITIVE_DATA, text, cards=(delete_card(),), choices=choices)


class Said:
    """A flow of one reply."""

    def __init__(self, say: Callable[[Turn], Reply]) -> None:
        self._say = say

    def respond(self, turn: Turn) -> Spoken:
        yield self._say(turn)


def flows(knowledge: Knowledge) -> Mapping[Behaviour, Flow]:
    return {
        Behaviour.CRISIS: CrisisFlow(),
        Behaviour.SECRECY: SecrecyFlow(),
        Behaviour.FEE_OFFER: FeeOfferFlow(knowledge),
        Behaviour.PASTED_POLICY: PastedFlow(knowledge),
        Behaviour.CHEATING: CheatingFlow(knowledge),
        Behaviour.EXTRACTION: Said(_extraction),
        Behaviour.FORBIDDEN: Said(_forbidden),
        Behaviour.STAFF_ONLY: StaffOnlyFlow(knowledge),
        Behaviour.SENSITIVE_DATA: SensitiveFlow(knowledge),
    }
