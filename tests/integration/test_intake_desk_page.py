"""The officers' desk, played by clicks in a real Chromium against the real service, with cases
that a real kiosk filed."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from desk_browser import DeskBrowser, chromium
from desk_office import PASSWORD, Office, office_in
from intake_fixtures import application
from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from kiosk.errors import IntakeRefused
from kiosk.intake.applicant import applicant_of
from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import Application, IdentityContent, ProblemType
from kiosk.intake.contract.look_ups import LookUpAnswer, LookUpContent, slip_code
from kiosk.intake.enrolling import enrol
from tests.integration.outside_kiosk import enrolled
from tests.people import MARIE_TREMBLAY, ZHANG_YAN_INSURED

NASTY = "<img src=x onerror=alert(1)>"


def filed() -> dict[str, Application]:
    """One for each story."""
    plain = application()
    nasty = plain.applicant.model_copy(update={"name": NASTY})
    return {
        "whole life": plain.model_copy(update={"answers": {"living": "family"}}),
        "refused": plain,
        "promised": plain,
        "nasty": plain.model_copy(update={"applicant": nasty, "answers": {"phone": NASTY}}),
        "foreigner": plain.model_copy(update={"applicant": applicant_of(MARIE_TREMBLAY)}),
        "insured": plain.model_copy(update={"applicant": applicant_of(ZHANG_YAN_INSURED)}),
        "rated": plain,
    }


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("office"), filed(), (f"等候时间长 {NASTY}",)) as made:
        yield made


@pytest.fixture(scope="module")
def browser(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskBrowser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as driver:
        yield DeskBrowser(driver, office.url)


@pytest.fixture
def gate(browser: DeskBrowser) -> DeskBrowser:
    """The browser with nobody signed in."""
    browser.driver.delete_all_cookies()
    return browser


@pytest.fixture
def desk(office: Office, gate: DeskBrowser) -> DeskBrowser:
    """The browser with an officer of 县民政局 signed in."""
    gate.take_over(office.signed_in("wang").cookies["desk"])
    return gate


def test_a_case_is_played_to_its_end(office: Office, gate: DeskBrowser) -> None:
    """From the receipt to the delivery by clicks alone, with a supplement and an extension, each
    act said back, and all of it in the audit trail under the officer's name."""
    gate.sign_in("wang", PASSWORD)
    assert "cases" == gate.path
    gate.type("q", office.numbers["whole life"])
    gate.press(gate.find(".find button"))
    gate.follow(office.numbers["whole life"])
    assert "高龄津贴申领" in gate.words
    assert "老人现在\n和子女或亲属同住" in gate.words
    assert gate.find(".signature path").get_attribute("d")

    supplement = gate.open_form("return")
    gate.type("material", "户口簿", "社保卡账户", inside=supplement)
    gate.type("reason", "看不清", "账户没有激活", inside=supplement)
    gate.act("return")
    assert "已告知申请人补正" in gate.words
    gate.act("supplied")
    assert "已登记收到的材料" in gate.words
    gate.act("accept")
    assert "10 个工作日" in gate.words
    before = gate.find(".due time").text
    extension = gate.open_form("extend")
    gate.type("days", "5", inside=extension)
    gate.type("reason", "需向社区核实", inside=extension)
    gate.act("extend")
    assert before < gate.find(".due time").text
    assert "延期最多一次，本件已延期" in gate.words
    gate.act("begin-review")
    gate.act("forward")
    gate.find("#finish [value='approved']").click()
    gate.act("finish")
    assert "准予" in gate.words
    gate.act("deliver")
    assert "送达" == gate.find(".stands .mark").text
    assert [] == gate.all(".acts")
    done = [entry.text for entry in gate.all(".trail b")]
    acts = "收件，一次性告知补正，补正材料已交，受理，延期，开始审核，送审批，办结，送达"
    assert acts.split("，") == done[:9]
    assert 8 == [entry.text for entry in gate.all(".trail span")][:9].count("王示例")


def test_a_case_is_refused(office: Office, desk: DeskBrowser) -> None:
    """不予受理 needs its reasons, ends the case, and shows them; nothing more can be done."""
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
    desk.go(f"cases/{office.numbers['promised']}")
    form = desk.open_form("accept-promised")
    desk.type("material", "户口簿", inside=form)
    desk.type("form", "复印件", inside=form)
    desk.type("days", "3", inside=form)
    desk.act("accept-promised")
    assert "容缺受理须先取得申请人的书面承诺" in desk.words
    assert "" == desk.find("#return [name='material']").get_attribute("value")
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


def test_a_bad_rating_is_followed_up(office: Office, desk: DeskBrowser) -> None:
    """Contact first, then what was put right; after that nothing waits for it any more."""
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
    desk.go(f"cases/{office.numbers['nasty']}")
    assert 2 == desk.words.count(NASTY)
    assert [] == desk.all("main img, main script")
    desk.go("ratings?show=bad")
    assert f"等候时间长 {NASTY}" in desk.words
    assert [] == desk.all("main img, main script")


def test_an_applicant_with_another_document(office: Office, desk: DeskBrowser) -> None:
    """A foreign resident stands there with both names, country and 证件号码, without empty lines
    and without a warning."""
    desk.go(f"cases/{office.numbers['foreigner']}")
    for words in ("谭玛丽", "TREMBLAY, MARIE-CLAIRE", "加拿大（CAN）", "证件号码\nCAN350004120317"):
        assert words in desk.words
    assert "公民身份号码" not in desk.words
    assert "None" not in desk.words
    assert [] == desk.all("[role='alert'], .mark.bad")


def test_an_unproved_applicant_cannot_be_missed(office: Office, desk: DeskBrowser) -> None:
    """Whose chip proves nothing is marked in the head of the case, and above the person."""
    desk.go(f"cases/{office.numbers['insured']}")
    assert "身份未经核验" == desk.find(".stands .mark.bad").text
    assert "请当面核对本人和证件原件" in desk.find(".card [role='alert']").text
    assert "社会保障号码\n350428195203140013" in desk.words


def test_nobody_gets_in_without_signing_in(office: Office, gate: DeskBrowser) -> None:
    """A page asked for by nobody leads to the sign-in page, and after signing in to itself;
    signing out ends it."""
    case = f"cases/{office.numbers['rated']}"
    gate.go(case)
    assert "sign-in" == gate.path
    gate.fill_in_sign_in("wang", PASSWORD)
    assert case == gate.path
    gate.press(gate.find(".who button"))
    gate.go(case)
    assert "sign-in" == gate.path


def test_wrong_passwords_have_to_wait(office: Office, gate: DeskBrowser) -> None:
    """After five wrong ones not even the right one is looked at for a while."""
    for _ in range(4):
        assert 403 == office.signing_in("clumsy", "not-the-password")[1].status_code
    gate.sign_in("clumsy", "not-the-password")
    assert "登录名或密码不对" in gate.words
    gate.fill_in_sign_in("clumsy", PASSWORD)
    assert re.search(r"请等 1\d 秒再试", gate.words)


def test_a_form_of_another_site_does_nothing(office: Office, desk: DeskBrowser) -> None:
    """Without the page's own token a form is refused, though the cookie comes with it."""
    desk.go(f"cases/{office.numbers['rated']}")
    desk.driver.execute_script("document.querySelector('#accept [name=form_token]').remove()")
    desk.act("accept")
    assert "这张表单已经失效" in desk.words
    desk.go(f"cases/{office.numbers['rated']}")
    assert "收件" == desk.find(".stands .mark").text


def test_kiosks_are_enrolled_and_revoked(office: Office, gate: DeskBrowser, tmp_path: Path) -> None:
    """A code from the page enrols a kiosk once and is shown once; a revoked kiosk is out; a new
    sealing key is in use."""
    gate.take_over(office.signed_in("chief").cookies["desk"])
    gate.go("kiosks")
    gate.type("kiosk", "JL-09")
    gate.press(gate.find("aside form button"))
    code = "".join(part.text for part in gate.all(".code span"))
    client = IntakeClient(office.intake.url)
    enrol(client, tmp_path / "kiosk", "JL-09", code)
    gate.go("kiosks")
    assert [] == gate.all(".code")
    assert "JL-09 在用" in gate.words
    form = gate.find("form[action$='JL-09/revoke']")
    gate.unfold(form)
    gate.press(form.find_element("css selector", "button"))
    assert "JL-09 已停用" in gate.words
    with pytest.raises(IntakeRefused) as refused:
        enrol(client, tmp_path / "again", "JL-09", code)
    assert ProblemType.CODE_INVALID is refused.value.problem

    before = client.sealing_key().kid
    gate.find(".keys + .sure summary").click()
    gate.press(gate.find(".keys + .sure button"))
    assert before != client.sealing_key().kid
    gate.go("audit?q=chief")
    assert "签发注册码" in gate.words
    assert "更换加密密钥" in gate.words


def test_an_identity_code_is_shown(office: Office, gate: DeskBrowser) -> None:
    """The code that stands on the page, read like a scanner reads it, is that sample person once;
    what can be done with it stands beside it."""
    gate.take_over(office.signed_in("chief").cookies["desk"])
    gate.go("identity-codes")
    gate.find("option:nth-child(2)").click()
    gate.press(gate.find("aside form button"))
    assert "60 秒内有效，用一次作废" in gate.words
    picture = Image.open(io.BytesIO(gate.find(".qr").screenshot_as_png))
    (code,) = zxingcpp.read_barcodes(picture)
    kiosk = enrolled(office.intake, "JL-08")
    sealed = kiosk.sealed(IdentityContent(token=code.text))
    answer = kiosk.post("identities", {"kiosk": "JL-08", "sealed": sealed}, "")
    assert "林玉兰" == answer.json()["applicant"]["name"]


def test_a_slip_is_checked_without_any_network(
    office: Office, gate: DeskBrowser, tmp_path: Path
) -> None:
    """The page that window staff keep tells a slip by its QR code alone; with one letter of the
    rows, the claims or the signature changed it does not."""
    kiosk = enrolled(office.intake)
    sealed = kiosk.sealed(LookUpContent(item="107", number="350428198807070021"))
    told = kiosk.post("look-ups", {"kiosk": "JL-03", "item": "107", "sealed": sealed}, "")
    slip = LookUpAnswer.model_validate_json(told.content)
    code = slip_code(slip.proof, slip.rows)
    kept = tmp_path / "check.html"
    kept.write_bytes(office.signed_in("wang").get(f"{office.url}hall/slips/check.html").content)

    gate.driver.get(kept.as_uri())
    assert "签名有效" in checked(gate, code)
    shown = [cell.text for cell in gate.all("td")]
    assert [slip.number, *(row.value for row in slip.rows)] == [shown[1], *shown[7::2]]
    for part in range(1, 4):
        parts = code.split(".")
        middle = len(parts[part]) // 2
        letter = "A" if parts[part][middle] != "A" else "B"
        parts[part] = f"{parts[part][:middle]}{letter}{parts[part][middle + 1 :]}"
        assert "不能证明" in checked(gate, ".".join(parts))
    assert "不能证明" in checked(gate, slip.proof)


def checked(browser: DeskBrowser, code: str) -> str:
    """What the kept page says of this code."""
    browser.driver.execute_script(
        "const [field, code] = [document.getElementById('code'), arguments[0]];"
        "document.getElementById('result').className = '';"
        "field.value = code; field.dispatchEvent(new Event('input'));",
        code,
    )
    WebDriverWait(browser.driver, 10, 0.02).until(
        lambda _: browser.find("#result").get_attribute("class")
    )
    return browser.find("#result").text


def test_a_guide_comes_to_whoever_called(office: Office, desk: DeskBrowser) -> None:
    """导办呼叫 shows the kiosk and its screen; 我来了 reaches the kiosk with the guide's number,
    and 已结束 ends it there too."""
    kiosk = enrolled(office.intake)
    call = kiosk.post("help-calls", {"kiosk": "JL-03", "place": "form"}).json()["call"]

    def told() -> tuple[str, str]:
        answer = kiosk.session.get(f"{kiosk.url}v1/help-calls/{call}", timeout=5).json()
        return answer["stage"], answer["guide"]

    desk.go("help-calls")
    desk.follow("3 号")
    assert "JL-03\n等候中" in desk.words
    assert "正在“填表”" in desk.words
    desk.press(desk.the("button", "我来了"))
    assert ("coming", "导办员 3 号") == told()
    assert "导办员 3 号 已去" in desk.words
    desk.press(desk.the("button", "已结束"))
    assert ("ended", "导办员 3 号") == told()
    assert "现在没有终端呼叫" in desk.words


def test_a_counter_calls_who_is_next(office: Office, desk: DeskBrowser) -> None:
    """叫号 calls tickets in their order, notes who was served and who did not come, and says so
    when nobody waits."""
    kiosk = enrolled(office.intake)
    for number in ("N001", "N002"):
        body = {"kiosk": "JL-03", "window": "assistance"}
        assert number == kiosk.post("tickets", body).json()["number"]
    desk.go("hall/queue")
    desk.press(desk.the("tr", "帮办代办").find_element(By.LINK_TEXT, "31 号窗口"))
    assert "等候 2 人" in desk.words
    for number, end in (("N001", "办完"), ("N002", "过号")):
        desk.press(desk.find("#next button"))
        assert number == desk.find(".called .code").text
        desk.press(desk.the(".called button", end))
    assert "现在没有人等候" in desk.words
    assert not desk.find("#next button").is_enabled()
