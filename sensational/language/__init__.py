"""Text to Document: sentences, tokens, quotations, voices, certainty, negation, quantities, time."""
