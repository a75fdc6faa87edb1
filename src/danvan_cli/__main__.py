"""`python -m danvan_cli`: the program without its console script."""

from danvan_cli.cli import main

main()
