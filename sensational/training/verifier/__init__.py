"""Trains the verifier: examples from labelled sets, the network, the passes over them, the shipped file."""
