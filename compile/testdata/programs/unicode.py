"""Names beyond ASCII: those of classes are constants, too."""


class Größe:
    def größe(self, größe): return Größe, "Größe", "größe", größe.größe


ﬁ = fi = "ﬁ", "fi"
