"""Fixtures of all tests of the screens."""

from form_fixtures import catalogue, hall, kivy_window

__all__ = ["catalogue", "hall", "kivy_window"]
