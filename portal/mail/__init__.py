"""The outbox, rendering, ceilings, bounces."""
