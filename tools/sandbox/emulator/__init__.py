"""A local AWS for the sandbox: moto, plus what the Terraform AWS provider needs and moto does not answer.

Start it with `python3 -m emulator --port 0`; `--list` prints what is filled in, and why.
"""

MOTO_VERSION = "5.2.1"
"""The moto the fillers were written and measured against."""
