"""Tests of what a reader may see and of leak detection."""
