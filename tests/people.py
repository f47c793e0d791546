"""Invented people whose numbers pass the check digit. Others are made from them by `replace`."""

from datetime import date

from kiosk.identity import Assurance, Identity, IdentityKind, Sex

ZHANG_YAN = Identity(
    kind=IdentityKind.RESIDENT_ID,
    assurance=Assurance.SAM_VERIFIED,
    name="张龑",
    number="350428195203140013",
    sex=Sex.MALE,
    nation="01",
    birth=date(1952, 3, 14),
    address="福建省三明市将乐县古镛镇滨河南路12号",
    issuer="将乐县公安局",
    valid_from=date(2012, 6, 18),
    valid_to=None,
)
