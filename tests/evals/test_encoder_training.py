"""Training the encoder of questions: the same encoder to begin with, and what it learns comes through the ONNX runtime."""

import numpy as np

from knowledge.embedding import OnnxEmbedding
from tests.knowledge.small_models import built_in, needs_models

pytestmark = needs_models

PASSAGES = ["个体工商户申请注销登记的，无需公示", "经营者应当明码标价", "转让门面须经出租人同意", "发票应当加盖印章"]
ASKED = [("铺子不搞哒么样销户", 0), ("菜价要写牌牌不", 1), ("门面转给老表要房东点头不", 2), ("扯票要盖章么", 3)]


def test_it_begins_as_the_encoder_of_the_passages() -> None:
    from evals.encoder_training import Encoder, _padded, _tokens

    questions = [question for question, _ in ASKED]
    encoder = Encoder(built_in())
    vectors = encoder(*_padded(_tokens(built_in(), questions))).detach().numpy()
    assert np.abs(vectors - OnnxEmbedding(built_in()).encode(questions)).max() < 1e-5


def test_what_is_learned_brings_questions_nearer_to_their_clauses() -> None:
    from evals.encoder_training import Lesson, train

    before = OnnxEmbedding(built_in())
    passages = before.encode(PASSAGES)
    questions = [question for question, _ in ASKED] * 24
    told: list[int] = []
    tuned = train(
        before.folder,
        Lesson(questions, [[row] for _, row in ASKED] * 24, passages),
        on_progress=lambda done, _: told.append(done),
    )
    after = OnnxEmbedding(before.folder, tuned=tuned)
    rows = [row for _, row in ASKED]
    nearness = [float((one.encode(questions[:4]) * passages[rows]).sum(-1).mean()) for one in (before, after)]
    assert nearness[1] > nearness[0]
    assert told == [1, 2, 3, 4, 5, 6]
    assert after.fingerprint != before.fingerprint
