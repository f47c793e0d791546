"""What the officers' desk keeps safe, asked of the real service over HTTP."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from desk_office import PASSWORD, Office, office_in, token_in
from intake_fixtures import application

from kiosk.intake.contract import Application, Attachment
from sandbox.intake.local_intake import LocalIntake

PICTURE = "iVBORw0KGgo="
"""What a PNG file begins with, in base64."""


def filed() -> dict[str, Application]:
    """One with files, one that stays as it is."""
    files = (
        Attachment(question="material_1", name="本.png", media_type="image/png", content=PICTURE),
        Attachment(question="material_1", name="页.html", media_type="text/html", content="PGI+"),
    )
    return {"acted on": application(attachments=files), "untouched": application()}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("office"), filed()) as made:
        yield made


def test_who_saw_an_older_case_is_refused(office: Office) -> None:
    """Two officers before the same case: the second is told that it moved on, and nothing is
    done twice."""
    case = f"{office.url}cases/{office.numbers['acted on']}"
    first, second = office.signed_in("wang"), office.signed_in("chief")
    pages = {session: session.get(case).text for session in (first, second)}
    sent = {
        session: {
            "form_token": token_in(page),
            "version": re.findall(r'name="version" value="(\d+)"', page)[0],
        }
        for session, page in pages.items()
    }
    assert "已受理" in first.post(f"{case}/accept", sent[first]).text
    late = second.post(f"{case}/begin-review", sent[second])
    assert 409 == late.status_code
    assert "本件已被他人处理" in late.text


def test_answers_are_closed_to_other_sites_and_to_scripts(office: Office) -> None:
    """No framing, no scripts, nothing kept by the browser; a cookie that only this site sends."""
    answer = requests.get(f"{office.url}sign-in")
    assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "no-store" == answer.headers["Cache-Control"]
    assert "nosniff" == answer.headers["X-Content-Type-Options"]
    cookie = answer.headers["Set-Cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/desk" in cookie


def test_the_cookie_stays_on_tls(tmp_path: Path) -> None:
    """Where the service speaks TLS the browser never sends the cookie without it."""
    intake = LocalIntake("127.0.0.1", 0, tmp_path / "intake", tls=True)
    intake.start()
    answer = requests.get(f"{intake.desk_url}sign-in", verify=str(intake.authority))
    intake.stop()
    assert "; secure" in answer.headers["Set-Cookie"].lower()


def test_attachments_open_safely(office: Office) -> None:
    """A picture is shown as what it is; a web page can only be saved, under its own name."""
    session = office.signed_in("wang")
    files = f"{office.url}cases/{office.numbers['acted on']}/attachments"
    picture, page = session.get(f"{files}/1"), session.get(f"{files}/2")
    assert ("image/png", "inline") == kind_of(picture)
    assert ("application/octet-stream", "attachment") == kind_of(page)
    assert "%E9%A1%B5.html" in page.headers["Content-Disposition"]
    assert b"<b>" == page.content
    assert "nosniff" == page.headers["X-Content-Type-Options"]
    assert 404 == session.get(f"{files}/3").status_code


def kind_of(answer: requests.Response) -> tuple[str, str]:
    return (
        answer.headers["Content-Type"],
        answer.headers["Content-Disposition"].partition(";")[0],
    )


def test_officers_keep_to_their_department(office: Office) -> None:
    """Another department's case can be neither read nor acted on, and administration is for
    administrators."""
    session = office.signed_in("elsewhere")
    case = f"{office.url}cases/{office.numbers['untouched']}"
    refused = session.get(case)
    assert 403 == refused.status_code
    assert "欧阳示例" not in refused.text
    token = token_in(refused.text)
    assert 403 == session.post(f"{case}/accept", {"form_token": token, "version": 0}).status_code
    assert office.numbers["untouched"] not in session.get(f"{office.url}cases").text
    assert "没有待办的差评" in session.get(f"{office.url}ratings").text
    assert "没有待办的差评" not in office.signed_in("wang").get(f"{office.url}ratings").text
    for page in ("kiosks", "officers", "audit"):
        assert 403 == session.get(f"{office.url}{page}").status_code


def test_officers_are_added_and_removed(office: Office) -> None:
    """A new officer signs in and changes the password; once removed he is out, and nobody gets
    his name again."""
    chief = office.signed_in("chief")
    form = {"form_token": token_in(chief.get(f"{office.url}officers").text)}
    person = {**form, "name": "newcomer", "shown_as": "新来者", "password": PASSWORD}
    assert "已添加人员" in chief.post(f"{office.url}officers", person).text
    newcomer = office.signed_in("newcomer")
    new = {"password": PASSWORD, "new": PASSWORD[::-1], "again": PASSWORD[::-1]}
    token = token_in(newcomer.get(f"{office.url}password").text)
    changed = newcomer.post(f"{office.url}password", {"form_token": token, **new})
    assert "密码已修改" in changed.text
    assert 403 == office.signing_in("newcomer", PASSWORD)[1].status_code
    assert "已移除人员" in chief.post(f"{office.url}officers/newcomer/remove", form).text
    assert newcomer.get(f"{office.url}cases").url.startswith(f"{office.url}sign-in")
    assert "这个登录名已经用过" in chief.post(f"{office.url}officers", person).text


def test_every_look_at_a_person_is_noted(office: Office) -> None:
    """Who opened which case, and which attachment, stands in the audit trail."""
    session = office.signed_in("wang")
    session.get(f"{office.url}cases/{office.numbers['acted on']}")
    session.get(f"{office.url}cases/{office.numbers['acted on']}/attachments/1")
    trail = office.signed_in("chief").get(f"{office.url}audit?q={office.numbers['acted on']}")
    newest = re.findall(r"<td>(查看\w+)</td>", trail.text)[:2]
    assert ["查看附件", "查看本件"] == newest
    assert "欧阳示例" not in trail.text


def test_the_month_is_downloaded(office: Office) -> None:
    """The month's figures come as CSV, of the officer's own department alone."""
    session = office.signed_in("wang")
    found = re.search(r'name="month" value="([^"]+)"', session.get(f"{office.url}supervision").text)
    assert found
    figures = session.get(f"{office.url}supervision/figures.csv?month={found[1]}")
    assert "text/csv; charset=utf-8" == figures.headers["Content-Type"]
    lines = figures.content.decode("utf-8-sig").splitlines()
    assert 2 == len(lines)
    assert lines[1].startswith(f"县民政局,{found[1]},2,")
    assert 422 == session.get(f"{office.url}supervision/figures.csv?month=x").status_code
