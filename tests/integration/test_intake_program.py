"""The intake service as a program: what it keeps, how it is run, disturbed and read."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, select, text

from kiosk.intake.contract import IdentityContent
from sandbox.intake.__main__ import main
from sandbox.intake.database import Database, migrations
from sandbox.intake.local_intake import LocalIntake, Mode
from sandbox.intake.tables import AuditEntry, Base, Case
from tests.integration.intake_fixtures import NUMBER, application
from tests.integration.outside_kiosk import OutsideKiosk, enrolled

pytest_plugins = ["intake_fixtures", "service_fixtures"]

ROOT = Path(__file__).parents[2]
HAMDAN = ["HAMDAN", "NOOR", "ABDULLAH", "BIN", "MUHAMMAD", "RIDZUAN"]


def test_whatever_is_received_stands_in_the_audit_trail(tmp_path: Path) -> None:
    """Codes, enrolments, receipts, ratings, key changes and revocations, in their order, without
    the applicant."""
    intake = LocalIntake("127.0.0.1", 0, tmp_path)
    intake.start()
    kiosk = enrolled(intake)
    body = kiosk.application()
    kiosk.post("applications", body)
    kiosk.post("ratings", kiosk.rating(body["reference"], 1, ("等了太久",)))
    intake.rotate_sealing_key()
    intake.revoke("JL-03")
    intake.stop()
    database = Database.in_folder(tmp_path)
    with database.reading() as session:
        trail = list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    database.close()
    assert [
        "sealing-key-made",
        "slip-key-made",
        "code-issued",
        "enrolled",
        "received",
        "rated",
        "sealing-key-made",
        "revoked",
    ] == [entry.action for entry in trail]
    assert [] == [e for e in trail if "欧阳示例" in str(e.detail) or "太久" in str(e.detail)]


def test_the_migrations_make_the_tables(tmp_path: Path) -> None:
    """The schema that the steps lead to is the one that the program works on."""
    database = Database.in_folder(tmp_path)
    with database.transaction() as session:
        context = MigrationContext.configure(session.connection())
        assert [] == compare_metadata(context, Base.metadata)
    database.close()


def test_cases_of_before_belong_to_their_applicants(tmp_path: Path) -> None:
    """A database of an older version is brought up to date with its rows: whose each case is."""
    engine = create_engine(f"sqlite:///{tmp_path / 'office.sqlite'}")
    whole = application().model_copy(update={"answers": {"principal_number": "350428197605210036"}})
    columns = {
        "number": "3504282611240001",
        "kiosk": "JL-03",
        "reference": "JL03-261124-K7QM2X",
        "item": "041",
        "kept_at": "2026-11-24T09:30:00+08:00",
        "received_at": "2026-11-24T09:30:02+08:00",
        "digest": "0" * 64,
        "content": whole.model_dump_json(),
        "state": "received",
    }
    more = dict.fromkeys(("version", "deemed", "due_provisional", "stopped_days"), 0)
    with engine.begin() as connection:
        command.upgrade(migrations(connection), "0003")
        row = {**columns, **more}
        names = ", ".join(row), ", ".join(f":{name}" for name in row)
        connection.execute(text(f'INSERT INTO "case" ({names[0]}) VALUES ({names[1]})'), row)
    engine.dispose()
    database = Database.in_folder(tmp_path)
    with database.reading() as session:
        case = session.get_one(Case, "3504282611240001")
        assert (NUMBER, "350428197605210036") == (case.person, case.principal)
    database.close()


def test_the_database_is_for_its_owner(tmp_path: Path) -> None:
    """The file that has the office's keys is readable by nobody else."""
    database = Database.in_folder(tmp_path)
    database.close()
    assert [0o600] == [file.stat().st_mode & 0o777 for file in tmp_path.glob("*.sqlite")]


def test_down_means_refused(intake: LocalIntake) -> None:
    """Nothing listens while it is down, and the same port answers when it is up again."""
    port = intake.port
    intake.set_mode(Mode.DOWN)
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), 2):
        pass
    intake.set_mode(Mode.UP)
    assert "ok" == requests.get(f"http://127.0.0.1:{port}/v1/health", timeout=5).json()["status"]


def test_the_export_is_for_people(
    service: LocalIntake, kiosk: OutsideKiosk, tmp_path: Path
) -> None:
    """The record is written in readable Chinese."""
    kiosk.post("applications", kiosk.application())
    service.export(tmp_path / "out" / "record.json")
    assert "高龄津贴申领" in (tmp_path / "out" / "record.json").read_text(encoding="utf-8")


def test_it_answers_without_waiting_for_acknowledgements(kiosk: OutsideKiosk) -> None:
    """Twenty answers on one connection come in less time than Nagle's delay (40 ms each) takes."""
    took = [
        kiosk.session.get(f"{kiosk.url}v1/health", timeout=5).elapsed.total_seconds()
        for _ in range(20)
    ]
    assert sorted(took)[10] < 0.03


def test_it_runs_by_itself(tmp_path: Path) -> None:
    """`python -m sandbox.intake` serves, and takes orders on its standard input."""
    command = [sys.executable, "-m", "sandbox.intake", "--port", "0", "--folder", str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdin is not None and service.stdout is not None

        def ordered(line: str) -> str:
            assert service.stdin is not None and service.stdout is not None
            service.stdin.write(f"{line}\n")
            service.stdin.flush()
            return service.stdout.readline()

        url = service.stdout.readline().split()[-1]
        assert 200 == requests.get(f"{url}v1/health", timeout=5).status_code
        assert re.fullmatch(r"code [0-9A-Z]{16}\n", ordered("code JL-03"))
        assert "there is no such order" in ordered("revoke")
        assert "there is no sample person of this name\n" == ordered("token 谁")
        assert "intake down\n" == ordered("down")
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{url}v1/health", timeout=5)
        service.terminate()


def test_an_order_is_done_beside_a_service_that_runs(
    intake: LocalIntake,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The code that a second program prints is good at the first one."""
    order = ["intake", "--folder", str(tmp_path / "intake"), "token", *HAMDAN]
    monkeypatch.setattr(sys, "argv", order)
    assert 0 == main()
    token = capsys.readouterr().out.split()[-1]
    kiosk = enrolled(intake)
    sealed = kiosk.sealed(IdentityContent(token=token))
    answer = kiosk.post("identities", {"kiosk": "JL-03", "sealed": sealed}, "")
    assert " ".join(HAMDAN) == answer.json()["applicant"]["name"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--port", "{port}"], "cannot listen on 127.0.0.1:{port}"),
        (["--database", "postgresql+psycopg://127.0.0.1:1/none"], "cannot use the database"),
        (["down"], "down is for the service that runs"),
    ],
)
def test_what_cannot_be_served_is_one_line(
    service: LocalIntake,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    words: str,
) -> None:
    """Where it cannot listen or store, it says so and ends with status 2."""
    more = [part.format(port=service.port) for part in more]
    monkeypatch.setattr(sys, "argv", ["intake", "--folder", str(tmp_path), *more])
    with pytest.raises(SystemExit) as ended:
        main()
    assert 2 == ended.value.code
    assert words.format(port=service.port) in capsys.readouterr().err
