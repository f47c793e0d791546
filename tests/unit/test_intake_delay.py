"""How long a row that failed waits."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.intake.sending import LONGEST_DELAY, delay_after


@given(failures=st.integers(1, 10_000))
def test_a_row_never_waits_longer_than_five_minutes(failures: int) -> None:
    """However often it failed, the next try comes within 300 s, and never at once."""
    assert 0.5 <= delay_after(failures) <= LONGEST_DELAY == 300.0


def test_kiosks_do_not_come_back_together() -> None:
    """Two rows that failed as often wait for different times."""
    assert 50 == len({delay_after(9) for _ in range(50)})


def test_the_wait_doubles() -> None:
    """Each failure doubles the bounds of the wait: half a second to 1 s, 1 to 2 s, and so on."""
    for failures in range(1, 8):
        waits = [delay_after(failures) for _ in range(200)]
        assert 2.0 ** (failures - 2) <= min(waits)
        assert max(waits) <= 2.0 ** (failures - 1)
