"""Tests of the store: nothing that was called saved is lost, and nobody else reads it."""
