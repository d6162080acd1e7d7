# SPDX-License-Identifier: ISC
"""A layer made by hand, entry by entry, in that order and with just those: what no tar program would write, too.

usage: layer.py FILE ENTRY...
  ENTRY: d:NAME, f:NAME=CONTENT, s:NAME=TARGET (a symbolic link), h:NAME=TARGET (a hard link), p:NAME (a FIFO), c:NAME (0:0)"""

import io, os, sys, tarfile

KINDS = {"d": tarfile.DIRTYPE, "f": tarfile.REGTYPE, "s": tarfile.SYMTYPE, "h": tarfile.LNKTYPE, "p": tarfile.FIFOTYPE,
         "c": tarfile.CHRTYPE}


def add(archive, text):
    kind, rest = text.split(":", 1)
    name, _, value = rest.partition("=")
    m = tarfile.TarInfo()
    m.name, m.type, m.mode, m.mtime = name, KINDS[kind], 0o755 if kind == "d" else 0o644, 1700000000
    data = os.fsencode(value) if kind == "f" else b""
    m.linkname, m.size = value if kind in "sh" else "", len(data)
    archive.addfile(m, io.BytesIO(data))


with tarfile.open(sys.argv[1], "w", format=tarfile.PAX_FORMAT, encoding="utf-8", errors="surrogateescape") as made:
    for entry in sys.argv[2:]:
        add(made, entry)
