import os
import sys


def main():
    lines = os.environ.get("text", "").splitlines()
    if sys.argv[1:] == ["longest"]:
        print(max(lines, key=len, default=""))
    else:
        print(len(lines))


if __name__ == "__main__":
    main()
