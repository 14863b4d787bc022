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
