"""Tests of the sheet builders."""
