"""Tests of questions, answers and the interview, by example."""
