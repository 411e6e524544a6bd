module github.com/krait-py/krait

go 1.26
