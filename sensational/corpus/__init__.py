"""Many articles: scored, summed up, and set against what people say."""
