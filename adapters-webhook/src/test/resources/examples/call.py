
import sys

secret, body, *names = sys.argv[1:]
with open(body, "rb") as file:
    print(str(is_valid(secret, dict(name.split("=", 1) for name in names), file.read())).lower())
