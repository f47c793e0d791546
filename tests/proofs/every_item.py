"""Every item walked through the window by touches alone; about a quarter of an hour."""

from pathlib import Path

from tests.integration.test_walk_window import KINDS
from tests.ui.walked_window import CATALOGUE, walk_through


def test_every_item_is_opened_filed_and_found_at_the_intake(tmp_path: Path) -> None:
    """Every item and life event is found by tiles, filled in, one answer of each kind wrongly at
    first, submitted, and found at the intake by the number on the last page; guides are opened,
    look-ups answered. From each kind of screen 返回 leads back, the way forward to the same screen
    with the same answers, and 首页 home."""
    seen = walk_through(tmp_path, CATALOGUE.items, within=7200)
    assert KINDS == set(seen["tried"]["wrong"])
    assert set(seen["tried"]["back"]) <= set(seen["tried"]["home"])
    filed = [item["applications"] for item in seen["items"] if item["applications"]]
    back, home = (len(seen["tried"][way]) for way in ("back", "home"))
    print(f"{len(seen['items'])} items opened, {len(filed)} of them filed as "
          f"{sum(map(len, filed))} applications; {back} kinds of screens left by 返回, {home} by "
          f"首页; {sum(item['seconds'] for item in seen['items']):.0f} s")
