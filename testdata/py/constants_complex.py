# Complex numbers: signs of zero, parts that are left out, infinities.
a = (1j, -1j, 0j, 1 + 2j, 1 - 2j, -1 + 2j, -1 - 2j)
b = (1.5 + 0j, 0.0 + 1.5j, -0.0 + 1j, 1e100 + 1e-100j, 1e16j)
c = 1e309j
d = 1 + 1e309j
e = -(1e309j)
f = (1e309 - 1e309) * 1j
g = 3.0 - 0j
h = -0j
