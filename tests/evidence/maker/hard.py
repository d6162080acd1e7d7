#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Images whose layers are hard to put together again, as docker load takes them: hard.py DIRECTORY.

Each NAME.tar is an image hard/NAME:1. Headers are written byte by byte where no library would write them so.
"""

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile

CAP_NET_RAW = bytes.fromhex("0100000200200000000000000000000000000000")
T = 1600000000


def header(name, size=0, flag=b"0", link=b"", mode=0o644, uid=0, gid=0, mtime=T, major=0, minor=0):
    """A ustar header."""
    def octal(n, width):
        return b"%0*o\0" % (width - 1, n)

    block = name.ljust(100, b"\0") + octal(mode, 8) + octal(uid, 8) + octal(gid, 8) + octal(size, 12) + octal(mtime, 12)
    block += b" " * 8 + flag + link.ljust(100, b"\0") + b"ustar\0" + b"00" + b"\0" * 64 + octal(major, 8) + octal(minor, 8)
    block = block.ljust(512, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def padded(data):
    return data + b"\0" * (-len(data) % 512)


def pax(flag=b"x", **records):
    text = b""
    for key, value in records.items():
        value = value if isinstance(value, bytes) else str(value).encode()
        rest = b" " + key.replace("__", ".").encode() + b"=" + value + b"\n"
        n = len(rest)
        while len(str(n)) + len(rest) != n:
            n = len(str(n)) + len(rest)
        text += str(n).encode() + rest
    return header(b"PaxHeaders/x", len(text), flag) + padded(text)


def entry(name, data=b"", **kw):
    return header(name, len(data), **kw) + padded(data)


END = b"\0" * 1024


def names():
    """Long names, names that are no UTF-8, that escape in JSON, in several spellings; owners, modes, times of all kinds."""
    long_name = b"/".join([b"l" * 100] * 3)
    t = entry(b"./", flag=b"5", mode=0o755)
    t += pax(path=long_name + b"/file") + entry(b"short", b"long\n")
    t += entry(b"raw-\xff\xfe", b"no utf-8\n")
    t += pax(path=b"raw-\xe9-pax", hdrcharset="BINARY") + entry(b"x", b"no utf-8 in pax\n")
    t += entry(b"./dots/../up", b"up\n")
    t += entry(b"/slash", b"slash\n")
    t += entry("go<&>\u2028\"\\\n".encode(), b"escapes\n")
    t += entry(b"usr/bin/su", b"setuid\n", mode=0o6755, uid=1000, gid=100)
    t += entry(b"tmp/", flag=b"5", mode=0o1777)
    t += pax(mtime="1600000000.123456789") + entry(b"fraction", b"ns\n")
    t += pax(mtime="-5") + entry(b"before-1970", b"old\n")
    t += entry(b"future", b"new\n", mtime=0o37777777777)
    t += entry(b"empty")
    t += entry(b"one-byte", b"x")
    t += entry(b"block", b"y" * 512)
    t += entry(b"blocks", bytes(range(256)) * 30 + b"z")
    return t + END


def links():
    """Hard links, links, devices, a FIFO, capabilities: of them the engine keeps that of a link that says it again."""
    cap = {"SCHILY__xattr__security__capability": CAP_NET_RAW}
    t = entry(b"bin/", flag=b"5", mode=0o755)
    t += pax(**cap) + entry(b"bin/arping", b"#!arping\n", mode=0o755)
    t += pax(**cap) + header(b"bin/arping6", flag=b"1", link=b"bin/arping", mode=0o755)
    t += pax(**cap) + entry(b"bin/cap", b"#!cap\n", mode=0o755)
    t += pax(**cap) + entry(b"bin/ping", b"#!ping\n", mode=0o755)
    t += header(b"bin/ping6", flag=b"1", link=b"bin/ping", mode=0o755)
    t += header(b"bin/ping.dots", flag=b"1", link=b"./bin/ping", mode=0o755)
    t += header(b"bin/sh", flag=b"2", link=b"/bin/ping", mode=0o777)
    t += header(b"bin/nowhere", flag=b"2", link=b"../../../../etc/shadow", mode=0o777, uid=5, gid=6)
    t += header(b"bin/also", flag=b"1", link=b"bin/sh", mode=0o777)
    t += header(b"pipe", flag=b"6", mode=0o600)
    t += header(b"null", flag=b"3", mode=0o666, major=1, minor=3)
    t += header(b"disk", flag=b"4", mode=0o660, gid=6, major=8, minor=0)
    return t + END


def below():
    t = entry(b"d/", flag=b"5", mode=0o755) + entry(b"d/gone", b"1\n") + entry(b"d/kept", b"2\n")
    t += entry(b"o/", flag=b"5", mode=0o755) + entry(b"o/hidden", b"3\n")
    t += entry(b"again", b"4\n") + entry(b"tree/deep/file", b"5\n")
    return t + END


def above():
    """What deletes, hides, and puts there again; a directory without an entry."""
    t = entry(b"d/", flag=b"5", mode=0o755) + entry(b"d/.wh.gone", mode=0o600, uid=7, gid=8)
    t += entry(b"o/", flag=b"5", mode=0o755) + entry(b"o/.wh..wh..opq") + entry(b"o/new", b"6\n")
    t += entry(b".wh.again") + entry(b"again", b"7\n")
    t += entry(b"tree/deep/.wh.file")
    t += entry(b"implied/by/this", b"8\n")
    return t + END


def bogus():
    """Headers with a size that counts no bytes; a global header."""
    t = pax(flag=b"g", mtime=1, comment="of all")
    t += entry(b"file", b"abc")
    t += header(b"hard", 3, b"1", b"file")
    t += header(b"soft", 3, b"2", b"file", mode=0o777)
    t += header(b"dir/", 3, b"5", mode=0o755)
    t += entry(b"dir/after", b"after\n")
    return t + END


def unpadded():
    """The end mark is missing, and the padding of the last file."""
    return entry(b"first", b"1\n") + header(b"last", 2) + b"2\n"


def behind():
    """A whole archive behind the end mark."""
    return entry(b"shown", b"1\n") + END + b"\0" * 9216 + entry(b"hidden", b"2\n") + END


def sparse(where, *options):
    os.makedirs(where)

    def make(name, size, *parts):
        with open(f"{where}/{name}", "wb") as f:
            f.truncate(size)
            for at, data in parts:
                f.seek(at)
                f.write(data)
        os.utime(f"{where}/{name}", (T, T))

    make("hole-last", 100000, (0, b"a" * 4096), (40960, b"b" * 100))
    make("data-last", 100000, (0, b"a" * 4096), (99900, b"b" * 100))
    make("aligned", 12288, (8192, b"a" * 4096))
    make("nothing-but-hole", 65536)
    make("many", 400000, *((i * 8192, b"c" * 4096) for i in range(40)))
    make("dense", 3000, (0, b"d" * 3000))
    return subprocess.run(["tar", "--format=pax", "--sparse", "--sort=name", "--owner=0", "--group=0", "--numeric-owner",
                           "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime", *options, "-cf", "-", "-C",
                           where, "."], check=True, stdout=subprocess.PIPE).stdout


def image(to, name, layers):
    """An archive of docker save."""
    config = json.dumps({
        "architecture": "amd64", "os": "linux", "config": {}, "created": "2026-01-01T00:00:00Z",
        "history": [{"created": "2026-01-01T00:00:00Z", "created_by": name}] * len(layers),
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(layer).hexdigest() for layer in layers]}}).encode()
    members = {f"{i}/layer.tar": layer for i, layer in enumerate(layers)}
    members["config.json"] = config
    members["manifest.json"] = json.dumps([{"Config": "config.json", "RepoTags": [f"hard/{name}:1"],
                                            "Layers": [f"{i}/layer.tar" for i in range(len(layers))]}]).encode()
    with tarfile.open(f"{to}/{name}.tar", "w") as tar:
        for member, data in members.items():
            info = tarfile.TarInfo(member)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def main(to):
    image(to, "names", [names()])
    image(to, "links", [links()])
    image(to, "deletes", [below(), above()])
    image(to, "bogus", [bogus()])
    image(to, "unpadded", [unpadded()])
    image(to, "behind", [behind()])
    image(to, "empty", [END, b""])
    image(to, "sparse", [
        sparse(f"{to}/seek", "--sparse-version=1.0", "--hole-detection=seek"),
        sparse(f"{to}/raw", "--sparse-version=1.0", "--hole-detection=raw"),
        sparse(f"{to}/map", "--sparse-version=0.1"),
        sparse(f"{to}/old", "--sparse-version=0.0")])


main(sys.argv[1])
