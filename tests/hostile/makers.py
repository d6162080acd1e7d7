#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# usage: makers.py MAKER [ARGUMENT...]: makes one case of the table in the folder where it runs, which holds the small root
# r (lib.bash) and good.tar of it; prints the name of what was made. In arguments \x00 and \n are bytes, a size may
# end in K, M or G, and a first word of PLACES stands for that file of the container web.
import codecs
import gzip
import json
import lzma
import os
import socket
import struct
import subprocess
import sys
import zlib

A = 'a' * 64
B = 'b' * 64
CHAIN = '2' * 64
IMAGE = '1' * 64
RECORD = 'containers/' + A + '/config.v2.json'
STORE = 'image/overlay2/'
PLACES = {
    'record': RECORD, 'host': 'containers/' + A + '/hostconfig.json', 'log': 'containers/' + A + '/' + A + '-json.log',
    'mount-id': STORE + 'layerdb/mounts/' + A + '/mount-id', 'stack': STORE + 'layerdb/mounts/' + A + '/parent',
    'mounts': STORE + 'layerdb/mounts/' + A, 'layer': STORE + 'layerdb/sha256/' + CHAIN,
    'config': STORE + 'imagedb/content/sha256/' + IMAGE, 'names': STORE + 'repositories.json', 'folder': 'containers/' + A,
}
VALUES = {}			# what a message may name in {}


def octal(n, width):
    return b'%0*o\0' % (width - 1, n)


def member(name, data=b'', flag=b'0', link=b'', size=None, bad_sum=False, tail=b'', raw_size=None, mtime=None, magic=b'ustar\x0000', ids=None, numbers=b''):
    if isinstance(name, str):
        name = name.encode()
    h = bytearray(512)
    h[0:len(name[:100])] = name[:100]
    h[100:108] = octal(0o644, 8)
    h[108:116] = ids or octal(0, 8)
    h[116:124] = octal(0, 8)
    h[124:136] = raw_size if raw_size is not None else octal(len(data) if size is None else size, 12)
    h[136:148] = mtime or octal(1700000000, 12)
    h[148:156] = b' ' * 8
    h[156:157] = flag
    h[157:157 + len(link[:100])] = link[:100]
    h[257:265] = magic
    h[329:329 + len(numbers)] = numbers
    h[345:345 + len(tail)] = tail
    h[148:156] = b'%06o\0 ' % (sum(h) + bad_sum)
    return bytes(h) + data + b'\0' * (-len(data) % 512)


def summed(h, total):
    return h[:148] + b'%06o\0 ' % total + h[156:512] + h[512:]


def gnu(m):
    """The same with GNU tar's magic."""
    h = bytearray(m)
    h[257:265] = b'ustar  \0'
    h[148:156] = b' ' * 8
    return summed(bytes(h), sum(h[:512]))


def signed(m):
    """The same with the sum of signed bytes, as some old tars have it."""
    h = m[:148] + b' ' * 8 + m[156:]
    return summed(h, sum(b - 256 * (b > 127) for b in h[:512]))


def web_record(b):
    return next(x for x in b if name_of(x) == RECORD.encode())


def name_of(x):
    prefix, name = x[345:500].rstrip(b'\0'), x[:100].rstrip(b'\0')
    return prefix + b'/' + name if prefix else name


def pax(*records, flag=b'x'):
    return member('pax', b''.join(records), flag)


def rec(key, value):
    body = b' ' + key.encode() + b'=' + (value if isinstance(value, bytes) else value.encode()) + b'\n'
    n = len(body)
    while len(str(n)) + len(body) != n:
        n = len(str(n)) + len(body)
    return str(n).encode() + body


def blocks(t):
    """The tar's members, each with its data; the end mark left out."""
    at, out = 0, []
    while at + 512 <= len(t) and t[at:at + 512] != bytes(512):
        n = 512 + (int(t[at + 124:at + 135].strip(b'\0 ') or b'0', 8) + 511) // 512 * 512
        out.append(t[at:at + n])
        at += n
    return out


def mapped(map_, size, stored):
    return pax(rec('GNU.sparse.major', '0'), rec('GNU.sparse.minor', '1'), rec('GNU.sparse.size', str(size)),
               rec('GNU.sparse.map', map_)) + member(RECORD, b'x' * stored)


END = bytes(1024)
X = 'evil/x'


def tar_case(name, good):
    """The tar GOOD with what a tar should not hold, header by header."""
    b = blocks(good)
    body = b''.join(b)
    m = len(b) // 2
    numbers = {
        'size-negative': b'\xff' * 12, 'size-2-63': b'\x80\0\0\0\x80' + bytes(7), 'size-most': b'\x80' + b'\xff' * 11,
        'size-below-2-63': b'\x80\0\0\0\x7f' + b'\xff' * 7, 'size-garbage': b'12x4567\0\0\0\0\0', 'size-nine': b'00000000009\0',
        'size-all-ones': b'\xbf' + b'\xff' * 11,
    }
    if name in numbers:
        return body + member(X, raw_size=numbers[name]) + member(X + '2') + END
    paxes = {
        'pax-zero': b'0 path=x\n', 'pax-beyond': b'999 path=x\n', 'pax-no-newline': b'10 path=x1', 'pax-no-equals': b'9 pathxx\n',
        'pax-huge': b'99999999999999999999999 path=x\n', 'pax-short': b'3 a', 'pax-no-length': b'path=x\n', 'pax-negative': b'-9 path=x\n',
        'pax-one': b'1 path=x\n',
    }
    if name in paxes:
        return body + pax(paxes[name]) + member(X) + END
    sparses = {
        'sparse-order': ('10,2,0,2', 20, 4), 'sparse-overlap': ('0,5,3,5', 20, 10), 'sparse-beyond': ('0,5,18,5', 20, 10),
        'sparse-wrap': ('18446744073709551615,2', 20, 10), 'sparse-more-than-stored': ('0,15', 20, 10), 'sparse-garbage': ('0,a', 20, 10),
        'sparse-odd': ('0,5,9', 20, 10), 'sparse-empty': ('', 20, 0),
        'sparse-many': (','.join('%d,0' % i for i in range(70000)), 70000, 0),
    }
    if name in sparses:
        return body + mapped(*sparses[name]) + END
    if name == 'sparse-memory':
        n = 30000
        return body + mapped(','.join('%d,1' % (2 * i) for i in range(n)), 2 * n, n) + END
    if name == 'sparse-huge':
        return body + mapped('0,5', 1 << 62, 5) + END
    if name == 'sparse-old-loop':		# each block of the map says that one more follows
        h = bytearray(member(RECORD, flag=b'S', size=0))
        h[482] = 1
        h[483:495] = octal(100, 12)
        h[148:156] = b' ' * 8
        h[148:156] = b'%06o\0 ' % sum(h)
        b = bytearray(512)
        b[504] = 1
        return body + bytes(h) + bytes(b) * 50
    if name == 'sparse-new-count':
        return body + pax(rec('GNU.sparse.major', '1'), rec('GNU.sparse.minor', '0'), rec('GNU.sparse.realsize', '9')) + \
            member(RECORD, b'99999999\n1\n1\n' + bytes(600)) + END
    if name == 'pax-nul':
        return body + pax(rec('path', RECORD.encode() + b'\0hidden')) + member(X, b'{}') + END
    if name == 'pax-flood':			# more than an arena holds, before a record
        return body + pax(rec('comment', 'c' * 1000000)) * 70 + member(RECORD, b'{}') + END
    if name == 'global-flood':
        return body + pax(rec('comment', 'c' * 500000), flag=b'g') * 3 + pax(rec('path', 'containers/' + 'c' * 64 + '/x'), flag=b'g') + \
            member(X) + END
    if name.startswith('global-each'):	# what each of many entries would be asked for
        many = {'global-each-key': [b'6 a=b\n' * 60000], 'global-each-map': [rec('GNU.sparse.map', ','.join('%d,0' % i for i in range(60000)))],
                'global-each-path': [rec('path', 'a/' * 400000)], 'global-each-time': [rec('mtime', '1.' + '0' * 900000)]}
        return body + pax(*many[name], flag=b'g') + member('f') * 30000 + END
    if name == 'long-name-alone':
        return body + member('././@LongLink', b'n' * 300 + b'\0', b'L') + END
    if name == 'long-name-huge':
        return body + member('././@LongLink', b'n' * 3000000, b'L') + member(X) + END
    if name == 'long-names-many':
        return body + member('././@LongLink', b'n' * 1000000, b'L') * 70 + member(X) + END
    links = {
        'link-self': (RECORD, RECORD), 'link-nothing': (X, 'no/such'), 'link-outside': (X, '../../../../etc/passwd'),
        'link-folder': (X, 'containers'), 'link-root': (X, ''), 'link-nul': (X, '\0'),
    }
    if name in links:
        return body + member(links[name][0], flag=b'1', link=links[name][1].encode()) + END
    if name == 'link-later':
        return body + member(X, flag=b'1', link=b'later') + member('later', b'x') + END
    if name == 'link-chain':
        return body + b''.join(member('l%d' % (i + 1), flag=b'1', link=b'l%d' % i) if i else member('l1', b'x') for i in range(1000)) + END
    names = {
        'name-dots': '../../x', 'name-dots-within': 'containers/../../x', 'name-absolute': '/' + X, 'name-empty': '', 'name-slash': '///',
        'name-dot': './././', 'name-deep': 'd/' * 49 + 'x',
    }
    if name in names:
        return body + member(names[name], b'x') + END
    if name == 'under-link':
        return body + member('door', flag=b'2', link=b'/') + member('door/' + RECORD[:60], b'{}') + END
    if name == 'under-file':
        return body + member('file', b'x') + member('file/x', b'x') + END
    if name == 'file-over-folder':
        return body + member('containers', b'x') + END
    if name == 'link-over-folder':
        return body + member('containers', flag=b'2', link=b'/etc') + END
    if name == 'twice':
        return body + pax(rec('path', RECORD)) + member(X, b'{}') + END
    if name == 'links-loop':
        return body + pax(rec('path', RECORD)) + member(X, flag=b'2', link=b'config.v2.json') + END
    if name == 'fifo':
        return body + pax(rec('path', RECORD)) + member(X, flag=b'6') + END
    if name == 'sum-middle':
        return b''.join(b[:m]) + member(X, b'x', bad_sum=True) + b''.join(b[m:]) + END
    if name == 'garbage-middle':
        return b''.join(b[:m]) + b'\xa5' * 5120 + b''.join(b[m:]) + END
    if name == 'zero-middle':
        return b''.join(b[:m]) + bytes(512) + b''.join(b[m:]) + END
    if name == 'type-unknown':
        return body + member(X, b'x', flag=b'Q') + END
    if name == 'steering':
        return body + member('x\033[2J\xe2\x80\xae\n', flag=b'1', link=b'\033]0;t\007') + member(b'../\xff\x9b31m', b'x') + END
    if name == 'many':
        return b''.join(member('e/%d' % i) for i in range(200000)) + body + END
    if name == 'deep':
        return body + b''.join(pax(rec('path', 'a/' * n + 'x')) + member(X) for n in range(0, 30000, 5000)) + END
    if name == 'behind-end':
        return body + END + member('hidden/x', b'x') + END
    if name == 'behind-end-zeros':
        return body + END + bytes(1 << 20)
    if name == 'two-archives':
        return body + END + body + END
    if name == 'no-end':
        return body
    if name == 'half-end':
        return body + bytes(512)
    if name == 'no-padding':			# and no end: the last bytes of the log are the last of the file
        return body[:-(-len(body.rstrip(b'\0')) % 512) or None]
    if name == 'empty':
        return b''
    if name == 'only-end':
        return END
    if name == 'cut-header':
        return body + member(X)[:300]
    if name == 'cut-pax':
        return body + pax(rec('path', 'n' * 2000))[:1024]
    if name == 'cut-data':
        return body + member(X, b'x' * 5000)[:2000]
    record = web_record(b)			# what follows moves web's record to where readers differ
    rest = b''.join(x for x in b if x is not record)
    data = record[512:512 + int(record[124:135], 8)]
    moved = {
        'global-mtime': lambda: pax(rec('mtime', '1'), flag=b'g') + record,
        'global-path-local': lambda: pax(rec('path', 'elsewhere'), flag=b'g') + pax(rec('path', RECORD)) + member(X, data) + pax(rec('path', X), flag=b'g'),
        'two-local': lambda: pax(rec('path', RECORD)) + pax(rec('mtime', '5')) + member(X, data),
        'pax-repeated': lambda: pax(rec('path', 'no'), rec('path', RECORD)) + member(X, data),
        'pax-size': lambda: pax(rec('size', str(len(data))), rec('path', RECORD)) + member(X, data, size=0),
        'pax-size-garbage': lambda: record + pax(rec('size', '12x')) + member(X),
        'pax-size-huge': lambda: record + pax(rec('size', str((1 << 64) - 1))) + member(X),
        'pax-size-wraps': lambda: record + pax(rec('size', str(1 << 64))) + member(X),
        'pax-mtime-garbage': lambda: record + pax(rec('mtime', 'yesterday')) + member(X),
        'pax-mtime-negative': lambda: pax(rec('mtime', '-1.25'), rec('path', RECORD)) + member(X, data),
        'pax-uid-negative': lambda: record + pax(rec('uid', '-5')) + member(X),
        'charset': lambda: pax(rec('hdrcharset', 'BINARY'), rec('path', b'\xff\xfe/x')) + member(X) + record,
        'raw-bytes': lambda: member(b'\xff\x9b31m', b'x') + pax(rec('path', b'\xc0\xaf')) + member(X) + record,
        'gnu-prefix': lambda: gnu(member(RECORD, data, tail=b'notaprefix')),
        'base-256': lambda: member(RECORD, data, raw_size=b'\x80' + len(data).to_bytes(11, 'big')),
        'mtime-negative': lambda: member(RECORD, data, mtime=b'\xff' * 12),
        'mtime-garbage': lambda: record + member(X, mtime=b'yesterday!!\0'),
        'octal-blanks': lambda: member(RECORD, data, raw_size=b'%10o ' % len(data) + b' '),
        'octal-open': lambda: member(RECORD, data, raw_size=b'%012o' % len(data)),
        'v7': lambda: member(RECORD, data, flag=b'\0', magic=bytes(8)),
        'symlink-size': lambda: member(X, flag=b'2', link=b'y', size=3) + record,
        'folder-size': lambda: member(X + '/', flag=b'5', size=3) + record,
        'hardlink-data': lambda: member('first', b'abc') + member(X, b'abc', flag=b'1', link=b'first') + record,
        'slash-file': lambda: member(X + '/', flag=b'0') + member(X + '/y') + record,
        'slash-old': lambda: member(X + '/', flag=b'\0') + member(X + '/y') + record,
        'contiguous': lambda: member(RECORD, data, flag=b'7'),
        'dots': lambda: member('./' + RECORD, data),
        'absolute': lambda: member('/' + RECORD, data),
        'slashes': lambda: pax(rec('path', './/' + RECORD.replace('/', '//'))) + member(X, data),
        'dots-within': lambda: pax(rec('path', RECORD.replace('/', '/./'))) + member(X, data),
        'signed-sum': lambda: signed(member(b'\xff\xfe\xfd')) + record,
        'volume-label': lambda: member('label', flag=b'V') + record,
        'multi-volume': lambda: member(X, b'x', flag=b'M') + record,
        'solaris-x': lambda: pax(rec('path', RECORD), flag=b'X') + member(X, data),
        'device-no-number': lambda: member(X, flag=b'3', numbers=b'not\0num\0') + record,
        'uid-garbage': lambda: record + member(X, ids=b'garbage\0'),
        'name-255': lambda: member('n' * 99, b'x') + pax(rec('path', 'd/' + 'n' * 255)) + member(X) + record,
        'name-controls': lambda: b''.join(member(b'evil' + bytes([c]), flag=b'1', link=b'no') for c in range(1, 32)) + member(b'\x7f') + record,
        'name-bidi': lambda: b''.join(pax(rec('path', '../' + chr(c))) + member(X) for c in [*range(0x202a, 0x202f), *range(0x2066, 0x206a), 0x200e, 0x200f]) + record,
        'name-huge': lambda: pax(rec('path', 'n' * 70000)) + member(X) + record,
        'duplicates-many': lambda: member(X, b'x') * 20000 + record,
        'links-many': lambda: member('first', b'x') + b''.join(member('l%d' % i, flag=b'1', link=b'first') for i in range(20000)) + record,
        'faults-many': lambda: b''.join(member('../%d' % i) for i in range(20000)) + record,
        'xattr-base64': lambda: pax(rec('LIBARCHIVE.xattr.user.\x1b[2J', '*'), rec('path', RECORD)) + member(X, data),
        'xattr-percent': lambda: pax(rec('LIBARCHIVE.xattr.user.%', 'AA'), rec('SCHILY.xattr.', 'x'), rec('path', RECORD)) + member(X, data),
        'xattr-two': lambda: pax(rec('LIBARCHIVE.xattr.user.a', 'AA'), rec('SCHILY.xattr.user.a', 'x'), rec('path', RECORD)) + member(X, data),
        'xattr-many': lambda: pax(*(rec('SCHILY.xattr.user.%d' % i, 'x') for i in range(3000)), rec('path', RECORD)) + member(X, data),
        'xattr-large': lambda: pax(rec('SCHILY.xattr.user.a', 'x' * 1100000)) + record,
        'xattr-globals': lambda: pax(rec('SCHILY.xattr.user.a', 'x' * 900000), flag=b'g') * 9 + record,
    }
    if name in moved:
        return rest + moved[name]() + END
    raise SystemExit('no such case: ' + name)


# The makers. Each makes its case here and returns what is the evidence, r where it returns nothing.

def tar(case, *more):
    write('x.tar', tar_case(case, read('good.tar'), *more))
    return 'x.tar'


def many_entries(n, where='before'):
    """So many empty entries; two numbers a name, so that all have one checksum."""
    good = b''.join(blocks(read('good.tar')))
    head = member('e/UUUUUUULLL' + '0' * 10)
    low = [b'%03d' % i for i in range(1000)]
    with open('x.tar', 'wb') as f:
        if where == 'behind':
            f.write(good)
        block = b''.join(entry_of(head, l) for l in low)
        for i in range(int(n) // 1000):
            f.write(block.replace(b'UUUUUUU', b'%07d' % i).replace(b'VVVVVVV', b'%07d' % (9999999 - i)))
        if where == 'before':
            f.write(good)
        f.write(bytes(1024))
    return 'x.tar'


def entry_of(head, low):
    h = bytearray(head)
    h[0:22] = b'e/0000000' + low + b'9999999' + b'%03d' % (999 - int(low))
    h[148:156] = b' ' * 8
    h[148:156] = b'%06o\0 ' % sum(h)
    h[2:9], h[12:19] = b'UUUUUUU', b'VVVVVVV'
    return bytes(h)


def packed(kind, how, n='0', to='x.tar', data=None):
    """Compressed and then damaged; of the small root's tar."""
    data = read('good.tar') if data is None else data
    out = PACK[kind](data)
    n = size(n)
    VALUES.update(end=str(len(out)), cut=str(n if n >= 0 else len(out) + n))
    if how == 'cut':
        out = out[:n]
    elif how == 'flip':
        out = out[:n] + bytes([out[n] ^ 0xff]) + (out[n + 1:] if n != -1 else b'')
    elif how == 'members':			# in as many as N, and an empty one
        step = len(data) // n + 1
        out = b''.join(PACK[kind](data[i:i + step]) for i in range(0, len(data), step)) + PACK[kind](b'')
    elif how == 'between':			# two members, and N zeros between them
        out = PACK[kind](data[:20000]) + bytes(n) + PACK[kind](data[20000:])
    elif how == 'text':
        out += b'hidden\033[2J'
    elif how == 'zeros':
        out += bytes(n)
    elif how == 'damaged-member':
        out += PACK[kind](data)[:n]
    elif how == 'skippable':
        out = struct.pack('<II', 0x184d2a50, n) + b's' * n + out
    elif how == 'frame-huge':			# a skippable frame that says to be of 4 GB
        out = struct.pack('<II', 0x184d2a50, 0xffffffff) + out
    elif how == 'twice':
        out = PACK[kind](out)
    elif how == 'dictionary':			# of the first block, by its header's byte
        out = bytearray(out)
        out[16] = n
        out[20:24] = struct.pack('<I', zlib.crc32(bytes(out[12:20])))
        out = bytes(out)
    elif how == 'window':			# of the first frame: 2 to the (10 + N)
        out = out[:5] + bytes([n << 3]) + out[6:]
    elif how != 'whole':
        raise SystemExit('no such damage: ' + how)
    write(to + '.' + kind, out)
    return to + '.' + kind


def bomb(kind, n, what='\0', before='tar'):
    """N bytes of one kind behind the small root's tar, or alone, streamed."""
    with open('x.tar.' + kind, 'wb') as f:
        p = subprocess.Popen(STREAM[kind], stdin=subprocess.PIPE, stdout=f)
        if before == 'tar':
            p.stdin.write(b''.join(blocks(read('good.tar'))))
        elif before == 'entry':
            p.stdin.write(b''.join(blocks(read('good.tar'))) + member(RECORD[:99], size=size(n)))
        elif before == 'record':
            p.stdin.write(b''.join(blocks(read('good.tar'))) + pax(rec('path', RECORD)) + member(X, size=size(n)))
        fill(p.stdin, raw(what), size(n))
        if before in ('entry', 'record'):
            p.stdin.write(bytes(-size(n) % 512 + 1024))
        p.stdin.close()
        p.wait()
    return 'x.tar.' + kind


def part(kind, how, n='0'):
    """The log's part .1, of 300 lines, packed and damaged; the log itself has a line now."""
    data = b''.join(line('old%d' % i) for i in range(300))
    packed(kind, how, n, at('log') + '.1', data)
    write(at('log'), line('now', 9))


def part_bomb(kind, n, what):
    bomb(kind, n, what, 'nothing')
    os.rename('x.tar.' + kind, at('log') + '.1.' + kind)
    write(at('log'), line('now', 9))


def log(*parts):
    """A word is a line that says it (word@5: at that second), raw=BYTES, zeros=N, hole=N (not stored), fill=N,BYTES."""
    with open(at('log'), 'wb') as f:
        for p in parts:
            what, _, value = p.partition('=')
            VALUES['at%d' % parts.index(p)] = str(f.tell())
            if what == 'raw':
                f.write(raw(value))
            elif what == 'zeros':
                f.write(bytes(size(value)))
            elif what == 'hole':
                f.seek(size(value), 1)
                f.truncate()
            elif what == 'fill':
                n, _, text = value.partition(',')
                fill(f, raw(text), size(n))
            elif what == 'pieces':		# of 16 KiB, of one line, which does not end
                piece = line('p' * 16384).replace(b'\\n', b'')
                fill(f, piece, len(piece) * size(value))
            elif what == 'many':
                for i in range(size(value)):
                    f.write(line('m%d' % i, i % 60))
            else:
                word, _, second = p.partition('@')
                f.write(line(word, int(second or 0)))


def part_file(number, *parts):
    """A part of the log by its suffix."""
    log(*parts)
    os.rename(at('log'), at('log') + number)
    write(at('log'), line('now', 9))


def parts(*numbers):
    for n in numbers:
        part_file('.' + n, 'p' + n)


def put(place, text):
    write(at(place), raw(text))


def repeat(place, n, text, before='', behind=''):
    with open(at(place), 'wb') as f:
        f.write(raw(before))
        fill(f, raw(text), size(n) * len(raw(text)))
        f.write(raw(behind))


def sparse(place, n):
    with open(at(place), 'wb') as f:
        f.truncate(size(n))


def cut(place, n):
    whole = read(at(place))
    VALUES['end'] = str(len(whole))
    write(at(place), whole[:size(n)])


def around(place, before, behind=''):
    whole = read(at(place))
    VALUES['end'] = str(len(whole))
    write(at(place), raw(before) + whole + raw(behind))


def encoded(place, encoding):
    write(at(place), read(at(place)).decode().encode(encoding))


def change(place, *pairs):
    """Texts of the file, each by another."""
    text = read(at(place))
    for old, new in zip(pairs[::2], pairs[1::2]):
        if raw(old) not in text:
            raise SystemExit('not there: ' + old)
        text = text.replace(raw(old), raw(new))
    write(at(place), text)


def long_text(place, old, n, unit='x'):
    """OLD, and N times UNIT behind it."""
    text = read(at(place))
    write(at(place), text.replace(raw(old), raw(old) + raw(unit) * size(n), 1))


def control(place, old, first, last):
    """Behind OLD each code point from FIRST to LAST, as JSON escapes it."""
    change(place, old, old + ''.join('\\\\u%04x' % c for c in range(int(first, 16), int(last, 16) + 1)))


def map_of(place, path, n, value, key='/k%d', same='distinct'):
    """At PATH an object of N keys, written as text, so that a key may stand there twice."""
    document = json.loads(read(at(place)))
    *way, last = path.split('.')
    inner = document
    for k in way:
        inner = inner.setdefault(k, {})
    inner[last] = '@@'
    value = json.dumps(json.loads(value))
    text = '{%s}' % ','.join('%s:%s' % (json.dumps(key % i if same == 'distinct' else key % (i % 2)), value) for i in range(size(n)))
    write(at(place), json.dumps(document).replace('"@@"', text).encode())


def list_of(place, path, n, value):
    """At PATH a list of N values; %d in VALUE counts, %h is a digest that counts."""
    document = json.loads(read(at(place)))
    *way, last = path.split('.')
    inner = document
    for k in way:
        inner = inner.setdefault(k, {})
    inner[last] = '@@'
    text = ','.join(value.replace('%d', str(i)).replace('%h', 'sha256:%064x' % i) for i in range(size(n)))
    write(at(place), json.dumps(document).replace('"@@"', '[%s]' % text).encode())


def more_keys(place, n):
    """N keys that nobody knows, beside the others."""
    text = read(at(place)).decode().rstrip()
    write(at(place), (text[:-1] + ''.join(',"X%d":%d' % (i, i) for i in range(size(n))) + '}').encode())


def repositories(n, how):
    """So many names: each a repository of its own, or tags of one."""
    if how == 'tags':
        d = {'shop': {'shop:%d' % i: 'sha256:' + IMAGE for i in range(size(n))}}
    else:
        d = {'shop%d' % i: {'shop%d:1' % i: 'sha256:' + (IMAGE if how == 'one' else '%064x' % i)} for i in range(size(n))}
    d.setdefault('shop', {})['shop:1'] = 'sha256:' + IMAGE
    write(at('names'), json.dumps({'Repositories': d}).encode())


def ports(n):
    """Each exposed, and each published."""
    map_of('record', 'Config.ExposedPorts', n, '{}', '%d/tcp')
    map_of('record', 'NetworkSettings.Ports', n, '[{"HostIp":"0.0.0.0","HostPort":"8080"}]', '%d/tcp')


def containers(n):
    """As many more as N, alike, without layers of their own."""
    record, host = read(at('record')), read(at('host'))
    for i in range(size(n)):
        name = '%064x' % i
        os.makedirs('r/containers/' + name)
        write('r/containers/%s/config.v2.json' % name, record.replace(A.encode(), name.encode()).replace(b'/web', b'/c%d' % i))
        write('r/containers/%s/hostconfig.json' % name, host)
        os.makedirs('r/%slayerdb/mounts/%s' % (STORE, name))
        write('r/%slayerdb/mounts/%s/mount-id' % (STORE, name), b'm')


def images(n):
    config = read(at('config'))
    for i in range(size(n)):
        write('r/%simagedb/content/sha256/%064x' % (STORE, i), config)


def names_and_images(n, images_n):
    repositories(n, 'others')
    images(images_n)


def layers(n):
    """A chain of N layers beneath web."""
    below = ''
    for i in range(size(n)):
        name = '%064x' % (0xc0de0000 + i)
        d = 'r/%slayerdb/sha256/%s' % (STORE, name)
        os.makedirs(d)
        write(d + '/cache-id', b'cache')
        write(d + '/diff', b'sha256:' + name.encode())
        write(d + '/size', b'1')
        if below:
            write(d + '/parent', b'sha256:' + below.encode())
        below = name
    write(at('stack'), b'sha256:' + below.encode())


def chain(*ids):
    """Layers of one digit each, every one the parent of the next; the last is web's. The first stands on the last if it is
    named again."""
    for below, i in zip(('',) + ids, ids):
        d = 'r/%slayerdb/sha256/%s' % (STORE, i * 64)
        os.makedirs(d, exist_ok=True)
        for name, text in ('cache-id', 'x'), ('diff', 'sha256:' + i * 64), ('parent', below and 'sha256:' + below * 64):
            if text:
                write(d + '/' + name, text.encode())
    write(at('stack'), ('sha256:' + ids[-1] * 64).encode())


def gone(place):
    subprocess.run(['rm', '-r', at(place)], check=True)


def link(place, to):
    subprocess.run(['rm', '-rf', at(place)], check=True)
    os.symlink(raw(to).replace(b'{here}', os.getcwd().encode()), at(place))


def kind(place, what):
    """A file that is none in the place of another."""
    subprocess.run(['rm', '-rf', at(place)], check=True)
    os.makedirs(os.path.dirname(at(place)), exist_ok=True)
    if what == 'fifo':
        os.mkfifo(at(place))
    elif what == 'folder':
        os.mkdir(at(place))
    elif what == 'socket':			# a socket's path is short
        here = os.getcwd()
        os.chdir(os.path.dirname(at(place)))
        socket.socket(socket.AF_UNIX).bind('s')
        os.chdir(here)
        os.rename(os.path.dirname(at(place)) + '/s', at(place))
    else:
        os.mknod(at(place), 0o20600 if what == 'device' else 0o60600, os.makedev(1, 5) if what == 'device' else os.makedev(7, 200))


def folder(name):
    os.makedirs(b'r/' + raw(name).replace(b'{A}', A.encode()))


def file(name, text=''):
    os.makedirs(os.path.dirname(b'r/' + raw(name)), exist_ok=True)
    write(b'r/' + raw(name), raw(text))


def volume(name, n='1'):
    os.makedirs(b'r/volumes/' + raw(name) * size(n) + b'/_data')


def no_id(n, name='n'):
    """A folder among those of containers whose name is none of theirs."""
    os.makedirs(b'r/containers/' + raw(name) * size(n))


def hosted(name, text):
    """The small root within a host's, with a file more."""
    os.makedirs('h/var/lib')
    os.rename('r', 'h/var/lib/docker')
    os.makedirs(os.path.dirname('h/' + name), exist_ok=True)
    write('h/' + name, raw(text))
    return 'h'


def disk(*pairs):
    """What is no evidence of ours: a file of 1 MB with BYTES at AT, and so on."""
    with open('disk', 'wb') as f:
        f.truncate(1 << 20)
        for place, text in zip(pairs[::2], pairs[1::2]):
            f.seek(int(place))
            f.write(raw(text))
    return 'disk'


def only(text):
    write('disk', raw(text))
    return 'disk'


def holes(n):
    with open('disk', 'wb') as f:
        f.truncate(size(n))
    return 'disk'


def stdin(*parts):
    """What is handed in on standard input: fill=N,BYTES or bytes."""
    with open('stdin', 'wb') as f:
        for p in parts:
            if p.startswith('fill='):
                n, _, text = p[5:].partition(',')
                fill(f, raw(text), size(n))
            else:
                f.write(raw(p).replace(b'{A}', A.encode()))


def nothing():
    pass


# What the makers share.

def read(path):
    with open(path, 'rb') as f:
        return f.read()


def write(path, data):
    with open(path, 'wb') as f:
        f.write(data)


def at(place):
    return 'r/' + PLACES.get(place, place)


def raw(text):
    return text if isinstance(text, bytes) else codecs.decode(text.encode('latin-1', 'backslashreplace'), 'unicode_escape').encode('latin-1')


def size(text):
    unit = {'K': 10, 'M': 20, 'G': 30}.get(text[-1])
    return int(text[:-1]) << unit if unit else int(text)


def fill(f, unit, n):
    chunk = unit * ((1 << 20) // len(unit) + 1)
    while n > 0:
        f.write(chunk[:n] if n < len(chunk) else chunk)
        n -= min(n, len(chunk))


def line(word, second=0):
    return b'{"log":"%s\\n","stream":"stdout","time":"2026-03-01T10:00:%02dZ"}\n' % (word.encode(), second)


def command(*words):
    return lambda data: subprocess.run(words, input=data, stdout=subprocess.PIPE, check=True).stdout


PACK = {'gz': lambda d: gzip.compress(d, mtime=0), 'zst': command('zstd', '-qc'), 'xz': lambda d: lzma.compress(d, check=lzma.CHECK_CRC32),
        'bz2': command('bzip2', '-c'), 'lzma': lambda d: lzma.compress(d, format=lzma.FORMAT_ALONE), 'lz4': lambda d: b'\x04\x22\x4d\x18' + d}
STREAM = {'gz': ('gzip', '-1nc'), 'zst': ('zstd', '-qc'), 'xz': ('xz', '-0c'), 'bz2': ('bzip2', '-c')}


def make(words):
    """Runs one maker; returns the evidence."""
    maker = globals().get(words[0].replace('-', '_'))
    if maker is None:
        raise SystemExit('no such maker: ' + words[0])
    return maker(*words[1:]) or 'r'


if __name__ == '__main__':
    print(make(sys.argv[1:]))
