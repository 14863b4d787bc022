"""What endpoints ask the app for."""

from typing import Annotated, cast

from fastapi import Depends, Request

from api.bootstrap import Service
from api.upkeep import Upkeep


async def _service(request: Request) -> Service:
    return cast("Service", request.app.state.service)


async def _upkeep(request: Request) -> Upkeep:
    return cast("Upkeep", request.app.state.upkeep)


TheService = Annotated[Service, Depends(_service)]
TheUpkeep = Annotated[Upkeep, Depends(_upkeep)]
