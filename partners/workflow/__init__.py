"""The tables of an Interest, a Partnership and a Placement."""
