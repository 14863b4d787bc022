"""The parts of a running service that hold conversations, started and stopped together."""

import anyio
from starlette.concurrency import run_in_threadpool

from api.completions import Completions
from api.following import Streams
from api.rates import Rates
from assistant.relay import Relay
from assistant.talks import Talks
from assistant.turns import Turns

LONGEST_FINISH_SECONDS = 6.0
"""How long answers under way may take when the service stops."""


class Conversing:
    def __init__(
        self, talks: Talks, completions: Completions, turns: Turns, relay: Relay, rates: Rates, streams: Streams
    ) -> None:
        self.talks, self.completions, self.rates, self.streams = talks, completions, rates, streams
        self._turns, self._relay = turns, relay
        self._is_ended = False

    def start(self) -> None:
        self._relay.start()
        self._turns.start()

    async def end(self) -> None:
        """Answers under way finish and reach their readers, then the streams end; once."""
        if self._is_ended:
            return
        self._is_ended = True
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(self._turns.stop, LONGEST_FINISH_SECONDS)
            await anyio.sleep(0.1)  # the last events are on their way to the streams
            self.streams.close()
            await run_in_threadpool(self._relay.stop)
