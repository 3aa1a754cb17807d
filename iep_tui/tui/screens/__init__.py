"""The screens: each gets what it shows, and gives back where to go."""
