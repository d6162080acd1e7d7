# SPDX-License-Identifier: ISC
"""A file system as sorted lines, from our rows or from what others say of it: path, type, mode, owner, size, seconds of
mtime, target, sha256. What one side cannot know is left out of both: WITHOUT names fields.

usage: view.py rows|find|tar|tree FILE [WITHOUT...]
  rows: ctr-layers -j with --hash; find: find -printf '%P\\t%y\\t%m\\t%U:%G\\t%s\\t%T@\\t%n\\t%l\\0', then lines of sha256sum -z;
  tar: an archive; tree: a folder"""

import base64, hashlib, json, os, stat, sys, tarfile

FIELDS = ("path", "type", "mode", "owner", "size", "mtime", "target", "sha256")
BITS = {"r": 4, "w": 2, "x": 1, "s": 1, "t": 1, "-": 0, "S": 0, "T": 0}


def raw(row, key):
    if row.get(key + "_b64"):
        return base64.b64decode(row[key + "_b64"])
    return (row[key] or "").encode()


def mode_of(text):
    mode = 0
    for i in range(3):
        three = text[1 + 3 * i:4 + 3 * i]
        mode = mode * 8 + sum(BITS[c] for c in three)
    return mode | (0o4000 if text[3] in "sS" else 0) | (0o2000 if text[6] in "sS" else 0) | (0o1000 if text[9] in "tT" else 0)


def rows(name):
    for line in open(name, "rb"):
        r = json.loads(line)
        kind = r["mode"][0].replace("-", "f")
        if r["change"] == "D":
            continue
        yield {"path": raw(r, "path").lstrip(b"/"), "type": kind, "mode": mode_of(r["mode"]), "owner": "%d:%d" % (r["uid"], r["gid"]),
               "size": r["size"] if kind == "f" else 0, "mtime": stamp(r["mtime"]),
               "target": raw(r, "target") if kind == "l" else b"", "sha256": r["sha256"] or ""}


def stamp(text):
    import calendar, time
    return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S"))


def find(name):
    listing, sums = [], {}
    for item in open(name, "rb").read().split(b"\0"):
        item = item.lstrip(b"\n")
        if item.count(b"\t") >= 7:
            listing.append(item.split(b"\t"))
        elif len(item) > 66 and item[64:66] == b"  ":
            sums[clean(item[66:])] = item[:64].decode()
    for path, kind, mode, owner, size, mtime, _, target in listing:
        kind = kind.decode()
        if clean(path):
            yield {"path": clean(path), "type": kind, "mode": int(mode, 8), "owner": owner.decode(),
                   "size": int(size) if kind == "f" else 0, "mtime": int(mtime.split(b".")[0]), "target": target,
                   "sha256": sums.get(clean(path), "")}


def clean(path):
    while path.startswith((b"./", b"/")):
        path = path[2:] if path.startswith(b"./") else path[1:]
    return b"" if path == b"." else path.rstrip(b"/")


def tar(name):
    kinds = {tarfile.SYMTYPE: "l", tarfile.DIRTYPE: "d", tarfile.CHRTYPE: "c", tarfile.BLKTYPE: "b", tarfile.FIFOTYPE: "p"}
    archive = tarfile.open(name, errors="surrogateescape")
    for m in archive:
        kind, what = kinds.get(m.type, "f"), m
        if m.islnk():
            what = archive.getmember(m.linkname)
        data = archive.extractfile(what).read() if kind == "f" else b""
        path = clean(os.fsencode(m.name))
        if path:
            yield {"path": path, "type": kind, "mode": m.mode & 0o7777, "owner": "%d:%d" % (m.uid, m.gid), "size": len(data),
                   "mtime": int(m.mtime // 1), "target": os.fsencode(m.linkname) if kind == "l" else b"",
                   "sha256": hashlib.sha256(data).hexdigest() if kind == "f" else ""}


def tree(name):
    top = os.fsencode(name)
    for folder, names, files in os.walk(top):
        for n in names + files:
            path = os.path.join(folder, n)
            st = os.lstat(path)
            kind = {stat.S_IFLNK: "l", stat.S_IFDIR: "d", stat.S_IFCHR: "c", stat.S_IFBLK: "b", stat.S_IFIFO: "p",
                    stat.S_IFSOCK: "s"}.get(stat.S_IFMT(st.st_mode), "f")
            data = open(path, "rb").read() if kind == "f" else b""
            yield {"path": os.path.relpath(path, top), "type": kind, "mode": stat.S_IMODE(st.st_mode),
                   "owner": "%d:%d" % (st.st_uid, st.st_gid), "size": len(data), "mtime": int(st.st_mtime_ns // 10**9),
                   "target": os.readlink(path) if kind == "l" else b"",
                   "sha256": hashlib.sha256(data).hexdigest() if kind == "f" else ""}


without = set(sys.argv[3:])
for line in sorted("\t".join("%s=%s" % (f, "0%o" % row[f] if f == "mode" else row[f]) for f in FIELDS
                             if f not in without and not (f == "mode" and row["type"] == "l") and
                             not (f == "mtime" and row["type"] == "d" and "mtime of dirs" in without))
                   for row in globals()[sys.argv[1]](sys.argv[2])):
    print(line)
