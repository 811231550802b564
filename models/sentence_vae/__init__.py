"""The sentence VAE: verses between two typed lines."""

FAMILY = "sentence_vae"  # as model cards name it
