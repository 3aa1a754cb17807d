"""Interrupted saves: kills, faults, and a full disk. Short here; `make torture` runs longer."""
