"""What the intake keeps, as tables. The schema's history is in `migrations/`.

Moments are ISO 8601 with China's offset, days ISO 8601: texts that sort as they follow each other,
the same in SQLite and PostgreSQL.
"""

from pydantic import JsonValue
from sqlalchemy import JSON, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Moment = String(40)
Day = String(10)


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012
        dict[str, JsonValue]: JSON,
        list[JsonValue]: JSON,
    }


class Case(Base):
    """An application, opened (this is the office), and where its case stands.

    `due_on` is the day by which it must be decided, None before it is accepted and for items
    without a known limit; `due_provisional` (暂定): part of the way lies beyond the last year whose
    holidays are known. `stopped_on`: the clock stands since then (补正). `stopped_days` counts the
    working days that it stood before.

    `limit_days`: the promise at acceptance, in working days, None unknown. `deemed`: accepted
    because nobody answered in time. `outcome`: approved or not_approved. `version` counts acts.

    `department` handles it instead of the item's own, because the applicant named it.

    `person` is the number of whoever signed in at the kiosk, `principal` that of whom they act
    for. `bundle` and `office` as in the contract. `content` is what counts now; what it was before
    a correction stands in `correction`. `withdrawal`: one of the kiosk's keys.

    `result_window`, `by_post` and `result_token`: where the result is ready, that it can be sent,
    and the unguessable end of the address under which it can be read. `posting`: whom to send it.
    """

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("kiosk", "reference"),
        Index("case_by_state", "state", "due_on"),
        Index("case_by_reference", "reference"),
        Index("case_by_bundle", "bundle"),
        Index("case_by_person", "person"),
        Index("case_by_principal", "principal"),
        Index("case_by_result", "result_token", unique=True),
    )

    number: Mapped[str] = mapped_column(String(18), primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(3))
    bundle: Mapped[str | None] = mapped_column(String(40))
    office: Mapped[str | None] = mapped_column(String(6))
    department: Mapped[str | None] = mapped_column(String(40))
    person: Mapped[str] = mapped_column(String(40), default="")
    principal: Mapped[str | None] = mapped_column(String(40))
    kept_at: Mapped[str] = mapped_column(Moment)
    received_at: Mapped[str] = mapped_column(Moment)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, JsonValue]]
    state: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=0)
    accepted_at: Mapped[str | None] = mapped_column(Moment)
    deemed: Mapped[bool] = mapped_column(default=False)
    limit_days: Mapped[int | None]
    refused_at: Mapped[str | None] = mapped_column(Moment)
    refusal_reasons: Mapped[str | None] = mapped_column(Text)
    refused_to: Mapped[str | None] = mapped_column(Text)
    corrected_at: Mapped[str | None] = mapped_column(Moment)
    withdrawn_at: Mapped[str | None] = mapped_column(Moment)
    withdrawal: Mapped[str | None] = mapped_column(String(40))
    withdrawal_words: Mapped[str | None] = mapped_column(Text)
    due_on: Mapped[str | None] = mapped_column(Day)
    due_provisional: Mapped[bool] = mapped_column(default=False)
    extended_at: Mapped[str | None] = mapped_column(Moment)
    extension_days: Mapped[int | None]
    extension_reason: Mapped[str | None] = mapped_column(Text)
    stopped_on: Mapped[str | None] = mapped_column(Day)
    stopped_days: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[str | None] = mapped_column(String(20))
    outcome_words: Mapped[str | None] = mapped_column(Text)
    finished_at: Mapped[str | None] = mapped_column(Moment)
    result_window: Mapped[str] = mapped_column(String(60), default="")
    by_post: Mapped[bool] = mapped_column(default=False)
    result_token: Mapped[str | None] = mapped_column(String(43))
    posting: Mapped[dict[str, JsonValue] | None]
    posting_at: Mapped[str | None] = mapped_column(Moment)
    delivered_at: Mapped[str | None] = mapped_column(Moment)


class Correction(Base):
    """That what was handed in was replaced. `reference` is that of the application which did it;
    `content` and `digest` are what counted until then, with its files."""

    __tablename__ = "correction"
    __table_args__ = (UniqueConstraint("kiosk", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("case.number"), index=True)
    kiosk: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(40), index=True)
    kept_at: Mapped[str] = mapped_column(Moment)
    at: Mapped[str] = mapped_column(Moment)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, JsonValue]]


class ApplicantAct(Base):
    """What an applicant did to a case from a kiosk, as it was signed: `content` is the contract's
    `CaseActContent` without its files."""

    __tablename__ = "applicant_act"
    __table_args__ = (UniqueConstraint("kiosk", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("case.number"), index=True)
    kiosk: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(40))
    kept_at: Mapped[str] = mapped_column(Moment)
    received_at: Mapped[str] = mapped_column(Moment)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, JsonValue]]


class MissingMaterial(Base):
    """A material that is still to come: asked for (补正), or promised (容缺) by `due_on`,
    `days` working days after `asked_at`. `stops_clock`: asked for after acceptance. `supplied_as`:
    file, original or electronic where the applicant supplied it from a kiosk."""

    __tablename__ = "missing_material"

    id: Mapped[int] = mapped_column(primary_key=True)
    case: Mapped[str] = mapped_column(ForeignKey("case.number"), index=True)
    promised: Mapped[bool]
    stops_clock: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    days: Mapped[int | None]
    due_on: Mapped[str | None] = mapped_column(Day)
    due_provisional: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[str] = mapped_column(Moment)
    supplied_at: Mapped[str | None] = mapped_column(Moment)
    supplied_as: Mapped[str | None] = mapped_column(String(20))


class SuppliedFile(Base):
    """A file that came for a missing material; `content` is base64."""

    __tablename__ = "supplied_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    material: Mapped[int] = mapped_column(ForeignKey("missing_material.id"), index=True)
    name: Mapped[str] = mapped_column(Text)
    media_type: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)


class Rating(Base):
    """One for each service, and what came of a bad one: contact within a working day, put right
    within two. `case`: the number of the case that is meant, or of a bundle's first; None for a
    slip, and where the case came later."""

    __tablename__ = "rating"

    reference: Mapped[str] = mapped_column(String(40), primary_key=True)
    case: Mapped[str | None] = mapped_column(String(18), index=True)
    kiosk: Mapped[str] = mapped_column(String(20))
    level: Mapped[int]
    reasons: Mapped[list[JsonValue]]
    kept_at: Mapped[str] = mapped_column(Moment)
    received_at: Mapped[str] = mapped_column(Moment)
    contact_due_on: Mapped[str | None] = mapped_column(Day)
    resolve_due_on: Mapped[str | None] = mapped_column(Day)
    due_provisional: Mapped[bool] = mapped_column(default=False)
    contacted_at: Mapped[str | None] = mapped_column(Moment)
    resolved_at: Mapped[str | None] = mapped_column(Moment)
    resolution: Mapped[str | None] = mapped_column(Text)


class LookUp(Base):
    """That a record was shown; not whose."""

    __tablename__ = "look_up"

    number: Mapped[str] = mapped_column(String(24), primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(20))
    item: Mapped[str] = mapped_column(String(3))
    answered_at: Mapped[str] = mapped_column(Moment)


class IdentityToken(Base):
    """An identity code that can still be used. `digest` is SHA-256 of the token, `person` the
    name of one of the sample people."""

    __tablename__ = "identity_token"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(String(120))
    expires_at: Mapped[str] = mapped_column(Moment, index=True)


class AuditEntry(Base):
    """Who did what to what, when; rows are added and never changed. `subject` is a case number, a
    reference, a kiosk or an officer. `detail` names no applicant."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60), index=True)
    detail: Mapped[dict[str, JsonValue]]


class StoredAnswer(Base):
    """The answer that a key was given, and the digest of the payload that it came with."""

    __tablename__ = "stored_answer"

    kiosk: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    path: Mapped[str] = mapped_column(String(60))
    payload: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[str] = mapped_column(Moment, index=True)


class Serial(Base):
    """The last serial given in one series on one day (yymmdd)."""

    __tablename__ = "serial"

    series: Mapped[str] = mapped_column(String(20), primary_key=True)
    day: Mapped[str] = mapped_column(String(6), primary_key=True)
    last: Mapped[int]


class DeviceKey(Base):
    """A kiosk's public key and the certificate that it was given. `serial` is the certificate's,
    in hex. Keys are kept for ever: what was signed with one may still be on its way."""

    __tablename__ = "device_key"

    kid: Mapped[str] = mapped_column(String(43), primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(20), index=True)
    public_key: Mapped[dict[str, JsonValue]]
    serial: Mapped[str] = mapped_column(String(40), unique=True)
    certificate: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[str] = mapped_column(Moment)
    not_after: Mapped[str] = mapped_column(Moment)
    revoked_at: Mapped[str | None] = mapped_column(Moment)


class EnrolmentCode(Base):
    """`digest` is SHA-256 of the code. A `standing` one works again and again: a demonstration
    has it, a hall does not."""

    __tablename__ = "enrolment_code"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(20))
    issued_at: Mapped[str] = mapped_column(Moment)
    expires_at: Mapped[str] = mapped_column(Moment)
    used_at: Mapped[str | None] = mapped_column(Moment)
    standing: Mapped[bool] = mapped_column(default=False)


class SealingKeyPair(Base):
    """Private JWKs, newest last in use; a retired one still opens what was sealed to it."""

    __tablename__ = "sealing_key"

    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    private_key: Mapped[dict[str, JsonValue]]
    made_at: Mapped[str] = mapped_column(Moment)
    retired_at: Mapped[str | None] = mapped_column(Moment)


class SlipKeyPair(Base):
    """The private JWK that signs slips; a single row."""

    __tablename__ = "slip_key"

    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    private_key: Mapped[dict[str, JsonValue]]
    made_at: Mapped[str] = mapped_column(Moment)


class Authority(Base):
    """The one that issues device certificates: key and certificate in PEM; a single row."""

    __tablename__ = "authority"

    id: Mapped[int] = mapped_column(primary_key=True)
    private_key: Mapped[str] = mapped_column(Text)
    certificate: Mapped[str] = mapped_column(Text)


class Officer(Base):
    """Who may sign in at the desk; `department` None sees all of them."""

    __tablename__ = "officer"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    shown_as: Mapped[str] = mapped_column(String(60))
    department: Mapped[str | None] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(200))
    is_administrator: Mapped[bool] = mapped_column(default=False)


class DeskSession(Base):
    """An officer who is signed in at the desk. `token` is SHA-256 of the cookie, in hex."""

    __tablename__ = "desk_session"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    officer: Mapped[str] = mapped_column(ForeignKey("officer.name"), index=True)
    signed_in_at: Mapped[str] = mapped_column(Moment)
    seen_at: Mapped[str] = mapped_column(Moment)


class SignInTries(Base):
    """Passwords tried in a row for one name without success. `name` is SHA-256 of it, in hex:
    somebody may have typed a password there. Until `wait_until` no more are looked at."""

    __tablename__ = "sign_in_tries"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int]
    tried_at: Mapped[str] = mapped_column(Moment, index=True)
    wait_until: Mapped[str | None] = mapped_column(Moment)


def table_of(entity: type[Base]) -> Table:
    """The table itself, for statements that run for every request: without objects they cost a
    third."""
    table = entity.__table__
    assert isinstance(table, Table)
    return table
