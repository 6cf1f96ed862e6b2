"""Commands that stand in modules of their own, imported when they are called."""
