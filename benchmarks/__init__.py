"""How fast the program is: every figure a ratio to what the same machine takes for the least that the work needs."""
