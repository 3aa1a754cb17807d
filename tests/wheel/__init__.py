"""Tests of the built wheel: what people install is whole, without the checkout."""
