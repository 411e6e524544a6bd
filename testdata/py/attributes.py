class C(object):
    def method(self):
        self.x = self.y.z
        self.x.y = self
        del self.x.y
        self.__private = self._C__other = 1
        self.__dunder__ = self.__private
        self.a.b.c.d.e()
        self.f().g().h
        return super(C, self).method()


c = C()
c.x = c.method
c.x()
c.real = (1).real, 1.5.imag, "x".upper
