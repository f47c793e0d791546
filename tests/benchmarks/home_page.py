"""The kiosk's home page as one static HTML page, for the browser that it is measured against."""

from html import escape
from pathlib import Path

from kiosk.catalogue.home import Tile, load_home_page
from screens.glyphs import BOLD, ICONS, REGULAR, glyph

ROOT = Path(__file__).resolve().parent.parent.parent

STYLE = """
@font-face { font-family: sc; src: url(REGULAR); font-weight: 400 }
@font-face { font-family: sc; src: url(BOLD); font-weight: 700 }
@font-face { font-family: icons; src: url(ICONS) }
* { box-sizing: border-box; margin: 0; cursor: none; user-select: none }
body { width: 1080px; height: 1920px; background: #F2F5FA; color: #14213D; overflow: hidden;
  font-family: sc; display: flex; flex-direction: column }
i { font-family: icons; font-style: normal; color: #1557C0 }
header, footer { background: #fff; height: 156px; padding: 0 48px; display: flex;
  align-items: center; gap: 16px; border-bottom: 2px solid #D6DEE9; flex: none }
footer { height: 160px; border-top: 2px solid #D6DEE9; border-bottom: 0;
  justify-content: flex-end }
header b { font-size: 38px; display: block } header span { font-size: 30px; color: #52617A }
header div { flex: 1 }
button { font-family: sc; font-size: 36px; border: 0; border-radius: 24px; height: 108px;
  padding: 0 40px }
.pill { background: #E6EEFB; color: #0D3F91; border-radius: 48px; height: 96px; font-size: 33px }
.help { background: #1557C0; color: #fff } .help i, .main i { color: #fff }
main { flex: 1; padding: 32px 48px; display: flex; flex-direction: column; gap: 24px }
h1 { font-size: 52px } p { font-size: 36px; color: #52617A }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 24px; height: 330px }
.grid { display: grid; grid-template-columns: repeat(3, 1fr); gap: 24px; flex: 1 }
.tile { background: #fff; border: 2px solid #D6DEE9; border-radius: 28px; padding: 28px 32px;
  text-align: left; height: auto; display: flex; flex-direction: column; color: #14213D }
.tile:active { background: #E6EEFB }
.tile i { font-size: 60px; flex: 1 } .tile b { font-size: 38px }
.tile span { font-size: 30px; color: #52617A }
.main { background: #1557C0; color: #fff; border: 0 } .main:active { background: #0D3F91 }
.main.teal { background: #0F766E } .main b { font-size: 52px } .main i { font-size: 92px }
.main span { color: #fff }
"""


def write_home_page(file: Path) -> None:
    """The same words, icons, fonts, sizes and colours as on the kiosk at 1080 × 1920."""
    page = load_home_page(ROOT / "config" / "home.yaml")
    style = STYLE
    for name, font in (("REGULAR", REGULAR), ("BOLD", BOLD), ("ICONS", ICONS)):
        style = style.replace(name, Path(font).as_uri())
    main = "".join(_tile(tile, f"main {tile.tone}") for tile in page.main)
    tiles = "".join(_tile(tile, "") for tile in page.tiles)
    file.write_text(
        f"""<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>{style}</style>
<body><header><i style="font-size:76px">{glyph("building-community")}</i>
<div><b>将乐县政务服务中心</b><span>智能体验区 · 3 号自助终端</span></div>
<button class="pill"><i>{glyph("language")}</i> English</button>
<button class="pill"><i>{glyph("accessible")}</i> 长辈版</button></header>
<main><h1>您好，今天想办什么？</h1><p>请点一下屏幕，选择要办的事</p>
<div class="pair">{main}</div><div class="grid">{tiles}</div></main>
<footer><button class="help"><i>{glyph("heart-handshake")}</i> 请导办员帮忙</button></footer>
</body></html>""",
        "utf-8",
    )


def _tile(tile: Tile, style: str) -> str:
    return (
        f'<button class="tile {style}"><i>{glyph(tile.icon)}</i>'
        f"<b>{escape(tile.title)}</b><span>{escape(tile.subtitle)}</span></button>"
    )
