# A generator that waits inside a try statement when the program ends is closed; one that has ended, or waits elsewhere, is not.
import gc

def gen(name):
    try:
        yield name
        yield "more"
    finally:
        print("closed", name)

def outside():
    yield 1
    print("never")

ended = gen("ended")
print(list(ended))
o = outside()
next(o)
fresh = gen("fresh")
waits = gen("waits")
print(next(waits))
gc.collect()
print(next(waits))
print("end")
