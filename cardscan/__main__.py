"""`python -m cardscan` is the `cardscan` command."""

from cardscan.cli import main

if __name__ == "__main__":
    main()
