package zzb
import ("testing";"os";"path/filepath"
"github.com/krait-py/krait/marshal"
"github.com/krait-py/krait/pyver"
"github.com/krait-py/krait/code"
"github.com/krait-py/krait/internal/object"
"github.com/krait-py/krait/internal/vm"
"github.com/krait-py/krait/internal/lift"
"github.com/krait-py/krait/verify"
)
var mods=[]string{"importlib/_bootstrap","importlib/_bootstrap_external","abc","codecs","io","_collections_abc","_sitebuiltins","genericpath","posixpath","os","site","stat","zipimport","encodings/__init__","encodings/utf_8","encodings/aliases"}
func datas() (out [][]byte){
 for _,m:=range mods { p:="/tmp/w/mainrun/cache/krait/python-3.14.6-1/lib/python3.14/"+filepath.Dir(m)+"/__pycache__/"+filepath.Base(m)+".cpython-314.pyc"; b,err:=os.ReadFile(p); if err!=nil{panic(err)}; out=append(out,b[16:])}
 return
}
func BenchmarkRead(b *testing.B){ ds:=datas(); b.ReportAllocs(); for b.Loop(){ for _,d:=range ds { marshal.Read(d,marshal.Options{Version:pyver.Py314})}}}
func BenchmarkNewCode(b *testing.B){ ds:=datas(); var os []*code.Object; for _,d:=range ds { v,_,_:=marshal.Read(d,marshal.Options{Version:pyver.Py314}); os=append(os,v.(*code.Object))}
 in:=object.NewInterp(); vm.Setup(in)
 b.ReportAllocs(); for b.Loop(){ for _,o:=range os { vm.NewCode(in.Main,o,true)}}}
func walk(o *code.Object, f func(*code.Object)) { f(o); for _,c:=range o.Consts.Items { if k,ok:=c.(*code.Object);ok{ walk(k,f)} } }
func BenchmarkLiftAll(b *testing.B){ ds:=datas(); var os []*code.Object; n:=0; for _,d:=range ds { v,_,_:=marshal.Read(d,marshal.Options{Version:pyver.Py314}); walk(v.(*code.Object), func(o *code.Object){os=append(os,o);n++})}
 b.ReportAllocs(); for b.Loop(){ for _,o:=range os { lift.Lift(o)}}; b.ReportMetric(float64(n),"codes")}
func BenchmarkVerifyAll(b *testing.B){ ds:=datas(); var os []*code.Object; for _,d:=range ds { v,_,_:=marshal.Read(d,marshal.Options{Version:pyver.Py314}); walk(v.(*code.Object), func(o *code.Object){os=append(os,o)})}
 b.ReportAllocs(); for b.Loop(){ for _,o:=range os { verify.One(o)}}}
