"""What the kiosk does, without a window and without a device."""
