"""The page for a reader and for a class: it runs on this machine and asks no other."""
