"""Larger models that a user may point at: never needed, never fetched, never shipped."""
