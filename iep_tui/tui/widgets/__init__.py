"""The parts screens are made of. They get values, and say in messages what the person did."""
