"""``python -m sensational`` is the command ``sensational``."""

from sensational.cli import main

if __name__ == "__main__":
    main()
