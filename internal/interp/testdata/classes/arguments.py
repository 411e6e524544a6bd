# Messages for wrong arguments of builtin functions.
def t(name,f,*a,**k):
    try: r=f(*a,**k)
    except TypeError as e: print(name, a, k, '|', e)
    except Exception as e: print(name, type(e).__name__)
    else: print(name, 'OK')
SRC=[('copy', '[].copy'), ('append', '[].append'), ('pop', '[].pop'), ('insert', '[].insert'), ('index', '[].index'), ('sort', '[].sort'), ('split', "'a'.split"), ('encode', "'a'.encode"), ('replace', "'aaa'.replace"), ('expandtabs', "'a'.expandtabs"), ('join', "''.join"), ('find', "'a'.find"), ('get', '{}.get'), ('setdefault', '{}.setdefault'), ('dpop', '{}.pop'), ('fromkeys', 'dict.fromkeys'), ('update', '{}.update'), ('len', 'len'), ('abs', 'abs'), ('pow', 'pow'), ('round', 'round'), ('sum', 'sum'), ('print', 'print'), ('isinstance', 'isinstance'), ('getattr', 'getattr'), ('setattr', 'setattr'), ('hasattr', 'hasattr'), ('iter', 'iter'), ('next', 'next'), ('chr', 'chr'), ('divmod', 'divmod'), ('format', 'format'), ('exec', 'exec'), ('globals', 'globals'), ('hash', 'hash'), ('__import__', '__import__'), ('int', 'int'), ('float', 'float'), ('str', 'str'), ('list', 'list'), ('dict', 'dict'), ('tuple', 'tuple'), ('set', 'set'), ('bytes', 'bytes'), ('bytearray', 'bytearray'), ('range', 'range'), ('slice', 'slice'), ('enumerate', 'enumerate'), ('zip', 'zip'), ('map', 'map'), ('filter', 'filter'), ('reversed', 'reversed'), ('complex', 'complex'), ('bool', 'bool'), ('frozenset', 'frozenset'), ('object', 'object'), ('type', 'type'), ('super', 'super'), ('property', 'property'), ('add_note', 'ValueError().add_note'), ('hex', "(b'').hex"), ('decode', "b''.decode"), ('splitlines', "''.splitlines"), ('zfill', "''.zfill"), ('conjugate', '(1).conjugate'), ('is_integer', '(1.).is_integer'), ('fromhex', 'float.fromhex'), ('maketrans', 'str.maketrans'), ('startswith', "''.startswith"), ('union', 'set().union'), ('sadd', 'set().add'), ('clear', '[].clear'), ('extend', '[].extend'), ('mro', 'int.mro'), ('__subclasses__', 'int.__subclasses__'), ('__format__', '(1).__format__'), ('derive', "ExceptionGroup('a',[ValueError()]).derive")]
C=[]
for n,e in SRC:
    try: C.append((n,eval(e)))
    except Exception as x: print('MISSING',n)
for n,f in C:
    for a in ((),(1,),(1,2),(1,2,3),(1,2,3,4),(1,)*5,(1,)*12):
        if n in('print','zip','map','sum','max','open','input','exec','__import__') and a: continue
        t(n,f,*a)
    t(n,f,foo=1) if n not in ('dict','update') else 0
    t(n,f,1,foo=1) if n not in ('print','open') else 0
S=[('split','a'.split,dict(sep=1,maxsplt=2)),('split','a'.split,dict(spe=1)),('split','a b'.split,dict(maxsplit='a')),('encode','a'.encode,dict(encodin='a')),('sort',[].sort,dict(ke=1)),('sum',sum,dict(star=1)),('int',int,dict(x=1)),('round',round,dict(ndigit=1)),('enumerate',enumerate,dict(strt=1)),('pow',pow,dict(bas=1,exp=2)),('compile',compile,dict(source=1,filenam=2)),('print',print,dict(ed=1)),('pow',pow,dict(exp=2)),]
for n,f,k in S: t(n,f,**k)
t('split2','a'.split,1,sep=1)
t('split3','a'.split,1,2,maxsplit=1)
t('tb','a'.split,1,2,3,x=1)
t('enc','a'.encode,'utf8',encoding='x')
t('round',round,1,number=1)
t('rr',round,1,2,ndigits=3)
t('srt',[].sort,1,key=1)
t('sum',sum,[],1,start=1)
t('u',list.append)
t('u',str.split)
t('u',str.split,1)
t('u',dict.fromkeys)
