"""Where the person is, and which other place a message asks about: by plain words, and by a model that may read."""

from dataclasses import dataclass

from assistant import facts
from assistant.places_meant import asking, in_passing, place_meant
from assistant.reading import PlacesRead, Reader
from assistant.state import State
from assistant.turn import Turn
from knowledge import places, regions
from knowledge.misspelt_places import HeldPlaces


@dataclass(frozen=True, slots=True)
class Told:
    text: str
    """The message, with the right name of a place that it misspells."""
    home: str | None
    """Code of the place that the person means as their own."""
    about: str | None
    """Code of another place that only this question is about."""


class Where:
    def __init__(self, held: HeldPlaces, reader: Reader | None) -> None:
        self._held, self._reader = held, reader

    def told(self, turn: Turn) -> Told:
        text, state = self._held.repaired(turn.text), turn.state
        if (read := self._read(turn, text)) is not None and not facts.is_place_alone(text, state.region):
            return Told(text, *self._as_read(read, state))
        home = facts.region_said(text, state.region)
        if home and home != state.region:
            return Told(text, home, None)
        passing = in_passing(asking(text, state.region), state.region) or place_meant(text, state)
        return Told(text, home, passing)

    def _read(self, turn: Turn, text: str) -> PlacesRead | None:
        """Only of messages that name a place at all."""
        if self._reader is None or not (places.named_in(text, near=turn.state.region) or text != turn.text):
            return None
        reading = self._reader.read(turn.text, turn.state)
        return reading.places if reading else None

    def _as_read(self, read: PlacesRead, state: State) -> tuple[str | None, str | None]:
        home, about = (self._code(name, state) for name in (read.home, read.about))
        if state.region is None:
            home = home or about
        elif home in regions.chain(state.region):
            home = None
        here = home or state.region
        return home, about if here and about not in regions.chain(here) else None

    def _code(self, name: str, state: State) -> str | None:
        """Of a place that is called so."""
        if not name:
            return None
        named = places.named_in(self._held.repaired(name), near=state.region)
        return named[0] if len(named) == 1 else places.named_alone(name, near=state.region)
