"""The local intake service as a part that can be started, stopped and disturbed."""

import json
import socket
import threading
from enum import StrEnum
from pathlib import Path

import uvicorn
from sqlalchemy import update

from sandbox.intake.applicant_acts import ApplicantActs
from sandbox.intake.authority import Authority
from sandbox.intake.bookings import Bookings
from sandbox.intake.case_calls import CaseCalls
from sandbox.intake.case_states import CaseStates
from sandbox.intake.casework import Casework
from sandbox.intake.citizen_calls import CitizenCalls
from sandbox.intake.database import Database
from sandbox.intake.desk.mounting import PATH, mount_desk
from sandbox.intake.desk.officers import add_sample_officer
from sandbox.intake.dossiers import Dossiers
from sandbox.intake.exporting import everything
from sandbox.intake.gate import Gate
from sandbox.intake.hall_calls import HallCalls
from sandbox.intake.hall_tables import BookingRow
from sandbox.intake.help_calls import HelpCalls, load_guides
from sandbox.intake.identity_tokens import IdentityTokens, load_people
from sandbox.intake.item_directory import load_items
from sandbox.intake.kiosk_calls import KioskCalls
from sandbox.intake.licences import Licences
from sandbox.intake.queues import Queues
from sandbox.intake.receiving import Receiving
from sandbox.intake.records import Records
from sandbox.intake.registry import Registry
from sandbox.intake.sealed_contents import SealedContents
from sandbox.intake.sealing_keys import SealingKeys
from sandbox.intake.service import Intake
from sandbox.intake.slip_keys import SlipKeys
from sandbox.intake.tables import Case
from sandbox.intake.tls import TellsPeer, server_context
from sandbox.intake.window_directory import load_windows
from sandbox.intake.working_days import load_holidays

SLOW = 4.0
"""Seconds by which each answer is held back in the slow mode."""


class Mode(StrEnum):
    UP = "up"
    DOWN = "down"
    SLOW = "slow"


class LocalIntake:
    """An intake on this machine. What it received stays in the SQLite file in `folder`, or in the
    PostgreSQL `database` (postgresql+psycopg://…), from one start to the next.

    `port` 0 takes a free one, which stays the same through every change of mode. Down means that
    nothing listens: a connection is refused, as from a machine that is off. With `tls` its
    certificate names `host`, localhost and 127.0.0.1, and kiosks show theirs.
    """

    def __init__(
        self,
        host: str,
        port: int,
        folder: Path,
        *,
        tls: bool = False,
        database: str | None = None,
    ) -> None:
        """sqlalchemy's OperationalError when the database cannot be reached."""
        self._host = host
        self._port = port
        self._folder = folder
        self._database = Database(database) if database else Database.in_folder(folder)
        self._authority = Authority(self._database)
        self._keys = SealingKeys(self._database)
        self._registry = Registry(self._database, self._authority)
        holidays = load_holidays()
        casework = Casework(load_items(), holidays)
        contents = SealedContents(self._keys)
        receiving = Receiving(contents, SlipKeys(self._database), Records(), casework)
        self._tokens = IdentityTokens(self._database, load_people())
        gate = Gate(self._database, self._registry)
        kiosks = KioskCalls(
            gate, self._database, self._registry, self._keys, receiving, self._tokens
        )
        citizens = CitizenCalls(gate, receiving, CaseStates(casework))
        dossiers = Dossiers(casework, self._result_address, Licences())
        cases = CaseCalls(gate, contents, dossiers, ApplicantActs(contents, casework))
        queues = Queues(Bookings(self._database, load_windows(), holidays))
        help_calls = HelpCalls(load_guides())
        hall = HallCalls(gate, contents, queues, help_calls)
        self._intake = Intake()
        self._application = self._intake.application(
            {**kiosks.answers, **citizens.answers, **cases.answers, **hall.answers}
        )
        mount_desk(
            self._application,
            self._database,
            casework,
            self._registry,
            self._keys,
            receiving.slip_keys,
            self._tokens,
            queues,
            help_calls,
        )
        self._tls = tls
        self._lock = threading.Lock()
        self._mode = Mode.DOWN
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        return self._port

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self._host}:{self._port}/"

    @property
    def desk_url(self) -> str:
        """Where officers sign in."""
        return f"{self.url.rstrip('/')}{PATH}/"

    @property
    def authority(self) -> Path:
        """The certificate of the authority that kiosks trust, PEM."""
        file = self._folder / "authority.pem"
        self._folder.mkdir(parents=True, exist_ok=True)
        file.write_text(self._authority.certificate, encoding="ascii")
        return file

    @property
    def mode(self) -> Mode:
        return self._mode

    def start(self) -> None:
        """Listen, in the mode up; returns when it does. OSError when the port is in use."""
        self.set_mode(Mode.UP)

    def stop(self) -> None:
        """Stop for good."""
        self.set_mode(Mode.DOWN)
        self._intake.close()
        self._database.close()

    def set_mode(self, mode: Mode | str) -> None:
        """Change while it runs; returns when the change is done. ValueError for no mode."""
        wanted = Mode(mode)
        with self._lock:
            self._intake.delay = SLOW if wanted is Mode.SLOW else 0.0
            match wanted:
                case Mode.UP | Mode.SLOW:
                    self._listen()
                case Mode.DOWN:
                    self._refuse()
            self._mode = wanted

    def issue_code(self, kiosk: str, standing: bool = False) -> str:
        """A code with which this kiosk can be enrolled: once within 24 hours, or, `standing`,
        again and again."""
        return self._registry.issue_code(kiosk, standing)

    def set_standing_code(self, kiosk: str, code: str) -> None:
        """A standing code that was agreed before."""
        self._registry.set_code(kiosk, code, standing=True)

    def issue_token(self, name: str) -> str:
        """An identity code of this sample person, for once within a minute. KeyError for a name
        that none of them has."""
        return self._tokens.issue(name)

    def revoke(self, kiosk: str) -> None:
        """Accept nothing from this kiosk until it is enrolled anew."""
        self._registry.revoke(kiosk)

    def add_sample_officer(self) -> Path | None:
        """Where nobody can sign in at the desk yet, an administrator; returns the file in the
        folder that holds name and password, for its owner alone."""
        with self._database.transaction() as session:
            return add_sample_officer(session, self._folder)

    def forget_people(self) -> None:
        """From now on as if nobody had been here before: what came in stays, and belongs to
        nobody who comes. For tours, which all begin with the same few cards."""
        with self._database.transaction() as session:
            session.execute(update(Case).values(person="", principal=None))
            session.execute(update(BookingRow).values(person=""))

    def rotate_sealing_key(self) -> None:
        """From now on kiosks seal to a new key; the old ones still open."""
        self._keys.rotate()

    def export(self, path: Path) -> None:
        """Write everything as the intake stored it: JSON in UTF-8, to be read by a person."""
        path.parent.mkdir(parents=True, exist_ok=True)
        stored = json.dumps(everything(self._database), ensure_ascii=False, indent=2)
        path.write_text(stored + "\n", encoding="utf-8")

    def _result_address(self, token: str) -> str:
        return f"{self.desk_url}results/{token}"

    def _listen(self) -> None:
        if self._server is not None:
            return
        # asyncio switches Nagle's delay off only where the protocol is named: without it each
        # answer waits 40 ms for the other side's acknowledgement.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((self._host, self._port))
            listening.listen(128)
        except OSError:
            listening.close()
            raise
        self._port = listening.getsockname()[1]
        names = list(dict.fromkeys((self._host, "localhost", "127.0.0.1")))
        context = server_context(self._authority, names) if self._tls else None
        server = uvicorn.Server(
            uvicorn.Config(
                self._application,
                lifespan="off",
                log_level="warning",
                access_log=False,
                proxy_headers=False,
                timeout_graceful_shutdown=1,
                http=TellsPeer,
                loop="asyncio",
                ssl_context_factory=(lambda *_: context) if context else None,
            )
        )
        thread = threading.Thread(
            target=server.run, args=([listening],), name="local-intake", daemon=True
        )
        thread.start()
        self._server, self._thread = server, thread

    def _refuse(self) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join()
        self._server = self._thread = None
