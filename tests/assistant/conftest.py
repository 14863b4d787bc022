"""What answers in conversations, over the sample."""

import pytest

from assistant.responder import Responder
from tests.assistant.chatting import responder
from tests.sample import OpenSample


@pytest.fixture(scope="module")
def engine(sample: OpenSample) -> Responder:
    return responder(sample)
