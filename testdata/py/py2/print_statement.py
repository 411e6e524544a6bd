import sys
print
print 1
print 1,
print 1, 2, "x"
print "a" "b",
print >>sys.stderr
print >>sys.stderr, "x", 1,
print >>sys.stderr, "x"
print (1, 2), (3)
print("%s" % 1)
def f():
    print f
    for x in f: print x,
