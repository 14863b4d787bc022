"""Matters of other authorities: whose they are, who else there is to turn to, and what is asked about them next."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import after_warnings, asides, remit, requests, sharp
from assistant.behaviours import Behaviour
from assistant.events import Reply
from assistant.flows.contacts import Directory, shared_enough, told
from assistant.hotlines import CITIZENS
from assistant.means import Knowledge
from assistant.subjects import END, MATTERS
from assistant.turn import Spoken, Turn, tap
from knowledge import several
from knowledge.directory import Unit
from knowledge.library import Question as Asked
from knowledge.spoken_grammar import standard

LONGEST = 40
_ON_THE_WAY = frozenset({Behaviour.CONTACT, Behaviour.HUMAN})
_PERSON = re.compile(r"人工|真人|活人|专员|客服|坐席|删|抹")
_NUMBER = re.compile(
    r"(?:打|拨)[^，。]{0,3}电话|电话(?:是)?(?:多少|几|给|有)|(?:给|要)[^，。]{0,3}(?:电话|号码)|号码|热线"
)
_WHO = re.compile(r"归(?:谁|哪)|谁(?:来)?管|哪(?:个|里|儿)?(?:部门|单位|局)|找谁|找哪|问谁|问哪")
_LEANS = re.compile(
    r"^(?:那|可|但|后来|对了|所以|要是|如果|万一|还有|这|他|她|它|人家|对方|你)|(?:他|她|它|人家|对方|那边|这(?:个|事|种|样))|证据|材料|凭证|发票|合同|录音|照片|多久|几天|有(?:没有)?用"
)
_OURS = re.compile(r"清税|食品|餐饮|开业|营业|证照|许可|经营|诉求|政策|扶持|帮办|代办|公章|贷|补")
_NO_LAW = re.compile(
    r"怎么(?:分|判|赔|算|告)|比例|分(?:多少|几成|一半)|赔(?:多少|几)|判(?:几|多)|违法|犯法|合法|官司|告他"
)


class OutsideRemitFlow:
    def __init__(self, knowledge: Knowledge) -> None:
        self._directory, self._library = Directory(knowledge), knowledge.library
        self._answers = knowledge.answers

    def _matter(self, text: str) -> remit.Matter | None:
        return remit.matter_of(text) or remit.matter_of(self._library.rewritten(text).repaired)

    def respond(self, turn: Turn) -> Spoken:
        matter = self._matter(turn.text)
        words = matter.words if matter else turn.text
        found = self._directory.of_department(turn, words) if matter else self._directory.sure(turn, words)[:1]
        units = [unit for unit in found if shared_enough(words, unit)]
        opening = turn.vary(
            "这件事不归我这里的经营政策服务管，我收不了，免得耽误您。",
            "这个要找对口的部门，我这里受理不了。",
        )
        whose = f"它属于{matter.department}的事，我这里没有收录它的办理规定。{_others(matter)}" if matter else ""
        where = (
            f"可以找：\n{told(units[0])}{_of_another_room(turn.text, units[0])}"
            if units
            else ""
            if matter
            else "该找哪个部门，请打下面的热线，由他们转接。"
        )
        contact = units[0].contact if units else ""
        person = (f"联系人：{contact}；" if contact else "联系人请向该单位总机询问；") if units else ""
        special = f"{matter.hotline}也可以打；" if matter and matter.hotline is not CITIZENS else ""
        yield turn.reply(
            Behaviour.OUTSIDE_REMIT,
            f"{opening}{whose}{where}\n{person}{special}{CITIZENS}全天可以打。店里的政策和办事，换个说法再问我就行。",
            choices=(tap("转人工"),),
        )

    def take(self, turn: Turn) -> Spoken | None:
        """那归哪里管, 你给俺记上不就完了: still about what the message before was told is not ours; None where it is not."""
        said = END.sub("", standard(turn.text.strip()))
        if not _is_outside(turn) or len(said) > LONGEST or MATTERS.search(said):
            return None
        matter, turn = self._matter(turn.state.matter), replace(turn, rewritten=turn.state.matter)
        if after_warnings.wants_it_passed_on(said) and not _PERSON.search(said):
            return iter([_not_passed_on(turn, matter)])
        if sharp.behaviour_of(turn.text) is not None:
            return None
        is_of_office = asides.is_of_an_office(turn.text) or asides.has_no_answer(turn.text)
        if is_of_office and self._directory.named(turn):
            return None
        if is_of_office or _WHO.search(said) or _NUMBER.search(said):
            units = self._directory.of_department(turn, matter.words) if matter else []
            return iter([_of_department(turn, matter, units)])
        return self._more(turn, matter, said) if matter and requests.asks(said) else None

    def _more(self, turn: Turn, matter: remit.Matter, said: str) -> Spoken | None:
        """What else is asked of the matter that is not ours."""
        if turn.state.last_behaviour != Behaviour.OUTSIDE_REMIT and several.subject(said):
            return None
        own = self._matter(turn.text)
        if own is not None and own != matter:
            return None if self._settles(turn, said) else self.respond(turn)
        leans = _LEANS.search(said) is not None or not several.subject(said) or _NO_LAW.search(said) is not None
        return iter([_still_outside(turn, matter)]) if leans and not self._settles(turn, said) else None

    def _settles(self, turn: Turn, said: str) -> bool:
        """By our rules, and in a word of our matters: any words are near some clause."""
        asked = Asked(said, turn.region_or_country, turn.today, turn.audience)
        is_ours = _OURS.search(said) is not None or requests.handled_here(said)
        return is_ours and self._answers.settles(asked)


def _is_outside(turn: Turn) -> bool:
    """Whether the newest matter was told to be another authority's, and at most its unit has been asked for since."""
    since = next((one for one in reversed(turn.state.behaviours) if one not in _ON_THE_WAY), "")
    return since == Behaviour.OUTSIDE_REMIT


def _of_another_room(text: str, unit: Unit) -> str:
    """The office of the same department whose own work is something else: it can put people through."""
    is_its_work = shared_enough(text, unit, least=1)
    return (
        ""
        if is_its_work
        else f"\n（清单里只有这个科室，它办的是{unit.topic}；不归它办的，请它或者12345转到管这件事的科室。）"
    )


def _others(matter: remit.Matter | None) -> str:
    return f"{matter.others}。" if matter and matter.others else ""


def _department(matter: remit.Matter | None) -> str:
    return matter.department if matter else "对口的部门"


def _of_department(turn: Turn, matter: remit.Matter | None, units: Sequence[Unit] = ()) -> Reply:
    """The unit of the directory; of one that it does not have: its name and the public number, no other unit's."""
    special = f"可以打{matter.hotline}，" if matter and matter.hotline is not CITIZENS else ""
    name = matter.department if matter else "哪个部门，收录的清单里没有写，我不乱指"
    if units:
        room = _of_another_room(turn.state.matter, units[0])
        text = f"这件事找{name}：\n{told(units[0])}{room}\n打不通可以打{CITIZENS}（全天有人接），由他们转过去。"
    else:
        text = f"这件事找{name}。服务能力清单里没有它的电话和地址，我不能凭印象给；{special}{CITIZENS}（全天有人接）也能转过去。"
    text += _others(matter)
    return turn.reply(Behaviour.OUTSIDE_REMIT, text, choices=(tap("转人工"),))


def _not_passed_on(turn: Turn, matter: remit.Matter | None) -> Reply:
    """Nothing is taken down where it would only seem accepted."""
    text = (
        f"我这里记下来也没有人会去办，转不到{_department(matter)}，那样反而耽误您，所以不能假装收下。"
        f"打{CITIZENS}最省事：说清是什么事、在哪里，话务员登记以后转过去，还会给您查进度的编号。"
    )
    return turn.reply(Behaviour.OUTSIDE_REMIT, text, choices=(tap("转人工"),))


def _still_outside(turn: Turn, matter: remit.Matter | None) -> Reply:
    law = (
        "要问法律上怎么算，找公共法律服务中心的律师或者人民法院，说清情况由他们答。"
        if _NO_LAW.search(turn.text)
        else ""
    )
    text = (
        f"这还是{_department(matter)}的事，收录的文件里没有它的规定，怎么算、要带什么、多久有结果，我不能凭印象说。{law}"
        f"{_others(matter)}不知道打哪个电话，就打{CITIZENS}（全天有人接），由他们转过去。"
    )
    return turn.reply(Behaviour.OUTSIDE_REMIT, text, choices=(tap("转人工"),))
