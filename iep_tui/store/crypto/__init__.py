"""Encryption at rest: keyrings, envelopes, passphrases."""
