"""docker-compose.yml and the Dockerfile say what operators rely on."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
OURS = ["migrate", "web", "worker", "beat"]
SERVERS = ["postgres", "redis"]


def test_every_part_of_the_portal_is_there():
    assert sorted(COMPOSE["services"]) == sorted(OURS + SERVERS)


@pytest.mark.parametrize("name", [*OURS, *SERVERS])
def test_all_but_the_migration_come_back_after_a_failure(name):
    expected = "no" if name == "migrate" else "unless-stopped"

    assert COMPOSE["services"][name]["restart"] == expected


@pytest.mark.parametrize("name", ["web", *SERVERS])
def test_what_others_wait_for_says_whether_it_is_well(name):
    assert COMPOSE["services"][name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_on_old_tables(name):
    assert COMPOSE["services"][name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", OURS)
def test_ours_run_in_production_without_rights_to_spare(name):
    service = COMPOSE["services"][name]

    assert service["environment"]["MODE"] == "production"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("name", [*OURS, *SERVERS])
def test_every_named_volume_is_declared(name):
    named = {volume.split(":")[0] for volume in COMPOSE["services"][name].get("volumes", [])}

    assert named <= set(COMPOSE["volumes"])


def test_the_only_open_port_is_the_portals():
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["web"]


def test_no_secret_is_written_down():
    assert COMPOSE["services"]["postgres"]["environment"]["POSTGRES_PASSWORD"] == "${POSTGRES_PASSWORD:?set it in .env}"


def test_the_image_runs_as_an_ordinary_user_from_locked_packages():
    assert "USER hrportal" in DOCKERFILE.splitlines()
    assert "--require-hashes" in DOCKERFILE


def test_the_image_can_make_documents():
    assert all(name in DOCKERFILE for name in ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"])
