"""Tests of the store: no saved data is lost, and no other user can read it."""
