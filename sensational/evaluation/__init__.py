"""Labelled sets, the measures taken on them, their floors, and the gate that holds those."""
