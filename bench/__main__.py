"""`python -m bench [lists] [home] [rights] [--sizes 10k 1m] [--rounds 60] [--fresh]`: see bench/README.md."""

import argparse

from .setting import begin

NAMES = ("lists", "home", "rights")


def main():
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("names", nargs="*", metavar="name", help=f"one or more of {', '.join(NAMES)}; all unless told")
    parser.add_argument("--sizes", nargs="+", default=["10k", "100k", "1m"], choices=["10k", "100k", "1m"])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--fresh", action="store_true", help="make the databases anew")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    begin()
    from . import home, lists

    works = {"lists": lists.run, "home": home.home, "rights": home.rights}
    for name in asked.names or NAMES:
        works[name](sizes=asked.sizes, rounds=asked.rounds, fresh=asked.fresh)


if __name__ == "__main__":
    main()
