#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
# usage: tars.py CASE IN >OUT: the tar IN (of a small root, names without ./) with what a tar should not hold, header by header.
import sys

A = 'a' * 64
RECORD = 'containers/' + A + '/config.v2.json'


def octal(n, width):
    return b'%0*o\0' % (width - 1, n)


def member(name, data=b'', flag=b'0', link=b'', size=None, mode=0o644, bad_sum=False, tail=b'', raw_size=None):
    if isinstance(name, str):
        name = name.encode()
    h = bytearray(512)
    h[0:len(name[:100])] = name[:100]
    h[100:108] = octal(mode, 8)
    h[108:116] = octal(0, 8)
    h[116:124] = octal(0, 8)
    h[124:136] = raw_size if raw_size is not None else octal(len(data) if size is None else size, 12)
    h[136:148] = octal(1700000000, 12)
    h[148:156] = b' ' * 8
    h[156:157] = flag
    h[157:157 + len(link[:100])] = link[:100]
    h[257:265] = b'ustar\x0000'
    h[345:345 + len(tail)] = tail
    h[148:156] = b'%06o\0 ' % (sum(h) + bad_sum)
    return bytes(h) + data + b'\0' * (-len(data) % 512)


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


def sparse(map_, size, stored):
    return pax(rec('GNU.sparse.major', '0'), rec('GNU.sparse.minor', '1'), rec('GNU.sparse.size', str(size)),
               rec('GNU.sparse.map', map_)) + member(RECORD, b'x' * stored)


END = bytes(1024)
GOOD = sys.stdin.buffer.read() if sys.argv[2] == '-' else open(sys.argv[2], 'rb').read()
BODY = b''.join(blocks(GOOD))
X = 'evil/x'


def cases(name):
    numbers = {
        'size-negative': b'\xff' * 12, 'size-2-63': b'\x80\0\0\0\x80' + bytes(7), 'size-most': b'\x80' + b'\xff' * 11,
        'size-below-2-63': b'\x80\0\0\0\x7f' + b'\xff' * 7, 'size-garbage': b'12x4567\0\0\0\0\0', 'size-nine': b'00000000009\0',
        'size-all-ones': b'\xbf' + b'\xff' * 11,
    }
    if name in numbers:
        return BODY + member(X, raw_size=numbers[name]) + member(X + '2') + END
    paxes = {
        'pax-zero': b'0 path=x\n', 'pax-beyond': b'999 path=x\n', 'pax-no-newline': b'10 path=x1', 'pax-no-equals': b'9 pathxx\n',
        'pax-huge': b'99999999999999999999999 path=x\n', 'pax-short': b'3 a', 'pax-no-length': b'path=x\n', 'pax-negative': b'-9 path=x\n',
        'pax-one': b'1 path=x\n',
    }
    if name in paxes:
        return BODY + pax(paxes[name]) + member(X) + END
    sparses = {
        'sparse-order': ('10,2,0,2', 20, 4), 'sparse-overlap': ('0,5,3,5', 20, 10), 'sparse-beyond': ('0,5,18,5', 20, 10),
        'sparse-wrap': ('18446744073709551615,2', 20, 10), 'sparse-more-than-stored': ('0,15', 20, 10), 'sparse-garbage': ('0,a', 20, 10),
        'sparse-odd': ('0,5,9', 20, 10), 'sparse-empty': ('', 20, 0),
        'sparse-many': (','.join('%d,0' % i for i in range(70000)), 70000, 0),
    }
    if name in sparses:
        return BODY + sparse(*sparses[name]) + END
    if name == 'sparse-memory':
        n = 30000
        return BODY + sparse(','.join('%d,1' % (2 * i) for i in range(n)), 2 * n, n) + END
    if name == 'sparse-huge':
        return BODY + sparse('0,5', 1 << 62, 5) + END
    if name == 'sparse-old-loop':		# each block of the map says that one more follows
        h = bytearray(member(RECORD, flag=b'S', size=0))
        h[482] = 1
        h[483:495] = octal(100, 12)
        h[148:156] = b' ' * 8
        h[148:156] = b'%06o\0 ' % sum(h)
        b = bytearray(512)
        b[504] = 1
        return BODY + bytes(h) + bytes(b) * 50
    if name == 'sparse-new-count':
        return BODY + pax(rec('GNU.sparse.major', '1'), rec('GNU.sparse.minor', '0'), rec('GNU.sparse.realsize', '9')) + \
            member(RECORD, b'99999999\n1\n1\n' + bytes(600)) + END
    if name == 'pax-nul':
        return BODY + pax(rec('path', RECORD.encode() + b'\0hidden')) + member(X, b'{}') + END
    if name == 'pax-flood':			# more than an arena holds, before a record
        return BODY + pax(rec('comment', 'c' * 1000000)) * 70 + member(RECORD, b'{}') + END
    if name == 'global-flood':
        return BODY + pax(rec('comment', 'c' * 500000), flag=b'g') * 3 + pax(rec('path', 'containers/' + 'c' * 64 + '/x'), flag=b'g') + \
            member(X) + END
    if name.startswith('global-each'):	# what each of many entries would be asked for
        many = {'global-each-key': [b'6 a=b\n' * 60000], 'global-each-map': [rec('GNU.sparse.map', ','.join('%d,0' % i for i in range(60000)))],
                'global-each-path': [rec('path', 'a/' * 400000)], 'global-each-time': [rec('mtime', '1.' + '0' * 900000)]}
        return BODY + pax(*many[name], flag=b'g') + member('f') * 30000 + END
    if name == 'long-name-alone':
        return BODY + member('././@LongLink', b'n' * 300 + b'\0', b'L') + END
    if name == 'long-name-huge':
        return BODY + member('././@LongLink', b'n' * 3000000, b'L') + member(X) + END
    if name == 'long-names-many':
        return BODY + member('././@LongLink', b'n' * 1000000, b'L') * 70 + member(X) + END
    links = {
        'link-self': (RECORD, RECORD), 'link-nothing': (X, 'no/such'), 'link-outside': (X, '../../../../etc/passwd'),
        'link-folder': (X, 'containers'), 'link-root': (X, ''), 'link-nul': (X, '\0'),
    }
    if name in links:
        return BODY + member(links[name][0], flag=b'1', link=links[name][1].encode()) + END
    if name == 'link-later':
        return BODY + member(X, flag=b'1', link=b'later') + member('later', b'x') + END
    if name == 'link-chain':
        return BODY + b''.join(member('l%d' % (i + 1), flag=b'1', link=b'l%d' % i) if i else member('l1', b'x') for i in range(1000)) + END
    names = {
        'name-dots': '../../x', 'name-dots-within': 'containers/../../x', 'name-absolute': '/' + X, 'name-empty': '', 'name-slash': '///',
        'name-dot': './././', 'name-deep': 'd/' * 49 + 'x',
    }
    if name in names:
        return BODY + member(names[name], b'x') + END
    if name == 'under-link':
        return BODY + member('door', flag=b'2', link=b'/') + member('door/' + RECORD[:60], b'{}') + END
    if name == 'under-file':
        return BODY + member('file', b'x') + member('file/x', b'x') + END
    if name == 'file-over-folder':
        return BODY + member('containers', b'x') + END
    if name == 'link-over-folder':
        return BODY + member('containers', flag=b'2', link=b'/etc') + END
    if name == 'twice':
        return BODY + pax(rec('path', RECORD)) + member(X, b'{}') + END
    if name == 'links-loop':
        return BODY + pax(rec('path', RECORD)) + member(X, flag=b'2', link=b'config.v2.json') + END
    if name == 'fifo':
        return BODY + pax(rec('path', RECORD)) + member(X, flag=b'6') + END
    if name == 'sum-middle':
        b = blocks(GOOD)
        m = len(b) // 2
        return b''.join(b[:m]) + member(X, b'x', bad_sum=True) + b''.join(b[m:]) + END
    if name == 'garbage-middle':
        b = blocks(GOOD)
        m = len(b) // 2
        return b''.join(b[:m]) + b'\xa5' * 5120 + b''.join(b[m:]) + END
    if name == 'zero-middle':
        b = blocks(GOOD)
        m = len(b) // 2
        return b''.join(b[:m]) + bytes(512) + b''.join(b[m:]) + END
    if name == 'type-unknown':
        return BODY + member(X, b'x', flag=b'Q') + END
    if name == 'steering':
        return BODY + member('x\033[2J\xe2\x80\xae\n', flag=b'1', link=b'\033]0;t\007') + member(b'../\xff\x9b31m', b'x') + END
    if name == 'many':
        return b''.join(member('e/%d' % i) for i in range(200000)) + BODY + END
    if name == 'deep':
        return BODY + b''.join(pax(rec('path', 'a/' * n + 'x')) + member(X) for n in range(0, 30000, 5000)) + END
    sys.exit('no such case: ' + name)


sys.stdout.buffer.write(cases(sys.argv[1]))
