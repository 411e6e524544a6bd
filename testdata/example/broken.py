def greet(greeting, names):
    return {greeting: [name for name in names]


print(greet("hello", ["you"]))
