"""Small pictures in a palette: their format, the files they are read from, and how they are fitted to a model."""

SIDE = 20  # pixels of the lecture's sprites, which pictures are fitted to where nothing else is asked for
DATA = "a folder of pictures, of the lecture's two text files or of images in the idx format"
