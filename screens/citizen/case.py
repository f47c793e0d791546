"""How far the case of a receipt has come; nothing here says whose it is, or about what."""

from kiosk.journeys.pages import SheetPage
from kiosk.journeys.receipt_told import receipt_told
from screens.citizen.sheet_page import SheetView


class CaseView(SheetView):
    def page(self) -> SheetPage:
        return receipt_told(self.session)
