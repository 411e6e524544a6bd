package compile
import ("testing";"os";"fmt";"github.com/krait-py/krait/symtable")
func TestX(t *testing.T){
 d,_:=os.ReadFile("/tmp/w/compilecli/s.py")
 var c Compiler
 var walk func(s *symtable.Scope, in string)
 walk=func(s *symtable.Scope,in string){ k:=""
  if s.Node!=nil {k=s.Node.NodeKind().String()}
  fmt.Println(in, s.Kind, s.Name, s.Span, k)
  for _,ch:=range s.Children {walk(ch,in+"  ")}}
 _,ds:=c.Source(d,Options{Observe:func(s Stage){
  switch s.Name { case Symbols: walk(s.Table.Top,""); case Generated: fmt.Println("U",s.Unit.Name,s.Unit.QualName,s.Unit.FirstLine)}
 }})
 fmt.Println(ds)
}
