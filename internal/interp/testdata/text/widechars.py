# Strs of one character that are no Latin-1 are shared, and texts that are decoded at once: who sees them sees what others see.
import sys
# chars of other alphabets
s="жзи中文\ud800🎉é"
assert [ord(c) for c in s]==[ord(s[i]) for i in range(len(s))]==[0x436,0x437,0x438,0x4e2d,0x6587,0xd800,0x1f389,0xe9]
assert "".join(s)==s and "".join(reversed(s))==s[::-1]
for i in list(range(0,0x110000,7))+[0xd7ff,0xdfff,0x10ffff]:
    c=chr(i); assert ord(c)==i and len(c)==1 and c==chr(i) and hash(c)==hash(("x"+c)[1:]), i
a=chr(0x4e2d); b=sys.intern(a); assert a==b and sys.intern(chr(0x4e2d)) is b and sys.intern("中") is b
d={a:1}; d[b]=2; assert d=={"中":2}
class X: pass
x=X(); setattr(x,chr(0x436),5); assert x.ж==5 and getattr(x,s[0])==5 and x.__dict__=={"ж":5}
t=chr(0x436); t+="a"; t+="b"; t+="c"; u=chr(0x436); assert (t,u)==("жabc","ж")
t=u; t+=u; t+=u; t+=u; assert t=="жжжж" and u=="ж" and chr(0x436)=="ж"
assert s.split("中")==["жзи","文\ud800🎉é"] and "ж з 中".split()==["ж","з","中"]
assert b"\xd0\xb6".decode()==u and bytearray(b"\xd0\xb6").decode()==u and "é".encode().decode()=="é"
for e in ("utf-8","ascii","latin-1","UTF8",None):
    for v in (b"",b"a",b"abc"*20,b"h\xc3\xa9llo",b"\xff",bytearray(b"x"*40),b"\xed\xa0\x80",b"\xd0"):
        for er in ("strict","replace","ignore","surrogateescape","nonsense"):
            try: r=v.decode(e,er) if e else v.decode(errors=er)
            except UnicodeError as x: r=(type(x).__name__,x.start,x.end,x.reason)
            except LookupError as x: r=str(x)
            print(e,v,er,ascii(r))
ba=bytearray(b"hello world this is long enough to be shared"); t=ba.decode(); ba[0]=0x48; print(t,ba.decode())
class B(bytes): pass
print(B(b"abc").decode(), type(B(b"abc").decode()))
import _struct as struct
class S(str): pass
for f in ("<IH",S("<IH"),b"<IH","<IH"):
    print(struct.pack(f,1,2),struct.unpack(f,struct.pack(f,1,2)),struct.calcsize(f))
struct._clearcache()
for f in ("é","\0","zz",3,None):
    for _ in range(2):
        try: print(struct.pack(f,1))
        except Exception as e: print(type(e).__name__,e)
