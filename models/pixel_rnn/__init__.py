"""The PixelRNN: sprites drawn and completed pixel by pixel."""

FAMILY = "pixel_rnn"  # as model cards name it
SIDE = 20  # pixels of the lecture's sprites, which pictures are fitted to where nothing else is asked for
