"""The image VAE and the plain autoencoder beside it: a plane of codes as a map of decoded images."""

FAMILY, PLAIN_FAMILY = "image_vae", "image_ae"  # as model cards name them
DEFAULT = "digits-map"  # the map that is shown where no other is asked for, if it is on the shelf
