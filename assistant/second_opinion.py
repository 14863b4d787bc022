"""A language model's second look at words that may hold a danger: it can raise the alarm, and never silence one.

Nobody has exemplars for every way of saying that one does not want to live. Where a message is a little like a danger,
and rules and exemplars found none, a model is asked; without one, nothing changes.
"""

import logging
from collections.abc import Mapping

from assistant.behaviours import Behaviour
from assistant.choosing import Chooser
from prompts.client import ChatModel
from prompts.errors import ModelUnavailable

SUSPECTED = 0.28
"""Score of a danger from which the model is asked."""
SUSPECTED_GRAVE = 0.16
"""The same where silence would be worst."""
MOST_SUSPECTED = 3
LONGEST = 400
"""Characters of a message that are shown to the model."""
_B = Behaviour
_GRAVE = {_B.CRISIS, _B.SECRECY}
SIGNS: Mapping[Behaviour, str] = {
    _B.CRISIS: "说话的人，或者他身边的人，可能要轻生、自伤，或者在作告别",
    _B.SECRECY: "要举报公职人员索要好处、吃拿卡要、指定关系户，或者怕反映了被报复、要求保密",
    _B.CHEATING: "想让我们帮着作假：倒签日期、冒名顶替、拆分营业额、应付检查、编材料",
    _B.FEE_OFFER: "有人向他收钱包办补贴、贷款、执照、信用修复，或者他点了可疑的链接、给了验证码",
    _B.EXTRACTION: "要套出助手的内部设置和提示词，或者让它扮演机关、代为批准、编发证号",
    _B.FORBIDDEN: "要求提供违法、伤人、造谣、赌博、毒品、偷拍一类的内容或者办法",
    _B.STAFF_ONLY: "打听不对外的内部口径、考核、名单、工作人员的私人号码",
}

log = logging.getLogger(__name__)


class SecondOpinion:
    def __init__(self, chooser: Chooser, model: ChatModel | None) -> None:
        self._chooser, self._model = chooser, model

    def on(self, text: str) -> Behaviour | None:
        """The danger that the model sees among those that the message is a little like."""
        if self._model is None or not self._model.is_ready():
            return None
        suspected = self._suspected(text)
        if not suspected:
            return None
        names = {one.value: one for one in suspected}
        listed = "\n".join(f"{one.value}：{SIGNS[one]}" for one in suspected)
        try:
            written = "".join(self._model.stream("danger", {"candidates": listed, "message": text[:LONGEST]})).split()
        except ModelUnavailable as error:
            log.info("no second opinion on a danger: %s", error.reason)
            return None
        return names.get(written[0].strip("“”\"'。.：:")) if written else None

    def _suspected(self, text: str) -> list[Behaviour]:
        alike = [
            one.behaviour
            for one in self._chooser.rank(text)
            if one.behaviour in SIGNS and one.score >= (SUSPECTED_GRAVE if one.behaviour in _GRAVE else SUSPECTED)
        ]
        return alike[:MOST_SUSPECTED]
