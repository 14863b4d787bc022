"""Complaints, faults and suggestions: acknowledged, drafted, shown; never sent before the person says so, and never pretended."""

import re
from collections.abc import Mapping
from typing import Any

from assistant import drafts
from assistant.behaviours import Behaviour
from assistant.events import Card, Progress
from assistant.flows.contacts import Directory, told
from assistant.hotlines import CITIZENS
from assistant.means import Knowledge
from assistant.turn import Spoken, Turn, tap
from knowledge import regions

APPEAL = Behaviour.APPEAL.value
ENOUGH = 5
"""Characters beside the wish to complain from which a complaint says what it is about."""
LONGEST_DRAFT = 400
_BARE = re.compile(
    r"(?:我|俺|咱)?(?:们)?(?:要|想|来)?(?:在)?(?:这里|这儿)?(?:投诉|反映|举报|提|说|报)(?:一下|一个|个|点)?(?:问题|诉求|意见|情况|事|件事)?|怎么(?:投诉|提交诉求|反映问题)|投诉|提交诉求|反映问题"
)
_WHOM = re.compile(
    r"^(?:一下|你们|他们|窗口|物业|房东|工作人员|单位|部门|政府|的|这个|那个|帮我|给我|请|在|到)+|[吗吧呢啊呀了]$"
)
_YES = re.compile(
    r"^(?:对|是|好|行|成|可以|没错|没问题|没意见|没毛病|确认|确定|提交|交|同意|嗯|中|要得|得|妥|ok|(?:就|就是|那就)?(?:这样|这么|按这个|照这个|照这样)(?:写|办|交|提交|来|报|弄)?|就它|帮我(?:提交|交上去|交)|(?:提|交)上去|没有?(?:要)?补充)(?:的|了|吧|啊|呀|嘛|呗|哈|咯|滴|提交|没问题|就这样|就这么|(?:就)?(?:按|照)这个|确认|可以|交|办|写|来)*$",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?:我)?(?:还)?(?:要|想)?补充(?:一下|一点|点)?")
_WISH = re.compile(r"(?:希望|要求|想要?|请|盼|能不能|赶紧)(?P<wish>[^。！!；;]{3,60})")


def is_yes(text: str) -> bool:
    return _YES.match(re.sub(r"[\W_]+", "", text)) is not None


def says_nothing_yet(text: str) -> bool:
    said = re.sub(r"[\W_]+", "", text)
    return len(_WHOM.sub("", _BARE.sub("", said))) < ENOUGH


NOT_CONNECTED = f"先说清楚：这里还不能网上提交，草稿写好由您复制，打{CITIZENS}登记。"


class AppealFlow:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge, self._directory = knowledge, Directory(knowledge)

    def respond(self, turn: Turn) -> Spoken:
        opening = turn.vary(
            "这事让您费心了，我来帮您理清楚。", "明白，遇到这种事确实着急，咱们把它写清楚。", "好，我帮您写成诉求。"
        )
        if says_nothing_yet(turn.text):
            text = f"{opening}请用一两句话说：什么事、在哪个单位或地方、希望怎么解决。不用留姓名和证件号。写好先给您看。{self._by_when(turn)}"
            yield turn.reply(Behaviour.APPEAL, text, choices=(tap("不弄了"),))
            yield Progress(APPEAL, {"what": "", "step": "collect"})
            return
        yield from self._draft(turn, turn.text, opening)

    def go_on(self, turn: Turn, data: Mapping[str, Any]) -> Spoken:
        what = str(data.get("what", ""))
        if data.get("step") == "confirm" and is_yes(turn.text):
            yield from self._confirmed(turn, what)
        elif _MORE.fullmatch(turn.text.strip("。！!，, ")):
            yield turn.reply(Behaviour.APPEAL, "好，请说要补充什么，我加到草稿里。", choices=(tap("算了"),))
        elif not what and says_nothing_yet(turn.text) and not turn.text.strip():
            yield from self.respond(turn)
        elif changed := drafts.changed(what, turn.text):
            yield from self._draft(turn, changed, "")
        else:
            text = "好，重新写。请用一两句话说：什么事、在哪里、希望怎么解决。原来的草稿已经去掉，没有提交。"
            yield turn.reply(Behaviour.APPEAL, text, choices=(tap("算了"),))
            yield Progress(APPEAL, {"what": "", "step": "collect"})

    def _draft(self, turn: Turn, what: str, opening: str) -> Spoken:
        what = what[:LONGEST_DRAFT]
        draft = "\n".join(f"{label}：{value}" for label, value in _fields(turn, what))
        text = (
            f"{opening}{self._by_when(turn)}\n【诉求草稿】\n{draft}\n"
            "还没有提交，要您自己打电话登记。要改、要补充（什么时候、哪个单位、希望怎么解决）就接着说；没问题就回“确认”，我把草稿定下来给您复制；不想弄了回“算了”。"
        )
        yield turn.reply(Behaviour.APPEAL, text, choices=(tap("确认"), tap("我要补充"), tap("算了")))
        yield Progress(APPEAL, {"what": what, "step": "confirm"})

    def _by_when(self, turn: Turn) -> str:
        found = self._knowledge.quotes("提交的诉求多久能办结答复", turn.region_or_country, turn.today)
        return (
            f"{NOT_CONNECTED}登记以后由主管机构甄别、转办，办完答复您。时限：{found[0]}。"
            if found
            else f"{NOT_CONNECTED}登记以后由受理单位转给承办单位办理并答复您，时限以受理时告知的为准。"
        )

    def _confirmed(self, turn: Turn, what: str) -> Spoken:
        units = self._directory.find(turn, "诉求登记 政策咨询", most=1)
        where = f"\n{told(units[0])}" if units else ""
        text = (
            "好，草稿定下来了。要跟您说实话：这里的网上提交还没有接通，所以还没有替您提交，也没有诉求编号和查询码。\n"
            f"请复制下面的草稿，打{CITIZENS}登记，登记后向对方要编号和查询码。{where}"
        )
        context = tuple(_fields(turn, what))
        card = Card("appeal", "诉求草稿", "内容只在这次对话里，可以复制带走。", action="复制草稿", context=context)
        yield turn.reply(Behaviour.APPEAL, text, cards=(card,), choices=(tap("转人工"),))
        yield Progress(APPEAL, None)


def _fields(turn: Turn, what: str) -> list[tuple[str, str]]:
    wish = next(reversed(list(_WISH.finditer(what))), None)
    place = regions.full_name(turn.region) if turn.region else "未填"
    return [("事项", what), ("地区", place), ("希望", wish["wish"] if wish else "依规定办理并答复")]


class StatusFlow:
    """Nothing is revealed, and nothing can be: the numbers are checked where appeals are kept."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def respond(self, turn: Turn) -> Spoken:
        found = self._knowledge.quotes("诉求超过期限没有答复，怎么催办", turn.region_or_country, turn.today)
        press = f"\n超期可以催办：{found[0]}。" if found else "\n超过期限没有答复的，可以催办。"
        text = turn.vary(
            f"查进度要先核对诉求编号和查询码，核对之前办到哪一步都不能说。这里的网上查询还没有接通：请准备好编号和查询码，打{CITIZENS}核对后查询。{press}",
            f"没有核对编号和查询码，我不能透露办理情况；这里暂时查不了，请带着这两样打{CITIZENS}。{press}",
        )
        card = Card("status", "查询诉求进度", "要有诉求编号和查询码。")
        yield turn.reply(
            Behaviour.APPEAL_STATUS,
            text,
            cards=(card,),
            choices=(tap("怎么催办", "诉求超期没人理，怎么催办？"), tap("转人工")),
        )


class FaultFlow:
    """A kind of its own, not a question about the rules."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def respond(self, turn: Turn) -> Spoken:
        is_idea = re.search(
            r"建议|希望(?:能)?(?:加|增|改|有)|要是能|最好(?:能)?|不如|能不能(?:加|增|改)|改进|优化", turn.text
        )
        kind = "改进建议" if is_idea else "平台故障"
        thanks = turn.vary(
            "谢谢您的建议，我当作“改进建议”记下来。"
            if is_idea
            else "谢谢告诉我们，耽误您办事了，我当作“平台故障”记下来。",
            f"收到，谢谢，按“{kind}”记下。",
        )
        is_more = turn.state.times(Behaviour.FAULT_OR_SUGGESTION.value) > 0
        more = (
            ""
            if is_idea or is_more
            else "能补充哪个页面、什么时候、屏幕上写了什么，会更好查。着急办的，可以先到线下窗口办。"
        )
        text = (
            f"{thanks}和前面说的记在一起，照样由工作人员汇总。"
            if is_more
            else (
                f"{thanks}{more}\n它记在这次对话里，由工作人员汇总；这里的工单系统还没有接通，所以还没有编号。"
                f"要拿到编号，可以打{CITIZENS}登记。"
            )
        )
        card = Card(
            "appeal",
            kind,
            "可以复制，打12345登记时念给对方。",
            action="复制",
            context=(("类型", kind), ("内容", turn.text[:200])),
        )
        yield turn.reply(
            Behaviour.FAULT_OR_SUGGESTION,
            text,
            cards=(card,),
            choices=(tap("线下窗口", "服务窗口在哪里？"), tap("转人工")),
        )
        yield Progress("callback", {"kind": kind})
