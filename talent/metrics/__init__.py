"""The figures of talent management: measured with the eyes of whoever asks, kept as counts, read with their intervals."""
