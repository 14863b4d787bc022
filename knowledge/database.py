"""The database: one engine, and transactions that belong to one user action (design.md 1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from knowledge.errors import StoreNotReady

BUSY_TIMEOUT_SECONDS = 30
SCRUB_TIMEOUT_SECONDS = 2
KEPT_CONNECTIONS, MOST_CONNECTIONS = 20, 60


class Database:
    """SQLite (WAL, BEGIN IMMEDIATE) or PostgreSQL behind one address."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite and parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        pool = {"pool_size": KEPT_CONNECTIONS, "max_overflow": MOST_CONNECTIONS - KEPT_CONNECTIONS}
        if self.is_sqlite:
            self.engine: Engine = create_engine(parsed, **({} if parsed.database in {None, "", ":memory:"} else pool))
        else:
            self.engine = create_engine(parsed, pool_pre_ping=True, **pool)
        if self.is_sqlite:
            _speak_sqlite(self.engine)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Read and write; commits when the block ends, rolls back when it raises."""
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view that never waits for a writer and never writes."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect().execution_options(xiaoer_reading=True, **options) as connection:
            yield connection
            connection.rollback()

    def scrub(self, table: str) -> None:
        """Make what was deleted from a table unreadable in the files too, not only gone for queries.

        Where readers stand in the way for long, some of it stays until the next time.
        """
        raw = self.engine.raw_connection()
        try:
            cursor = raw.cursor()
            if self.is_sqlite:  # freed pages are zeroed by secure_delete; what is left stands in the WAL
                cursor.execute(f"PRAGMA busy_timeout={SCRUB_TIMEOUT_SECONDS * 1000}")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}")
            cursor.close()
        finally:
            raw.close()
        if not self.is_sqlite:
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql(f"VACUUM {table}")

    def check(self) -> None:
        """Raise StoreNotReady when no statement can be run."""
        try:
            with self.reading() as tx:
                tx.execute(text("SELECT 1"))
        except OperationalError as error:
            raise StoreNotReady(str(error.orig).splitlines()[0]) from error

    def close(self) -> None:
        self.engine.dispose()


def _speak_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # we emit BEGIN ourselves
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("xiaoer_reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
