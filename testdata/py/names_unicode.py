# python >= 3.6
# Identifiers beyond ASCII; NFKC makes some of them equal.
ñ = 1
Ελλάδα = 2
变量 = ñ + Ελλάδα
ﬁ = "ligature"
print(fi)


class Größe:
    __приват = 1

    def 方法(self, 参数, *, ключ=None):
        return self.__приват, 参数, ключ


def 𝒻(ª):
    global 大域
    大域 = lambda ß: ß + ª
    return 大域


import os.path as パス
