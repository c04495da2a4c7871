"""Mistakes that are told to people: place, fact and remedy, never a traceback."""

from __future__ import annotations


class ReportgenError(Exception):
    """The base of every error whose message is written for the person at the keyboard."""
