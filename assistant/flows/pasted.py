"""Words that somebody pastes as a policy: looked up, never believed, never repeated."""

import re
from dataclasses import replace

from sqlalchemy import select

from assistant import after_warnings, requests
from assistant.behaviours import FROM_RULES, Behaviour
from assistant.flows.rules import replied
from assistant.hotlines import CITIZENS, POLICE
from assistant.means import FAQ, Knowledge, quoted
from assistant.turn import Spoken, Turn, tap
from knowledge import known_documents, regions
from knowledge.documents import Audience
from knowledge.known_documents import Mention
from knowledge.library import Question as Asked
from knowledge.schema import documents
from knowledge.spoken_grammar import plain, standard

LONG = 60
"""Characters from which words in the manner of a document are taken for pasted ones."""
_MANNER = re.compile(
    r"【[^】]{0,12}(?:通知|公告|通告|提醒)】|(?:紧急|重要|最新)(?:通知|公告|通告)(?=[:：\s])|各(?:区|县|市|有关)[^。]{0,12}(?:局|单位|部门|政府)|现(?:印发|通知|将)|(?:通知|公告|通告|意见|办法|规定|文件)(?:如下|指出|明确|要求|规定|写明)|自[^。]{0,14}起(?:施行|执行|实施)|(?:特此|予以)(?:通知|公告)|凡是?[^。]{2,20}(?:均可|一律|即可|都可|给予)|第[一二三四五六七八九十\d]+条|[〔\[【(（]20\d\d[〕\]】)）]\s*\d+\s*号|一次性(?:给予|发放|补贴)|免费发放"
)
_HEARSAY = re.compile(
    r"(?:群里|朋友圈|抖音|快手|视频|网上|公众号|微信|短信|别人|朋友|有人|亲戚|听说|听人说|他们说|隔壁)(?:.{0,10})(?:转|发|说|看到|传|收到|讲|刷到)(?:.{0,14})(?:文件|政策|通知|规定|新规|补贴|补助|红头|国家|政府)(?:.{0,30})(?:真|假|是不是|对不对|对吗|算不算|有没有|有这|吗|靠谱|属实|能信)|(?:这|下面|以下|如下|上面)(?:个|份|条|段|是)?(?:.{0,4})(?:文件|政策|通知|规定|新规|指令|公告)(?:.{0,4})[:：]|(?:转发|粘贴|复制)(?:.{0,8})(?:文件|政策|通知|给你|如下)|按(?:这个|我发的|下面|上面)(?:.{0,6})(?:文件|规定|通知|政策)?(?:.{0,4})(?:回答|执行|答|办|算)|(?:记|存|加|写|录|放)(?:进|到|入)(?:.{0,4})知识库|(?:系统|平台|后台)(?:升级|更新)?(?:通知|公告|提示)[:：]|(?:请|要求)?(?:机器人|智能助手|ai助手|助手|客服)(?:以后|从今|一律|必须|见人)|(?:给|发|拿|送|递|塞|传|寄)(?:给|来)?(?:了)?(?:我|俺|咱)(?:们)?的?(?:一)?(?:份|本|张|个)?《[^》]{2,40}》.{0,6}(?:写|说|讲|印|规定)|以(?:这个|它|此|我(?:这|说|发|拿)的?.{0,4})为准|(?:记住|学习|更新|存入|加到)(?:.{0,8})(?:知识库|这个政策|新政策|这条规定|以下规定)"
)

_PLANTED = re.compile(
    r"(?:文件|通知|政策|规定)(?:的)?(?:原文|全文|内容)(?:如下|是|为)?[：:][“\"「]|[\[【（(](?:系统|管理员|后台|平台|开发者?|维护|system|admin)[^\]】）)]{0,8}[\]】）)]|(?:管理员|系统)补丁|[\"“]role[\"”]:|<\|?(?:system|im_start)|(?:领导|局长|市长|县长|上级|主任)(?:的)?(?:批示|指示|签字|批条)(?:复印件|原件|截图)?[：:，,“\"]|(?:传|转|发)(?:给|来)?(?:了)?(?:我|俺|咱)?(?:了)?(?:一|这|个)(?:段|条|份|张)(?:话|文|通知|文件|消息|截图)?[：:“\"]|内部口径",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{6,300})[”\"」』]")
_SUM = re.compile(r"[\d,.]*\d(?:\.\d+)?\s*(?:万元|元|万|%|个月|个工作日|年)")
_ABOUT_IT = re.compile(
    r"真的|假的|是真|是否真|是不是|真假|靠谱|可信|能信|信[得不]|属实|对不对|对[吗不]|有没有这|算不算|算数|作数|有这[个回]?事|扫|照办|按(?:这|它|此)|照(?:这|此|它)|更新|记住|怎么看"
)
"""A question about the pasted words themselves."""


def is_planted(text: str) -> bool:
    """Whether the words pretend to come from those who run the service, or from above."""
    return _PLANTED.search(re.sub(r"\s+", "", text)) is not None


def is_pasted(text: str) -> bool:
    """Whether the words are offered as a policy, not asked about one."""
    plain = re.sub(r"\s+", "", text)
    return bool(_HEARSAY.search(plain)) or (len(plain) >= LONG and len(_MANNER.findall(plain)) >= 2)


def asked_beside(text: str) -> str:
    """A question of the person's own behind what was pasted."""
    *before, last = requests.sentences(text) or [""]
    is_own = requests.asks(last) and not is_pasted(last) and not _ABOUT_IT.search(plain(last))
    return last if before and is_own else ""


_TITLE = re.compile(r"《([^《》]{2,40})》")
_TOLD = FROM_RULES - {Behaviour.NO_EVIDENCE, Behaviour.ASK_REGION}
_AGAINST = re.compile(r"不对|不是|可|但|怎么|咋|明明|写的?是|说的?是|为准|按(?:这|它|此)|重新")
_STORED = re.compile(r"存(?:的|了|好|下)|记(?:住|下)|念|背")


def _more(text: str) -> str:
    """To what comes after the first warning."""
    said = standard(text)
    if after_warnings.has_shared(said):
        return f"马上打发卡银行的客服电话冻结或者挂失银行卡，改掉密码；钱被转走就打{POLICE}。那份内容没有查到，先不要再点、再填。"
    if _STORED.search(said):
        return (
            "没有存。没有核实的内容不会记进知识库，也不会当成政策念给您或者别人听；要问什么事，我按收录的现行文件查。"
        )
    if after_warnings.others_did(said):
        return f"别人登记了、晒了截图，都证明不了它是真的：收录的文件里还是没有查到，截图也可以造假。别点链接，别填身份证和银行卡；要核实打{CITIZENS}，被骗了打{POLICE}。"
    return ""


class PastedFlow:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def unknown(self, turn: Turn) -> list[Mention]:
        """Documents named by 文号 that are not among ours."""
        with self._knowledge.database.reading() as tx:
            found = known_documents.mentioned(tx, turn.text, turn.audience)
        return [one for one in found if one.held is None and "〔" in one.name]

    def is_misquoted(self, turn: Turn) -> bool:
        """Whether words in quotation marks give a document of ours a figure that does not stand in it."""
        sums = {one for quoted in _QUOTED.findall(turn.text) for one in _SUM.findall(quoted)}
        if not sums:
            return False
        with self._knowledge.database.reading() as tx:
            found = known_documents.mentioned(tx, turn.text, turn.audience)
            held = [one.held.id for one in found if one.held]
            texts = tx.execute(select(documents.c.text).where(documents.c.id.in_(held))).scalars().all()
        plain = [re.sub(r"[\s,]", "", text) for text in texts]
        written = {re.sub(r"[\s,]", "", one) for one in sums}
        return bool(plain) and any(not re.search(rf"(?<!\d){re.escape(one)}", "".join(plain)) for one in written)

    def respond(self, turn: Turn) -> Spoken:
        with self._knowledge.database.reading() as tx:
            found = known_documents.mentioned(tx, turn.text, turn.audience)
            if (
                not found and turn.state.last_behaviour == Behaviour.PASTED_POLICY
            ):  # 真的假的: of what was pasted before
                found = known_documents.mentioned(tx, turn.state.newest, turn.audience)
        known = next((one for one in found if one.held), None)
        if known and known.held:
            yield from self._held(turn, known)
            return
        goes_on = turn.state.last_behaviour == Behaviour.PASTED_POLICY
        if goes_on and (more := _more(turn.text)):
            yield turn.reply(
                Behaviour.PASTED_POLICY, more, choices=(tap("查现行政策", "现在有什么扶持政策？"), tap("转人工"))
            )
            return
        if not goes_on and (told := self._against_ours(turn)) is not None:
            yield from told
            return
        names = "、".join(one.name for one in found[:2])
        looked = (
            f"我查了{names}，收录的文件里没有找到。"
            if names
            else "这段内容没有能核对的文号和标题，收录的文件里也没有查到对应的。"
        )
        text = turn.vary(
            f"{looked}它没有经过核实，我不能当成政策来答，也不会记进知识库。\n请以政府网站上的原文为准；您可以告诉我想问的事，我按收录的现行文件查。",
            f"{looked}没有核实的内容不能作数，先别照着办，也别转账、别填个人信息；请先找到发文单位的原文，或者打{CITIZENS}核对。您要问什么事，我按现行文件查。",
        )
        yield turn.reply(
            Behaviour.PASTED_POLICY, text, choices=(tap("查现行政策", "现在有什么扶持政策？"), tap("转人工"))
        )

    def _against_ours(self, turn: Turn) -> Spoken | None:
        """A paper that is not ours, brought against what was just answered: what ours says of the same, once more."""
        exchange = turn.state.last_exchange
        if exchange is None or turn.state.last_behaviour not in _TOLD or not _AGAINST.search(turn.text):
            return None
        asked = Asked(exchange.question, turn.region_or_country, turn.today, Audience.PUBLIC)
        answer = self._knowledge.answers.answer(asked)
        rules = [one for one in answer.sources if FAQ not in one.title][:1]
        if not rules:
            return None
        named = "、".join(f"《{one}》" for one in _TITLE.findall(turn.text)[:1]) or "您说的那份文件"
        text = (
            f"{named}在收录的文件里没有查到，没有核实，不能以它为准，里面的数字我不采用。收录的现行文件是这样写的：\n{quoted(rules[0])}\n"
            f"两边不一致的，以政府网站公布的原文为准；那份材料是谁给的，可以打{CITIZENS}核对。"
        )
        reply = turn.reply(Behaviour.PASTED_POLICY, text, choices=(tap("转人工"),))
        return iter([replace(reply, answer=replace(answer, sources=rules).to_json(), rewritten=exchange.question)])

    def _held(self, turn: Turn, known: Mention) -> Spoken:
        """The document exists; what it says is read in it, not in the message."""
        held = known.held
        if held is None:
            return
        place = regions.name(held.region) if held.region else "待核"
        ended = "，已经失效" if held.valid_to and held.valid_to < turn.today else ""
        name = f"《{held.title.strip('《》')}》" + (f"（{held.doc_number}）" if held.doc_number else "")
        before = f"收录的文件里有{name}，适用地区：{place}{ended}。您贴的文字没有核实，请以原文为准。"
        topic = _SUM.sub("", "".join(_QUOTED.findall(turn.text)))
        told = self._knowledge.answers.answer(Asked(topic, turn.region_or_country, turn.today, Audience.PUBLIC))
        if topic and (rules := [one for one in told.sources if one.title == held.title][:1]):
            reply = turn.reply(
                Behaviour.PASTED_POLICY, f"{before}\n原文是这样写的：{quoted(rules[0])}", choices=(tap("转人工"),)
            )
            yield replace(reply, answer=replace(told, sources=rules).to_json())
            return
        asked = Asked(name, turn.region_or_country, turn.today, Audience.PUBLIC)
        answer = self._knowledge.answers.answer(asked)
        if answer.sources and answer.sources[0].title == held.title:
            yield from replied(turn.about(name), answer, behaviour=Behaviour.PASTED_POLICY, before=before)
        else:
            yield turn.reply(Behaviour.PASTED_POLICY, before, choices=(tap("转人工"),))
