"""The tables of transitions with their guards and effects. A state changes nowhere else."""
