"""Tests of the built wheel: complete without the checkout."""
