"""Which letters are Chinese characters, as a regular expression has it."""

HAN_CLASS = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # to stand in [ ]
