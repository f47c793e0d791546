"""The officers' desk, played by clicks in a real Chromium against the real service, with cases
that a real kiosk filed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from argon2 import PasswordHasher
from desk_browser import DeskBrowser, chromium
from intake_fixtures import Reported, application, desk_at
from outside_kiosk import enrolled

from kiosk.errors import IntakeRefused
from kiosk.events import ApplicationReceived, IntakeChanged
from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import Application, Attachment, ProblemType
from kiosk.intake.enrolling import enrol
from sandbox.intake.database import Database
from sandbox.intake.local_intake import LocalIntake
from sandbox.intake.tables import Officer

PASSWORD = "a-long-password"
QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
"""Argon2id that takes no time; one test has an officer whose password takes what it takes."""
OFFICERS = (
    ("wang", "王示例", "县民政局"),
    ("elsewhere", "李外局", "县卫健局"),
    ("clumsy", "健忘者", None),
    ("chief", "主任", None),
)
NASTY = "<img src=x onerror=alert(1)>"
PICTURE = "iVBORw0KGgo="
"""What a PNG file begins with, in base64."""


@dataclass(frozen=True)
class Office:
    """A running intake and the numbers of the cases that were filed with it."""

    intake: LocalIntake
    url: str
    numbers: dict[str, str]


def filed() -> dict[str, Application]:
    """One for each story."""
    plain = application()
    files = (
        Attachment(question="material_1", name="本.png", media_type="image/png", content=PICTURE),
        Attachment(question="material_1", name="页.html", media_type="text/html", content="PGI+"),
    )
    nasty = plain.applicant.model_copy(update={"name": NASTY})
    return {
        "whole life": plain.model_copy(
            update={"answers": {"phone": "13805980000", "living": "family"}, "attachments": files}
        ),
        "refused": plain,
        "promised": plain,
        "nasty": plain.model_copy(update={"applicant": nasty, "answers": {"phone": NASTY}}),
        "rated": plain,
    }


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    intake = LocalIntake("127.0.0.1", 0, folder / "intake")
    intake.start()
    database = Database.in_folder(folder / "intake")
    with database.transaction() as session:
        session.add_all(
            Officer(
                name=name,
                shown_as=shown_as,
                department=department,
                password_hash=QUICK_HASH,
                is_administrator=name == "chief",
            )
            for name, shown_as, department in OFFICERS
        )
    database.close()
    reported, numbers = Reported(), {}
    with desk_at(intake.url, folder / "kiosk", reported, intake.issue_code("JL-03")) as kiosk:
        reported.until(IntakeChanged, which=lambda change: change.can_file)
        for story, whole in filed().items():
            kiosk.file(story, whole)
            received = reported.until(ApplicationReceived)
            numbers[story] = received.number
    rating_kiosk = enrolled(intake)
    rating = rating_kiosk.rating(received.reference, 1, (f"等候时间长 {NASTY}",))
    assert 201 == rating_kiosk.post("ratings", rating).status_code
    yield Office(intake, f"{intake.url}desk/", numbers)
    intake.stop()


@pytest.fixture(scope="module")
def browser(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskBrowser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as driver:
        yield DeskBrowser(driver, office.url)


@pytest.fixture
def desk(browser: DeskBrowser) -> DeskBrowser:
    """The browser with nobody signed in."""
    browser.driver.delete_all_cookies()
    return browser


def signed_in(office: Office, name: str) -> requests.Session:
    """An officer's program instead of a browser."""
    session, answer = signing_in(office, name, PASSWORD)
    assert 200 == answer.status_code
    return session


def signing_in(
    office: Office, name: str, password: str
) -> tuple[requests.Session, requests.Response]:
    session = requests.Session()
    page = session.get(f"{office.url}sign-in").text
    sent = {"form_token": token_in(page), "name": name, "password": password, "back": "/"}
    return session, session.post(f"{office.url}sign-in", sent)


def token_in(page: str) -> str:
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def test_a_case_is_played_to_its_end(office: Office, desk: DeskBrowser) -> None:
    """From the receipt to the delivery by clicks alone, with a supplement and an extension, each
    act said back, and all of it in the audit trail under the officer's name."""
    desk.sign_in("wang", PASSWORD)
    assert "cases" == desk.path
    desk.type("q", office.numbers["whole life"])
    desk.press(desk.find(".find button"))
    desk.follow(office.numbers["whole life"])
    assert "高龄津贴申领" in desk.words
    assert "老人现在\n和子女或亲属同住" in desk.words
    assert desk.find(".signature path").get_attribute("d")

    supplement = desk.open_form("return")
    desk.type("material", "户口簿", "社保卡账户", inside=supplement)
    desk.type("reason", "看不清", "账户没有激活", inside=supplement)
    desk.act("return")
    assert "已告知申请人补正" in desk.words
    desk.act("supplied")
    assert "已登记收到的材料" in desk.words
    desk.act("accept")
    assert "10 个工作日" in desk.words
    before = desk.find(".due time").text
    extension = desk.open_form("extend")
    desk.type("days", "5", inside=extension)
    desk.type("reason", "需向社区核实", inside=extension)
    desk.act("extend")
    assert before < desk.find(".due time").text
    assert "延期最多一次，本件已延期" in desk.words
    desk.act("begin-review")
    desk.act("forward")
    desk.find("#finish [value='approved']").click()
    desk.act("finish")
    assert "准予" in desk.words
    desk.act("deliver")
    assert "送达" == desk.find(".stands .mark").text
    assert [] == desk.all(".acts")
    done = [entry.text for entry in desk.all(".trail b")]
    acts = "收件，一次性告知补正，补正材料已交，受理，延期，开始审核，送审批，办结，送达"
    assert acts.split("，") == done[:9]
    assert 8 == [entry.text for entry in desk.all(".trail span")][:9].count("王示例")


def test_a_case_is_refused(office: Office, desk: DeskBrowser) -> None:
    """不予受理 needs its reasons, ends the case, and shows them; nothing more can be done."""
    desk.sign_in("wang", PASSWORD)
    desk.go(f"cases/{office.numbers['refused']}")
    form = desk.open_form("refuse")
    assert "六个月内向人民法院提起行政诉讼" in desk.find(form).text
    desk.type("reasons", "申请人未满八十周岁", inside=form)
    desk.type("authority", "县民政局", inside=form)
    desk.act("refuse")
    assert "不予受理" == desk.find(".stands .mark").text
    assert "申请人未满八十周岁" in desk.words
    assert [] == desk.all(".acts")


def test_promised_materials_hold_the_approval(office: Office, desk: DeskBrowser) -> None:
    """容缺受理 is refused in plain Chinese without the promise, keeping what was typed; then the
    case cannot be approved until the material came."""
    desk.sign_in("wang", PASSWORD)
    desk.go(f"cases/{office.numbers['promised']}")
    form = desk.open_form("accept-promised")
    desk.type("material", "户口簿", inside=form)
    desk.type("form", "复印件", inside=form)
    desk.type("days", "3", inside=form)
    desk.act("accept-promised")
    assert "容缺受理须先取得申请人的书面承诺" in desk.words
    assert "户口簿" == desk.find(f"{form} [name='material']").get_attribute("value")
    desk.find(f"{form} [name='promise']").click()
    desk.act("accept-promised")
    desk.act("begin-review")
    desk.act("forward")
    desk.find("#finish [value='approved']").click()
    desk.act("finish")
    assert "容缺材料尚未补齐，不能准予办结" in desk.words
    desk.open_form("supply-promised")
    desk.act("supply-promised")
    desk.find("#finish [value='approved']").click()
    desk.act("finish")
    assert "办结" == desk.find(".stands .mark").text


def test_who_saw_an_older_case_is_refused(office: Office, desk: DeskBrowser) -> None:
    """Two officers before the same case: the second is told that it moved on, and nothing is
    done twice."""
    case = f"{office.url}cases/{office.numbers['nasty']}"
    first, second = signed_in(office, "wang"), signed_in(office, "chief")
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


def test_a_bad_rating_is_followed_up(office: Office, desk: DeskBrowser) -> None:
    """Contact first, then what was put right; after that nothing waits for it any more."""
    desk.sign_in("wang", PASSWORD)
    desk.go("ratings")
    waiting = len(desk.all(".rating"))
    rated = office.numbers["rated"]
    desk.press(desk.the(".rating", rated).find_element("css selector", "button"))
    assert "已登记联系" in desk.words
    rating = desk.the(".rating", rated)
    rating.find_element("css selector", "textarea").send_keys("已增开一台终端")
    desk.press(rating.find_element("css selector", "button"))
    assert waiting - 1 == len(desk.all(".rating"))
    desk.go("ratings?show=bad")
    assert "已增开一台终端" in desk.words


def test_what_citizens_write_is_shown_as_text(office: Office, desk: DeskBrowser) -> None:
    """Markup in a name, an answer and a rating's reason stays words: no element comes of it."""
    desk.sign_in("wang", PASSWORD)
    desk.go(f"cases/{office.numbers['nasty']}")
    assert 2 == desk.words.count(NASTY)
    assert [] == desk.all("main img, main script")
    desk.go("ratings?show=bad")
    assert f"等候时间长 {NASTY}" in desk.words
    assert [] == desk.all("main img, main script")


def test_nobody_gets_in_without_signing_in(office: Office, desk: DeskBrowser) -> None:
    """A page asked for by nobody leads to the sign-in page, and after signing in to itself;
    signing out ends it."""
    case = f"cases/{office.numbers['rated']}"
    desk.go(case)
    assert "sign-in" == desk.path
    desk.fill_in_sign_in("wang", PASSWORD)
    assert case == desk.path
    desk.press(desk.find(".who button"))
    desk.go(case)
    assert "sign-in" == desk.path


def test_wrong_passwords_have_to_wait(office: Office, desk: DeskBrowser) -> None:
    """After five wrong ones not even the right one is looked at for a while."""
    for _ in range(4):
        assert 403 == signing_in(office, "clumsy", "not-the-password")[1].status_code
    desk.sign_in("clumsy", "not-the-password")
    assert "登录名或密码不对" in desk.words
    desk.fill_in_sign_in("clumsy", PASSWORD)
    assert re.search(r"请等 1\d 秒再试", desk.words)


def test_a_form_of_another_site_does_nothing(office: Office, desk: DeskBrowser) -> None:
    """Without the page's own token a form is refused, though the cookie comes with it."""
    desk.sign_in("wang", PASSWORD)
    desk.go(f"cases/{office.numbers['rated']}")
    desk.driver.execute_script("document.querySelector('#accept [name=form_token]').remove()")
    desk.act("accept")
    assert "这张表单已经失效" in desk.words
    desk.go(f"cases/{office.numbers['rated']}")
    assert "收件" == desk.find(".stands .mark").text


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


def test_attachments_open_safely(office: Office) -> None:
    """A picture is shown as what it is; a web page can only be saved, under its own name."""
    session = signed_in(office, "wang")
    files = f"{office.url}cases/{office.numbers['whole life']}/attachments"
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
    session = signed_in(office, "elsewhere")
    case = f"{office.url}cases/{office.numbers['rated']}"
    refused = session.get(case)
    assert 403 == refused.status_code
    assert "欧阳示例" not in refused.text
    token = token_in(refused.text)
    assert 403 == session.post(f"{case}/accept", {"form_token": token, "version": 0}).status_code
    assert office.numbers["rated"] not in session.get(f"{office.url}cases").text
    for page in ("kiosks", "officers", "audit"):
        assert 403 == session.get(f"{office.url}{page}").status_code


def test_kiosks_are_enrolled_and_revoked(
    office: Office, desk: DeskBrowser, tmp_path: Path
) -> None:
    """A code from the page enrols a kiosk once and is shown once; a revoked kiosk is out; a new
    sealing key is in use."""
    desk.sign_in("chief", PASSWORD)
    desk.go("kiosks")
    desk.type("kiosk", "JL-09")
    desk.press(desk.find("aside form button"))
    code = "".join(part.text for part in desk.all(".code span"))
    client = IntakeClient(office.intake.url)
    enrol(client, tmp_path / "kiosk", "JL-09", code)
    desk.go("kiosks")
    assert [] == desk.all(".code")
    assert "JL-09 在用" in desk.words
    form = desk.find("form[action$='JL-09/revoke']")
    desk.unfold(form)
    desk.press(form.find_element("css selector", "button"))
    assert "JL-09 已停用" in desk.words
    with pytest.raises(IntakeRefused) as refused:
        enrol(client, tmp_path / "again", "JL-09", code)
    assert ProblemType.CODE_INVALID is refused.value.problem

    before = client.sealing_key().kid
    desk.find(".keys + .sure summary").click()
    desk.press(desk.find(".keys + .sure button"))
    assert before != client.sealing_key().kid
    desk.go("audit?q=chief")
    assert "签发注册码" in desk.words
    assert "更换加密密钥" in desk.words


def test_officers_are_added_and_removed(office: Office, desk: DeskBrowser) -> None:
    """A new officer signs in and changes the password; once removed he is out, and nobody gets
    his name again."""
    desk.sign_in("chief", PASSWORD)
    desk.go("officers")
    desk.type("shown_as", "新来者")
    desk.type("name", "newcomer")
    desk.type("password", PASSWORD)
    desk.press(desk.find("aside button"))
    assert "已添加人员" in desk.words
    newcomer = signed_in(office, "newcomer")
    page = newcomer.get(f"{office.url}password").text
    new = {"password": PASSWORD, "new": PASSWORD[::-1], "again": PASSWORD[::-1]}
    changed = newcomer.post(f"{office.url}password", {"form_token": token_in(page), **new})
    assert "密码已修改" in changed.text
    desk.go("officers")
    form = desk.find("form[action$='newcomer/remove']")
    desk.unfold(form)
    desk.press(form.find_element("css selector", "button"))
    assert newcomer.get(f"{office.url}cases").url.startswith(f"{office.url}sign-in")
    desk.type("shown_as", "别人")
    desk.type("name", "newcomer")
    desk.type("password", PASSWORD)
    desk.press(desk.find("aside button"))
    assert "这个登录名已经用过" in desk.words


def test_every_look_at_a_person_is_noted(office: Office) -> None:
    """Who opened which case, and which attachment, stands in the audit trail."""
    session = signed_in(office, "wang")
    session.get(f"{office.url}cases/{office.numbers['whole life']}")
    session.get(f"{office.url}cases/{office.numbers['whole life']}/attachments/1")
    trail = signed_in(office, "chief").get(f"{office.url}audit?q={office.numbers['whole life']}")
    newest = re.findall(r"<td>(查看\w+)</td>", trail.text)[:2]
    assert ["查看附件", "查看本件"] == newest
    assert "欧阳示例" not in trail.text


def test_the_month_is_downloaded(office: Office, desk: DeskBrowser) -> None:
    """The month's figures come as CSV, of the officer's own department alone."""
    desk.sign_in("wang", PASSWORD)
    desk.go("supervision")
    month = desk.find("[name='month']").get_attribute("value")
    figures = signed_in(office, "wang").get(f"{office.url}supervision/figures.csv?month={month}")
    assert "text/csv; charset=utf-8" == figures.headers["Content-Type"]
    lines = figures.content.decode("utf-8-sig").splitlines()
    assert 2 == len(lines)
    assert lines[1].startswith(f"县民政局,{month},5,")
