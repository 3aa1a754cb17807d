"""Tests of costs that must not grow: counts, never timings, so that every machine gives the same number."""
