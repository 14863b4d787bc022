"""Half a question made whole by the language model: nothing may stand in it that nobody has said."""

import logging
import re

from assistant.state import State
from knowledge import places
from prompts.client import ChatModel
from prompts.errors import ModelUnavailable

LONGEST_REWRITTEN = 120
LONGEST_REPLY = 300
"""Characters of the last reply that the model is shown."""
_FIGURE = re.compile(r"\d+")

log = logging.getLogger(__name__)


def before(state: State) -> str:
    """What the person asked or said before this message."""
    return state.last_question or state.matter or state.newest


def shown_reply(state: State) -> str:
    """What was said to that."""
    last = state.last_replies[-1:] or ([state.last_exchange.reply] if state.last_exchange else [])
    return "\n".join(one.text for one in last)[:LONGEST_REPLY]


def by_model(said: str, state: State, model: ChatModel) -> str | None:
    """One question that stands for itself, or None where the model adds what nobody has said."""
    values = {"question": before(state), "reply": shown_reply(state), "message": said}
    try:
        written = "".join(model.stream("rewrite", values)).strip().split("\n")[0]
    except ModelUnavailable as error:
        log.info("rewriting without the language model: %s", error.reason)
        return None
    return accepted(written, said, state)


def accepted(written: str, said: str, state: State) -> str | None:
    """What the model wrote, where it only puts together what was said before."""
    written = written.strip().strip("“”\"' ")
    known = f"{before(state)}{shown_reply(state)}{said}"
    invented = [figure for figure in _FIGURE.findall(written) if figure not in known]
    is_no_more = _bare(written) == _bare(said)
    if not 2 <= len(written) <= LONGEST_REWRITTEN or is_no_more or invented or _names_more(written, known):
        log.info("a rewritten question was refused")
        return None
    return written


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _names_more(written: str, known: str) -> bool:
    new = set(places.named_in(written)) - set(places.named_in(known))
    return bool(new) or any(title not in known for title in re.findall(r"《([^《》]+)》", written))
