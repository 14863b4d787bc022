"""The language model: a prompt filled in, and a reply that arrives in pieces, or ModelUnavailable."""

import contextlib
import logging
import time
from collections.abc import Callable, Generator, Iterator, Mapping

from prompts.accounting import Call, Outcome
from prompts.circuit import Circuit
from prompts.endpoint import Endpoint, PassingFailure, Piece
from prompts.errors import ModelUnavailable
from prompts.library import Prompt, load
from prompts.settings import ModelSettings

BACKOFF_SECONDS = 0.5
TOO_LONG = "length"
"""How endpoints say that max_tokens ended the text, not its writer."""

log = logging.getLogger(__name__)


class ChatModel:
    """May be used from several threads at once; each Reply by one at a time."""

    def __init__(
        self,
        settings: ModelSettings,
        *,
        is_on: Callable[[], bool] = lambda: True,
        on_wait: Callable[[], None] = lambda: None,
        on_call: Callable[[Call], None] = lambda call: None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`is_on` is asked before every request; `on_wait` is told that it is sent, `on_call` what it cost.

        Neither of these may wait.
        """
        self.settings = settings
        self.is_on, self.on_wait, self.on_call = is_on, on_wait, on_call
        self.clock, self._sleep = clock, sleep
        self.circuit = Circuit(clock)
        self._endpoint = Endpoint(settings)

    def prepare(self) -> None:
        """Do beforehand what the first question would wait for: seconds."""
        self._endpoint.prepare()

    def is_ready(self) -> bool:
        """Whether a question would be sent at all."""
        return not self.circuit.is_pausing() and self.is_on()

    def close(self) -> None:
        self._endpoint.close()

    def stream(self, prompt: str, values: Mapping[str, str]) -> "Reply":
        """What the model makes of the prompt of that name; nothing is sent before the first piece is asked for."""
        loaded = load(prompt)
        return Reply(self, loaded, loaded.fill(values))

    def attempts(self, messages: tuple[str, str]) -> Generator[Piece, None, None]:
        """The pieces of the first attempt that says something. Raises ModelUnavailable."""
        reason, said = "", False
        for attempt in range(self.settings.retries + 1):
            if attempt:
                self._sleep(BACKOFF_SECONDS * 2 ** (attempt - 1))
            try:
                with contextlib.closing(self._endpoint.ask(messages)) as pieces:
                    for piece in pieces:
                        said = said or bool(piece.text)
                        yield piece
            except PassingFailure as failure:
                reason = failure.reason
                log.info("language model, attempt %d: %s", attempt + 1, reason)
                if said:
                    break
            else:
                return
        raise ModelUnavailable(reason)


class Reply(Iterator[str]):
    """Pieces of text as they come, and what is known about them so far.

    Raises ModelUnavailable, also after some pieces. close() lets go of the connection.
    """

    def __init__(self, model: ChatModel, prompt: Prompt, messages: tuple[str, str]) -> None:
        self.prompt, self.model = prompt, model.settings.model
        self.tokens_in: int | None = None
        self.tokens_out: int | None = None
        self.first_piece_seconds: float | None = None
        self.ended = ""
        self.seconds = 0.0
        self._asked = model
        self._pieces = self._read(messages)

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        self._pieces.close()

    @property
    def is_whole(self) -> bool:
        """The model ended where it wanted to."""
        return bool(self.ended) and self.ended != TOO_LONG

    def _read(self, messages: tuple[str, str]) -> Generator[str, None, None]:
        if not self._asked.is_on():
            raise ModelUnavailable("已经停用，重新启用请运行 xiaoer model on")
        if not self._asked.circuit.lets_through():
            raise ModelUnavailable("连续多次没有成功，先停用一会儿")
        self._asked.on_wait()
        started, outcome, reason = self._asked.clock(), Outcome.FAILED, ""
        try:
            yield from self._texts(messages, started)
            outcome = Outcome.COMPLETE
        except GeneratorExit:
            outcome = Outcome.STOPPED
            raise
        except ModelUnavailable as error:
            reason = error.reason
            raise
        finally:
            self.seconds = self._asked.clock() - started
            self._settle(outcome, reason)

    def _texts(self, messages: tuple[str, str], started: float) -> Iterator[str]:
        blank = True
        with contextlib.closing(self._asked.attempts(messages)) as pieces:
            for piece in pieces:
                self._note(piece)
                if not piece.text:
                    continue
                if self.first_piece_seconds is None:
                    self.first_piece_seconds = self._asked.clock() - started
                blank = blank and not piece.text.strip()
                yield piece.text
        if blank:
            raise ModelUnavailable("答复是空的")
        if not self.ended:
            raise ModelUnavailable("答复中途断了")

    def _note(self, piece: Piece) -> None:
        self.ended = piece.ended or self.ended
        self.tokens_in = self.tokens_in if piece.tokens_in is None else piece.tokens_in
        self.tokens_out = self.tokens_out if piece.tokens_out is None else piece.tokens_out

    def _settle(self, outcome: Outcome, reason: str) -> None:
        if outcome is Outcome.FAILED:
            self._asked.circuit.failed()
        else:
            self._asked.circuit.succeeded()
        call = Call(
            model=self.model,
            prompt=self.prompt.name,
            prompt_version=self.prompt.version,
            tokens_in=self.tokens_in,
            tokens_out=self.tokens_out,
            seconds=self.seconds,
            first_piece_seconds=self.first_piece_seconds,
            outcome=outcome,
            reason=reason,
        )
        self._asked.on_call(call)
