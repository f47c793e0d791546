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

LIN_KAHO = Identity(
    kind=IdentityKind.HMT_RESIDENCE_PERMIT,
    assurance=Assurance.SAM_VERIFIED,
    name="林嘉豪",
    number="810000198506120016",
    sex=Sex.MALE,
    birth=date(1985, 6, 12),
    address="福建省三明市将乐县古镛镇日照东路5号",
    issuer="将乐县公安局",
    valid_from=date(2023, 9, 1),
    valid_to=date(2028, 9, 1),
)

MARIE_TREMBLAY = Identity(
    kind=IdentityKind.PERMANENT_RESIDENT_2017,
    assurance=Assurance.SAM_VERIFIED,
    name="谭玛丽",
    latin_name="TREMBLAY, MARIE-CLAIRE",
    number="CAN350004120317",
    sex=Sex.FEMALE,
    birth=date(1979, 11, 30),
    country="CAN",
    valid_from=date(2019, 4, 8),
    valid_to=date(2029, 4, 7),
)

HAMDAN_NOOR = Identity(
    kind=IdentityKind.PERMANENT_RESIDENT_2023,
    assurance=Assurance.SAM_VERIFIED,
    name="HAMDAN NOOR ABDULLAH BIN MUHAMMAD RIDZUAN",
    latin_name="HAMDAN NOOR ABDULLAH BIN MUHAMMAD RIDZUAN",
    number="935458199002170012",
    sex=Sex.MALE,
    birth=date(1990, 2, 17),
    country="MYS",
    valid_from=date(2024, 5, 20),
    valid_to=date(2034, 5, 19),
)

ZHANG_YAN_INSURED = Identity(
    kind=IdentityKind.SOCIAL_SECURITY_CARD,
    assurance=Assurance.UNAUTHENTICATED_CHIP,
    name="张龑",
    number="350428195203140013",
    sex=Sex.MALE,
    nation="01",
    birth=date(1952, 3, 14),
    valid_from=date(2016, 7, 1),
    valid_to=date(2036, 6, 30),
)
"""张龑 once more, by the social security card."""
