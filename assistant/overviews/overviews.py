"""The overview a question asks for, as an answer; None where it asks for something more particular."""

from assistant.answer import Answer
from assistant.means import Knowledge
from assistant.overviews import asking, claiming, listing, outline
from assistant.overviews.asking import Named
from assistant.overviews.sources import Numbered, told
from knowledge.library import Question


class Overviews:
    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def of(self, asked: Question, cited: str = "") -> Answer | None:
        """`cited`: number of the document that was just cited, which “这个文件” means."""
        if (wanted := asking.document_asked(asked.text)) is not None:
            return self._outline(asked, wanted, cited)
        topic = asking.support_asked(asked.text)
        claims = topic is None and asking.claiming_asked(asked.text)
        if topic is None and not claims:
            return None
        numbered = Numbered(self._knowledge, asked)
        scope = self._knowledge.library.scope(asked)
        with self._knowledge.database.reading() as tx:
            if topic is not None:
                return listing.listed(tx, scope, asked, topic, numbered)
            return claiming.claimed(tx, scope, asked, self._knowledge.library, numbered)

    def _outline(self, asked: Question, wanted: Named, cited: str) -> Answer | None:
        with self._knowledge.database.reading() as tx:
            if wanted.title:
                shown = outline.find(tx, asked, wanted)
            else:
                shown = outline.view(tx, cited, asked) if cited else None
            if shown is None:
                return None
            numbered = Numbered(self._knowledge, asked)
            return told(asked, outline.outlined(shown, asked, numbered), numbered.sources)
