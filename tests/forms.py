#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""Archives in the forms of tools that Debian 12 does not have, and hostile ones, made of docker.tar of the evidence.

usage: forms.py FORM DOCKER_TAR OUT [ARGUMENT...]	OUT is a tar, or a folder where it ends with /

Sources of the forms: moby image/tarexport/save.go (25 to 29), moby daemon/containerd/image_exporter.go,
go-containerregistry pkg/v1/tarball/write.go (crane, ko, kaniko), rules_docker container/incremental_load."""
import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
import sys
import tarfile

OCI = 'application/vnd.oci.image.'
INDEX, MANIFEST, CONFIG = OCI + 'index.v1+json', OCI + 'manifest.v1+json', OCI + 'config.v1+json'
LAYER = OCI + 'layer.v1.tar'
DOCKER = 'application/vnd.docker.distribution.'


def digest(data):
    return 'sha256:' + hashlib.sha256(data).hexdigest()


def dumps(value):
    return json.dumps(value, separators=(',', ':')).encode()


class Image:
    """One of docker save's: its configuration as bytes, its layers, its names."""

    def __init__(self, tar, item):
        def read(name):
            return tar.extractfile(name).read()		# follows the links of layers
        self.config = read(item['Config'])
        self.layers = [read(name) for name in item['Layers']]
        self.names = item['RepoTags'] or []
        self.parent = item.get('Parent')


def images(path):
    with tarfile.open(path) as tar:
        return [Image(tar, item) for item in json.load(tar.extractfile('manifest.json'))]


class Out:
    """Members, in order, each name once."""

    def __init__(self):
        self.members = {}

    def add(self, name, data):
        self.members[name] = data if isinstance(data, bytes) else dumps(data)

    def link(self, name, target):
        self.members[name] = (target,)

    def blob(self, data, media_type, **more):
        data = data if isinstance(data, bytes) else dumps(data)
        self.add('blobs/sha256/' + digest(data)[7:], data)
        return dict(mediaType=media_type, digest=digest(data), size=len(data), **more)

    def layout(self, manifests, **more):
        self.add('oci-layout', {'imageLayoutVersion': '1.0.0'})
        self.add('index.json', dict(schemaVersion=2, manifests=manifests, **more))

    def write(self, path, prefix=''):
        if path.endswith('/'):
            for name, data in self.members.items():
                to = path + name
                os.makedirs(os.path.dirname(to), exist_ok=True)
                if isinstance(data, tuple):
                    os.symlink(data[0], to)
                else:
                    with open(to, 'wb') as f:
                        f.write(data)
            return
        with tarfile.open(path, 'w') as tar:
            for name, data in self.members.items():
                info = tarfile.TarInfo(prefix + name)
                if isinstance(data, tuple):
                    info.type, info.linkname = tarfile.SYMTYPE, data[0]
                    tar.addfile(info)
                else:
                    info.size = len(data)
                    tar.addfile(info, io.BytesIO(data))


def manifest(out, image, pack=None, layer=LAYER, config=CONFIG, kind=MANIFEST, **more):
    """The descriptor of an image's manifest, of a layout."""
    pack = pack or (lambda data: data)
    body = {'schemaVersion': 2, 'mediaType': kind, 'config': out.blob(image.config, config),
            'layers': [out.blob(pack(data), layer) for data in image.layers]}
    return out.blob(body, kind, **more)


def annotated(name):
    return {'io.containerd.image.name': 'docker.io/' + name, 'org.opencontainers.image.ref.name': name.rsplit(':', 1)[1]}


def gz(data):
    return gzip.compress(data, mtime=0)


# --- docker >= 25 ------------------------------------------------------------------------------------

def saved_item(image, layers, **more):
    item = {'Config': 'blobs/sha256/' + digest(image.config)[7:], 'RepoTags': image.names or None, 'Layers': layers,
            'LayerSources': {digest(d): {'mediaType': LAYER, 'size': len(d), 'digest': digest(d)} for d in image.layers}}
    if image.parent:
        item['Parent'] = image.parent
    item.update(more)
    return item


def blob_path(data):
    return 'blobs/sha256/' + digest(data)[7:]


def docker25(out, all_images, **_):
    """The classic store. An untagged image stands in index.json only where nothing stands before it."""
    entries, items = [], []
    for image in all_images:
        names = [n for n in image.names]
        for name in names:
            entries.append(manifest(out, image, annotations=annotated(name)))
        if not names and not entries:
            entries.append(manifest(out, image))
        items.append(saved_item(image, [blob_path(d) for d in image.layers]))
        for data in image.layers:
            out.add(blob_path(data), data)
        out.add(blob_path(image.config), image.config)
    out.layout(entries, mediaType=INDEX)
    out.add('manifest.json', items)
    out.add('repositories', {})
    return entries, items


def docker25_bare(out, all_images):
    """moby/moby#47065: manifests of the layout without layers, manifest.json with them."""
    docker25(out, all_images)
    entries = []
    for image in all_images[:1]:
        body = {'schemaVersion': 2, 'mediaType': MANIFEST, 'config': out.blob(image.config, CONFIG), 'layers': []}
        entries.append(out.blob(body, MANIFEST, annotations=annotated(image.names[0])))
    out.layout(entries)
    out.add('manifest.json', json.loads(out.members['manifest.json'])[:1])


def docker25_other(out, all_images):
    """The two indexes say other layers, and other names, of one image."""
    docker25(out, all_images)
    items = json.loads(out.members['manifest.json'])
    items[1]['Layers'].reverse()
    items[1]['RepoTags'] = ['t/forged:1']
    out.add('manifest.json', items)


def containerd(out, all_images, lost=()):
    """The containerd store: packed blobs, an index of platforms of which one was pulled, with its attestation."""
    image = all_images[1]
    here = manifest(out, image, gz, LAYER + '+gzip', platform={'architecture': 'amd64', 'os': 'linux'})
    absent = {'mediaType': MANIFEST, 'digest': 'sha256:' + 'a' * 64, 'size': 500, 'platform': {'architecture': 'arm64', 'os': 'linux'}}
    attestation = {'mediaType': MANIFEST, 'digest': 'sha256:' + 'b' * 64, 'size': 500,
                   'platform': {'architecture': 'unknown', 'os': 'unknown'},
                   'annotations': {'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': here['digest']}}
    index = out.blob({'schemaVersion': 2, 'mediaType': INDEX, 'manifests': [here, absent, attestation]}, INDEX,
                     annotations=annotated(image.names[0]))
    out.layout([index], mediaType=INDEX)
    out.add('manifest.json', [{'Config': 'blobs/sha256/' + digest(image.config)[7:], 'RepoTags': image.names,
                               'Layers': [blob_path(gz(d)) for d in image.layers]}])
    for n in lost:
        del out.members[blob_path(gz(image.layers[n]))]


def containerd_lost(out, all_images):
    """moby/moby#49473: a layer that another image has too is not there."""
    containerd(out, all_images, [0])


def containerd_none(out, all_images):
    """An index of which no platform is here."""
    entries = [{'mediaType': MANIFEST, 'digest': 'sha256:' + c * 64, 'size': 500, 'platform': {'architecture': p, 'os': 'linux'}}
               for c, p in (('a', 'arm64'), ('b', 's390x'))]
    out.layout([out.blob({'schemaVersion': 2, 'mediaType': INDEX, 'manifests': entries}, INDEX, annotations=annotated('t/none:1'))])


# --- others ------------------------------------------------------------------------------------------

def crane(out, all_images):
    """go-containerregistry, which crane, ko and kaniko write by."""
    items = []
    for image in all_images:
        names = []
        out.add(digest(image.config), image.config)
        for data in image.layers:
            packed = gz(data)
            names.append(digest(packed)[7:] + '.tar.gz')
            out.add(names[-1], packed)
        items.append({'Config': digest(image.config), 'RepoTags': image.names, 'Layers': names})
    out.add('manifest.json', items)


def bazel(out, all_images):
    """rules_docker: names begin with ./, a layer of every image by its digest, the configuration last."""
    items = []
    for image in all_images:
        names = []
        for data in image.layers:
            names.append(digest(data)[7:] + '/layer.tar')
            out.add(names[-1], data)
        out.add(digest(image.config)[7:] + '.json', image.config)
        items.append({'Config': digest(image.config)[7:] + '.json', 'RepoTags': ['bazel/' + n for n in image.names], 'Layers': names})
    out.add('manifest.json', items)


def codecs(out, all_images):
    """docker loads a layer that is packed in any way."""
    image = all_images[1]
    names = []
    for n, (pack, data) in enumerate(zip((lzma.compress, bz2.compress, gz), image.layers)):
        names.append('%d/layer.tar' % n)
        out.add(names[-1], pack(data))
    out.add(digest(image.config)[7:] + '.json', image.config)
    out.add('manifest.json', [{'Config': digest(image.config)[7:] + '.json', 'RepoTags': image.names, 'Layers': names}])


def docker_list(out, all_images):
    """Docker's own types in a layout: a list of manifests, of two tags; index.json without a type."""
    image = all_images[1]
    one = manifest(out, image, gz, 'application/vnd.docker.image.rootfs.diff.tar.gzip', 'application/vnd.docker.container.image.v1+json',
                   DOCKER + 'manifest.v2+json', platform={'architecture': 'amd64', 'os': 'linux'})
    many = {'schemaVersion': 2, 'mediaType': DOCKER + 'manifest.list.v2+json', 'manifests': [one]}
    out.layout([out.blob(many, many['mediaType'], annotations={'org.opencontainers.image.ref.name': t}) for t in ('one', 'two')])


def platforms(out, all_images, architecture, variant):
    """An index that says of an image's platform what its configuration (linux/amd64) need not."""
    out.layout([manifest(out, all_images[1], platform={'os': 'linux', 'architecture': architecture, 'variant': variant})])


def artifacts(out, all_images):
    """An image among things that are none: oras, helm, a signature; a layer that may be left out."""
    empty = out.blob(b'{}', 'application/vnd.oci.empty.v1+json')
    note = out.blob(b'a note', 'text/plain')
    entries = [manifest(out, all_images[0], annotations={'org.opencontainers.image.ref.name': 'image'})]
    for body in ({'artifactType': 'application/vnd.example.note', 'config': empty, 'layers': [note]},
                 {'config': out.blob(b'{"name":"chart"}', 'application/vnd.cncf.helm.config.v1+json'), 'layers': [note]},
                 {'config': out.blob(b'{"os":"","architecture":"","rootfs":{"type":"layers","diff_ids":[]}}', CONFIG),
                  'layers': [dict(note, mediaType='application/vnd.dev.cosign.simplesigning.v1+json')]}):
        entries.append(out.blob(dict(body, schemaVersion=2, mediaType=MANIFEST), MANIFEST))
    out.layout(entries)


def foreign(out, all_images):
    """A Windows base: its layer has an address, and is not here."""
    config = dumps({'os': 'windows', 'architecture': 'amd64', 'rootfs': {'type': 'layers', 'diff_ids': ['sha256:' + 'c' * 64]}})
    layer = {'mediaType': 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', 'digest': 'sha256:' + 'd' * 64, 'size': 9,
             'urls': ['https://example.org/base']}
    body = {'schemaVersion': 2, 'config': out.blob(config, CONFIG), 'layers': [layer]}
    out.layout([out.blob(body, MANIFEST, annotations={'org.opencontainers.image.ref.name': 'base'})])


# --- hostile -----------------------------------------------------------------------------------------

def saved(out, image, layers=None, config=None, **more):
    """docker save's, by hand."""
    name = config or digest(image.config)[7:] + '.json'
    if config is None:
        out.add(name, image.config)
    for n, data in enumerate(image.layers):
        out.add('%d/layer.tar' % n, data)
    item = {'Config': name, 'RepoTags': image.names, 'Layers': layers or ['%d/layer.tar' % n for n in range(len(image.layers))]}
    item.update(more)
    out.add('manifest.json', [item])


def outside(out, all_images, config='../../etc/shadow', layer='../../../etc/passwd'):
    """Members out of the archive; etc/shadow is inside too, and no configuration."""
    out.add('etc/shadow', b'root:*:19000::::::\n')
    saved(out, all_images[1], [layer, '/etc/shadow', 'link/layer.tar'], config)
    out.link('link/layer.tar', '../../../../etc/hostname')


def loop(out, _):
    """Indexes that name each other: their names are no digests of theirs."""
    a, b = 'sha256:' + 'a' * 64, 'sha256:' + 'b' * 64
    out.add('blobs/sha256/' + 'a' * 64, {'schemaVersion': 2, 'manifests': [{'digest': b}, {'digest': a}]})
    out.add('blobs/sha256/' + 'b' * 64, {'schemaVersion': 2, 'manifests': [{'digest': a}]})
    out.layout([{'digest': a}])


def deep(out, all_images, depth):
    entry = manifest(out, all_images[0])
    for _ in range(int(depth)):
        entry = out.blob({'schemaVersion': 2, 'manifests': [entry]}, INDEX)
    entry['annotations'] = {'org.opencontainers.image.ref.name': 'deep'}
    out.layout([entry])


def wide(out, all_images, n):
    """N times the same index of N times the same image."""
    entry = manifest(out, all_images[0])
    index = out.blob({'schemaVersion': 2, 'manifests': [entry] * int(n)}, INDEX)
    out.layout([dict(index, annotations={'org.opencontainers.image.ref.name': 'n%d' % i}) for i in range(int(n))])


def same(out, all_images, n):
    """One layer N times."""
    image = all_images[0]
    config = json.loads(image.config)
    config['rootfs']['diff_ids'] = config['rootfs']['diff_ids'] * int(n)
    image.config = dumps(config)
    saved(out, image, ['0/layer.tar'] * int(n))


def lost(out, all_images, what):
    saved(out, all_images[1])
    del out.members[digest(all_images[1].config)[7:] + '.json' if what == 'config' else '1/layer.tar']


def edited(out, all_images):
    """The configuration, after it was named."""
    saved(out, all_images[1])
    name = digest(all_images[1].config)[7:] + '.json'
    out.add(name, all_images[1].config.replace(b'MODE=plain', b'MODE=other'))


def edited_manifest(out, all_images):
    entry = manifest(out, all_images[1], annotations={'org.opencontainers.image.ref.name': 'x'})
    name = 'blobs/sha256/' + entry['digest'][7:]
    out.add(name, out.members[name] + b' ')
    out.layout([entry])


def shorter(out, all_images):
    """A blob, and what its descriptor says of it; fewer layers than digests."""
    entry = manifest(out, all_images[1])
    name = blob_path(all_images[1].layers[2])
    out.add(name, out.members[name][:100])
    out.layout([entry])


def fewer(out, all_images):
    saved(out, all_images[1], ['0/layer.tar'])


def large(out, _):
    out.add('manifest.json', b'[' + b'{},' * (6 << 20) + b'{}]')


def names(out, all_images):
    """Names that steer a terminal, and digests that are paths."""
    saved(out, all_images[0])
    out.add('manifest.json', [{'Config': 'x\x1b[2J.json', 'RepoTags': ['a\x1b]0;t\x07\u202e:1'], 'Layers': ['\x1b[31m']}])


def digests(out, all_images):
    """Digests that are none."""
    image = all_images[0]
    bad = ['sha256:../../../etc/passwd', 'sha256:', '../x:aa', 'aa', '', 'sha256:..']
    layers = [{'mediaType': LAYER, 'digest': d, 'size': 1} for d in bad]
    body = {'schemaVersion': 2, 'config': out.blob(image.config, CONFIG), 'layers': layers}
    out.layout([out.blob(body, MANIFEST)] + [{'mediaType': MANIFEST, 'digest': d} for d in bad])


def kinds(out, _):
    """Values of the wrong kind everywhere."""
    body = {'schemaVersion': 'two', 'config': [], 'layers': {'a': 1}}
    entry = out.blob(body, MANIFEST)
    out.layout([entry, 7, None, {'digest': 3}, {'digest': entry['digest'], 'size': -1, 'annotations': [1]}])


def wrong(out, _):
    out.add('manifest.json', [1, {'Config': 2, 'RepoTags': 'x', 'Layers': [3]}, None, {}])


def tags(out, all_images, n):
    saved(out, all_images[0], RepoTags=['t/base:%d' % i for i in range(int(n))])


def heavy(out, all_images, n):
    """N configurations of almost 16 MiB, each another."""
    items = []
    for i in range(int(n)):
        name = '%d.json' % i
        out.add(name, b'{"author":"%d"}' % i + b' ' * ((16 << 20) - 64))
        items.append({'Config': name, 'RepoTags': ['t/heavy:%d' % i], 'Layers': []})
    out.add('manifest.json', items)


def torn(out, all_images):
    saved(out, all_images[0])
    out.add('manifest.json', out.members['manifest.json'][:-4])


FORMS = {f.__name__.replace('_', '-'): f for f in (docker25, docker25_bare, docker25_other, containerd, containerd_lost,
         containerd_none, crane, bazel, codecs, docker_list, platforms, artifacts, foreign, outside, loop, deep, wide, same, lost, edited,
         edited_manifest, shorter, fewer, large, names, digests, kinds, wrong,
         tags, heavy, torn)}

if __name__ == '__main__':
    made = Out()
    FORMS[sys.argv[1]](made, images(sys.argv[2]), *sys.argv[4:])
    made.write(sys.argv[3], './' if sys.argv[1] == 'bazel' else '')
