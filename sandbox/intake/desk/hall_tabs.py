"""窗口: what stands together under one entry of the bar."""

HALL_TABS = (
    ("/hall/queue", "叫号"),
    ("/hall/bookings", "预约"),
    ("/hall/slips", "凭条验真"),
)
"""Path and name."""
