"""The bound of seeds, wherever one is typed, drawn or read."""

MAX_SEED = 2**31 - 1  # what a spin box can show
