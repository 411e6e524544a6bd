# Names and strings that look like names are interned, others are not.
looks_like_a_name = "looks_like_a_name"
not_a_name = "not a name"
a = "x" "y"
b = "x" * 10
c = "x y" * 3
d = ("name", "not-name", "name", "not-name")
long_name = "a_long_name_" * 2
obj = {"looks_like_a_name": 1, "other": 2}
print("looks_like_a_name".upper(), obj["other"])
