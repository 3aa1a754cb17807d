"""Tests of the terminal screens: what a person sees, does and gets."""
