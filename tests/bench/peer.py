# SPDX-License-Identifier: ISC
# What a responder's script does instead: usage: peer.py merge|load DIR

import glob
import heapq
import json
import sys


def merge(root):
    def lines(path):
        with open(path) as f:
            for line in f:
                record = json.loads(line)
                yield record['time'], record['log']
    for _, text in heapq.merge(*(lines(path) for path in glob.glob(root + '/containers/*/*-json.log'))):
        sys.stdout.write(text)


def load(root):
    for name in 'config.v2.json', 'hostconfig.json':
        for path in glob.glob(root + '/containers/*/' + name):
            with open(path) as f:
                json.load(f)


{'merge': merge, 'load': load}[sys.argv[1]](sys.argv[2])
