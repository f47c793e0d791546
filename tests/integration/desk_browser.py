"""A real Chromium in front of the officers' desk, told what to do in the page's own words."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

_WAIT = 10.0
"""Seconds for a page to be there."""


class DeskBrowser:
    """One window. `url` is the desk's, with a slash at its end."""

    def __init__(self, driver: Chrome, url: str) -> None:
        self.driver = driver
        self.url = url

    def go(self, path: str) -> None:
        self.driver.get(self.url + path)

    @property
    def path(self) -> str:
        """Of the page that is shown, without its query."""
        return self.driver.current_url.removeprefix(self.url).partition("?")[0]

    @property
    def words(self) -> str:
        """What a person reads on the page."""
        return self.driver.find_element(By.TAG_NAME, "body").text

    def find(self, css: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def all(self, css: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def type(self, name: str, *texts: str, inside: str = "body") -> None:
        """Into the fields of this name, one after the other."""
        fields = self.all(f"{inside} [name='{name}']")
        for field, text in zip(fields, texts, strict=False):
            field.clear()
            field.send_keys(text)

    def press(self, button: WebElement) -> None:
        """Click what leads to another page, and wait until that is there."""
        before = self.find("html")
        button.click()
        WebDriverWait(self.driver, _WAIT, 0.02).until(
            lambda driver: (
                driver.find_element(By.TAG_NAME, "html").id != before.id
                and driver.execute_script("return document.readyState") == "complete"
            )
        )

    def follow(self, words: str) -> None:
        """The link with these words."""
        self.press(self.driver.find_element(By.LINK_TEXT, words))

    def sign_in(self, name: str, password: str) -> None:
        self.go("sign-in")
        self.fill_in_sign_in(name, password)

    def take_over(self, cookie: str) -> None:
        """Be signed in as whoever got this cookie."""
        self.go("static/desk.css")
        self.driver.add_cookie({"name": "desk", "value": cookie, "path": "/desk"})

    def fill_in_sign_in(self, name: str, password: str) -> None:
        """On the sign-in page, which is shown."""
        self.type("name", name)
        self.type("password", password)
        self.press(self.find("button.primary"))

    def act(self, key: str) -> None:
        """Press the button of one of a case's forms, which is open."""
        self.press(self.find(f"#{key} button"))

    def open_form(self, key: str) -> str:
        """Unfold one of a case's forms; returns its selector."""
        if not self.find(f"#{key}").get_attribute("open"):
            self.find(f"#{key} summary").click()
        return f"#{key}"

    def unfold(self, form: WebElement) -> None:
        """Show a form that is folded away under the words before it."""
        form.find_element(By.XPATH, "../summary").click()

    def the(self, css: str, words: str) -> WebElement:
        """The one element among several in which these words can be read."""
        (found,) = (element for element in self.all(css) if words in element.text)
        return found


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """Debian's browser and driver, which ask nothing of the network; `profile` is fresh."""
    options = ChromeOptions()
    for argument in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1440,900",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(argument)
    options.binary_location = str(shutil.which("chromium"))
    driver = Chrome(options, Service(str(shutil.which("chromedriver"))))
    try:
        yield driver
    finally:
        driver.quit()
