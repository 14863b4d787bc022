"""Puts the parts together: the one place that knows concrete classes."""

import logging
import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from api import encoders
from api.completions import Completions
from api.conversing import Conversing
from api.following import Streams
from api.rates import Rates
from api.settings import Settings
from assistant import answerability, conversations, migrations, switches
from assistant.computing import Computing
from assistant.conversations import ConversationLog
from assistant.fact_pickup import pick_up
from assistant.fanout import Fanout
from assistant.flows.answer import AnswerFlow
from assistant.flows.other_places import WITH_TRAINED_ENCODER, Evidence
from assistant.judging import judge_of
from assistant.means import Knowledge
from assistant.model_calls import Ledger
from assistant.relay import Relay
from assistant.responder import Responder as TurnResponder
from assistant.sealing import open_keyring
from assistant.sessions import Lifetime, Sessions
from assistant.switches import Switch
from assistant.talks import Talks
from assistant.turns import Limits, Responder, Turns
from assistant.writing import AnswerWriter, WrittenAnswer
from ingest.pipeline import Options, Outcome, Report, ingest
from knowledge import everyday_words, links, ranking, segmenter, synonyms, words
from knowledge.database import Database
from knowledge.embedding import EmbeddingModel, OnnxEmbedding
from knowledge.errors import IndexOwned, WeightsUnavailable
from knowledge.hub_models import find_or_fetch_model
from knowledge.index_keeper import IndexKeeper
from knowledge.index_reader import IndexReader, open_reader
from knowledge.library import Library
from knowledge.memory import MemoryKeeper
from knowledge.reranking import Reranker
from knowledge.rewriting import Rewriter
from knowledge.rules import current
from knowledge.rules.engine import Engine, shipped
from knowledge.sentence_models import CrossEncoderReranker, SentenceTransformersEmbedding, require_installed
from knowledge.vector_cache import CachedEmbedding
from knowledge.weights import WeightsSettings, find_or_fetch
from knowledge.weights_sources import OnBytes
from prompts.client import ChatModel
from prompts.settings import ModelSettings

CHINA = ZoneInfo("Asia/Shanghai")
SAMPLE = Path(__file__).parent.parent / "knowledge" / "sample"
SAMPLE_PARTS = ("documents", "faq.csv", "directory.csv", "service_items.csv")

log = logging.getLogger(__name__)


def today_in_china() -> date:
    return datetime.now(CHINA).date()


@dataclass(slots=True)
class Service:
    """One running installation."""

    settings: Settings
    database: Database
    embedding: CachedEmbedding | None
    asking: CachedEmbedding | None
    """What encodes questions; the same one, unless another was trained."""
    no_model: WeightsUnavailable | None
    """Why there is no embedding model."""
    indexes: IndexKeeper | IndexReader
    rewriter: Rewriter
    memory: MemoryKeeper
    library: Library
    answers: AnswerFlow
    model: ChatModel | None
    """The language model, when one is configured."""
    ledger: Ledger
    """What its calls cost."""
    today: Callable[[], date]

    @property
    def owns_indexes(self) -> bool:
        return isinstance(self.indexes, IndexKeeper)

    def catch_up(self, on_progress: Callable[[int, int], None] | None = None) -> None:
        """Bring the indexes up to date; in a second process that is the owner's work."""
        if isinstance(self.indexes, IndexKeeper):
            self.indexes.catch_up(on_progress)
        else:
            self.indexes.refresh()
        self.rewriter.refresh()
        self.memory.refresh(on_progress)

    def prepare(self) -> None:
        """Do beforehand what the first questions would otherwise wait for, each of them: a second in all."""
        everyday_words.frequencies()
        pick_up("我开店", shipped(), today=self.today())
        self.rules()

    def rules(self) -> Engine:
        """The rulebook, knowing which of its bases the documents held have ended or changed."""
        with self.database.reading() as tx:
            return current.engine_of(tx)

    def look_after_model(self) -> None:
        """Write down what it cost; and import beforehand what the first question would otherwise wait for."""
        self.ledger.write()
        if self.model:
            self.model.prepare()

    def ingest(
        self, paths: list[Path], options: Options, on_outcome: Callable[[Outcome], None] | None = None
    ) -> Report:
        return ingest(paths, self.database, at=datetime.now(UTC), options=options, on_outcome=on_outcome)

    def now(self) -> datetime:
        """The time in China, on the day that counts as today."""
        return datetime.combine(self.today(), datetime.now(CHINA).time(), CHINA)

    def close(self) -> None:
        if self.model:
            self.model.close()
        self.ledger.write()
        self.indexes.close()
        for encoder in {self.embedding, self.asking}:
            if encoder:
                encoder.close()
        self.database.close()


def open_database(settings: Settings) -> Database:
    """The store with the newest schema. Raises StoreNotReady."""
    database = Database(settings.database_address)
    database.check()
    migrations.upgrade(database)
    return database


def open_embedding(
    settings: Settings,
    on_bytes: OnBytes | None = None,
    vector_cache: Path | None = None,
    encoder: EmbeddingModel | None = None,
) -> tuple[CachedEmbedding | None, WeightsUnavailable | None]:
    """The embedding model, or why there is none: then words alone decide, and every answer says so.

    One that was chosen in the settings must work: ModelsNotInstalled, ModelUnusable.
    """
    model: EmbeddingModel
    if encoder is not None:
        model = encoder
    elif settings.embedding_model:
        model = _chosen_embedding(settings, settings.embedding_model, on_bytes)
    else:
        try:
            folder = find_or_fetch(weights_settings(settings), on_progress=on_bytes)
        except WeightsUnavailable as error:
            log.warning("%s", error)
            return None, error
        model = OnnxEmbedding(folder, threads=settings.threads)
    return CachedEmbedding(model, vector_cache or settings.cache / "vectors.db"), None


def _chosen_embedding(settings: Settings, name: str, on_bytes: OnBytes | None) -> EmbeddingModel:
    require_installed(name)
    folder = find_or_fetch_model(name, weights_settings(settings), on_progress=on_bytes)
    return SentenceTransformersEmbedding(
        folder, name=name, pooling=settings.embedding_pooling, threads=settings.threads
    )


def open_reranker(settings: Settings, on_bytes: OnBytes | None = None) -> Reranker | None:
    """The re-ranker, when one is chosen. Raises ModelsNotInstalled, ModelUnusable."""
    name = settings.reranker_model
    if not name:
        return None
    require_installed(name)
    folder = find_or_fetch_model(name, weights_settings(settings), on_progress=on_bytes)
    return CrossEncoderReranker(folder, name=name, top=settings.rerank_top, threads=settings.threads)


def weights_settings(settings: Settings) -> WeightsSettings:
    return WeightsSettings(cache=settings.cache, model_dir=settings.model_dir, offline=settings.offline)


def open_service(
    settings: Settings,
    *,
    own_indexes: bool = False,
    words_only: bool = False,
    vector_cache: Path | None = None,
    encoder: EmbeddingModel | None = None,
    today: Callable[[], date] = today_in_china,
    on_bytes: OnBytes | None = None,
    on_written: Callable[[WrittenAnswer], None] = lambda written: None,
) -> Service:
    """Open everything. With `own_indexes` a second process is an error, else it only reads the indexes.

    `encoder` stands in for the embedding model of the settings.
    """
    quiet_libraries(offline=settings.offline)
    words.use(segmenter.choose(settings.cache / "jieba"))
    with ExitStack() as on_failure:
        database = open_database(settings)
        on_failure.callback(database.close)
        reranker = None if words_only else open_reranker(settings, on_bytes)
        embedding, no_model = (None, None) if words_only else open_embedding(settings, on_bytes, vector_cache, encoder)
        if embedding:
            on_failure.callback(embedding.close)
        indexes = _open_indexes(settings, database, embedding, own_indexes=own_indexes, today=today)
        on_failure.pop_all()
    known = links.shipped()
    spoken = synonyms.load(synonyms.SHIPPED, settings.home / "synonyms.csv")
    rewriter = Rewriter(database, spoken, settings.cache, [link.question for link in known])
    trained = ranking.read(settings.home, embedding.fingerprint) if embedding else None
    kept = vector_cache or settings.cache / "vectors.db"
    asking = encoders.asking(embedding, trained, kept, settings.threads) if embedding else None
    memory = MemoryKeeper(database, embedding, known, today=today, asking=asking)
    library = Library(
        database,
        indexes,
        asking.model if asking else None,  # bare: a question is encoded once, its vector is nobody's to keep
        today=today,
        rewriter=rewriter,
        memory=memory,
        ranking=trained,
        reranker=reranker,
    )
    ledger = Ledger(database)
    model = open_model(settings, database, ledger)
    # Not the cached one: what a model writes is not kept.
    similarity = embedding.model.encode if embedding else None
    writer = AnswerWriter(model, similarity, on_written=on_written) if model else None
    calibrated = answerability.load(trained_encoder=bool(trained and trained.encoder))
    evidence = WITH_TRAINED_ENCODER if trained and trained.encoder else Evidence()
    flow = AnswerFlow(
        library, database, writer=writer, evidence=evidence, answerability=calibrated, judge=judge_of(model)
    )
    return Service(
        settings, database, embedding, asking, no_model, indexes, rewriter, memory, library, flow, model, ledger, today
    )


def open_conversing(service: Service, responder: Responder | None = None) -> Conversing:
    """What holds conversations, not yet started. Raises WrongSecret, WeakSecret, BadSecretFile."""
    settings, database = service.settings, service.database
    keyring = open_keyring(settings.secret.get_secret_value(), settings.home)
    with database.transaction() as tx:
        conversations.fit(tx, keyring)
    log_of_all, fanout = ConversationLog(keyring), Fanout()
    relay = Relay(database, fanout)
    answering = responder or open_responder(service)
    limits, computing = Limits(settings.turn_workers, settings.most_waiting), Computing(max(2, os.cpu_count() or 2))
    if service.model:
        service.model.on_wait = computing.leave
    turns = Turns(database, log_of_all, answering, fanout, relay, limits=limits, computing=computing, now=service.now)
    lifetime = Lifetime(timedelta(minutes=settings.session_minutes), timedelta(days=settings.session_renewable_days))
    sessions = Sessions(keyring.derived("sessions"), lifetime)
    talks = Talks(database, log_of_all, sessions, turns, fanout, relay, now=service.now)
    rates = Rates(settings, keyring.derived("addresses"))
    completions = Completions(answering, settings.turn_workers, service.now)
    return Conversing(talks, completions, turns, relay, rates, Streams(settings.most_streams))


def open_responder(service: Service) -> Responder:
    """What answers the public. Raises BadExemplars, BadSafetyRules, BadCalendar for files of the installation."""
    knowledge = Knowledge(service.database, service.library, service.answers, service.embedding, service.model)
    settings = service.settings
    return TurnResponder(knowledge, home=settings.home, region=settings.region, keep_days=settings.retention_days)


def _open_indexes(
    settings: Settings,
    database: Database,
    embedding: CachedEmbedding | None,
    *,
    own_indexes: bool,
    today: Callable[[], date],
) -> IndexKeeper | IndexReader:
    try:
        return IndexKeeper(database, settings.index_folder, embedding, backend=settings.vector_index, today=today)
    except IndexOwned:
        if own_indexes:
            raise
        return open_reader(database, settings.index_folder, embedding, today=today)


def open_model(settings: Settings, database: Database, ledger: Ledger) -> ChatModel | None:
    """The language model that writes answers, when one is configured; a switch in SQL turns it off for all."""
    endpoint = model_settings(settings)

    def is_on() -> bool:
        with database.reading() as tx:
            return switches.is_on(tx, Switch.MODEL)

    return ChatModel(endpoint, is_on=is_on, on_call=ledger.note) if endpoint else None


def model_settings(settings: Settings) -> ModelSettings | None:
    if not settings.model_base_url or not settings.model_name:
        return None
    return ModelSettings(
        settings.model_base_url,
        settings.model_name,
        settings.model_api_key.get_secret_value(),
        timeout_seconds=settings.model_timeout_seconds,
        budget_seconds=settings.model_budget_seconds,
        reads=settings.model_reads,
    )


def sample_paths() -> list[Path]:
    return [SAMPLE / part for part in SAMPLE_PARTS]


def quiet_libraries(*, offline: bool = False) -> None:
    """Nothing leaves the house unasked (design.md 14)."""
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    for name in ("LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING", "LANGCHAIN_TRACING"):
        os.environ[name] = "false"  # the first that is set decides
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["DO_NOT_TRACK"] = "1"
    if offline:
        os.environ["HF_HUB_OFFLINE"] = "1"
