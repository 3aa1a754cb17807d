"""Tests of each reader's view and of leak detection."""
