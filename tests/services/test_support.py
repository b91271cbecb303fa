"""The servers that other tests lean on do what their names say."""

import os

import psycopg2
import pytest
import redis

from tests.support.processes import Process, wait_until

pytestmark = pytest.mark.services


def rows(postgres, database):
    with psycopg2.connect(postgres.url(database)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT number FROM kept")
        return cursor.fetchall()


@pytest.fixture
def kept(postgres):
    """A database with one committed row."""
    name = postgres.create_database()
    postgres.execute("CREATE TABLE kept AS SELECT 1 AS number", database=name)
    yield name
    postgres.drop_database(name)


def test_postgres_keeps_committed_rows_over_a_restart(postgres, kept):
    postgres.restart()

    assert rows(postgres, kept) == [(1,)]


def test_a_copied_database_is_separate(postgres, kept):
    copy = postgres.create_database(template=kept)

    postgres.execute("DELETE FROM kept", database=copy)

    assert rows(postgres, copy) == []
    assert rows(postgres, kept) == [(1,)]


def test_cut_connections_ends_them(postgres, kept):
    connection = psycopg2.connect(postgres.url(kept))

    postgres.cut_connections(kept)

    with pytest.raises(psycopg2.OperationalError):
        connection.cursor().execute("SELECT 1")


def test_a_frozen_redis_accepts_and_stays_silent(redis_server):
    redis_server.suspend()
    impatient = redis.Redis.from_url(redis_server.url, socket_timeout=0.3, socket_connect_timeout=1)

    with pytest.raises(redis.TimeoutError):
        impatient.ping()

    redis_server.resume()
    assert redis_server.client().ping()


def test_a_restarted_redis_is_empty(redis_server):
    redis_server.client().set("hint", 1)

    redis_server.restart()

    assert redis_server.client().get("hint") is None


def test_a_stopped_redis_refuses(redis_server):
    redis_server.stop()

    with pytest.raises(redis.ConnectionError):
        redis_server.client().ping()


def test_a_supervised_process_comes_back_after_a_kill(tmp_path):
    process = Process(["sleep", "60"], log=tmp_path / "log", env=dict(os.environ), supervised=True).start()
    first = process.pid

    process.kill()

    wait_until(lambda: process.is_running and process.pid != first)
    process.stop()
    assert process.starts == 2
    assert not process.is_running
