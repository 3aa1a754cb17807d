"""Tests of the front door: what each verb says, where, and with which exit code."""
