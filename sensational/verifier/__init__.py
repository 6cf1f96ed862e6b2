"""The trained model that reads a headline together with the sentences of its body that speak of it."""
