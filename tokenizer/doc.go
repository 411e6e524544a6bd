// Package tokenizer turns the text of a source file into the tokens of Python
// 3.14: those that CPython's parser sees, or, with [Options.Extra], those that
// the tokenize module shows, comments and blank lines included.
//
// [Tokenizer.Scan] returns all tokens up to the end of the file or to the first
// error of the tokenizer. CPython's parser asks for tokens one by one and may
// find an error of its own before it comes to that one; which of both is to be
// reported is the parser's decision, and [Tokenizer.Noted], [Tokenizer.Open] and
// [Tokenizer.InString] tell it what it needs to know.
//
// f-strings and t-strings come in parts, as PEP 701 has it: FSTRINGSTART with
// prefix and quotes, FSTRINGMIDDLE for text, the tokens of the replacement fields
// between their braces, FSTRINGEND. A format specification is text again, with
// fields of its own. The text of a middle is as the source has it, escape
// sequences and all; of a doubled brace it has one, where the token ends.
//
// A token does not hold its text, it says where that is. Nothing is allocated for a token.
package tokenizer
