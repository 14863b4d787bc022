"""What endpoints ask the app for."""

from typing import Annotated, cast

from fastapi import Depends, Request

from api.bootstrap import Service
from api.conversing import Conversing
from api.upkeep import Upkeep


async def _service(request: Request) -> Service:
    return cast("Service", request.app.state.service)


async def _upkeep(request: Request) -> Upkeep:
    return cast("Upkeep", request.app.state.upkeep)


async def _conversing(request: Request) -> Conversing:
    return cast("Conversing", request.app.state.conversing)


TheService = Annotated[Service, Depends(_service)]
TheConversing = Annotated[Conversing, Depends(_conversing)]
TheUpkeep = Annotated[Upkeep, Depends(_upkeep)]


def _counted(conversing: TheConversing, request: Request) -> None:
    conversing.rates.a_request(request)


def _question_counted(conversing: TheConversing, request: Request) -> None:
    conversing.rates.a_question(request)


COUNTED = [Depends(_counted)]
"""Of every public route that costs work: how often one address may ask at all."""
QUESTION_COUNTED = [Depends(_question_counted)]
"""Of every route that answers a question outside a conversation."""
