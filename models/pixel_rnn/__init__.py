"""The PixelRNN: sprites drawn and completed pixel by pixel."""

FAMILY = "pixel_rnn"  # as model cards name it
