"""Build a live, fully traceable Excel investor report from a pack of sourced inputs."""

from __future__ import annotations

__version__ = "0.1.0"
