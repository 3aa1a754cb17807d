"""Benchmarks: each figure is a ratio to a floor, the minimum work for the same task on the same machine."""
