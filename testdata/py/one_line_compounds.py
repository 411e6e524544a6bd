x = 1; y = 2; z = x + y
if x: y = 3
elif y: z = 4
else: z = 5
while x: x = 0; y = 1
for i in (1, 2): print(i); print(x)
def f(): return 1
class C: a = 1; b = 2
try: x = y
except: pass
finally: z = 1
def g(a, b): a = b; return a; b = a
