#!/usr/bin/env python3
"""A crystal of a million atoms through compare.jar and featurize.jar: CPU seconds, memory, and whether threads change a byte.

  million.py [--potential FILE] [--cells N] [--heap SIZE]       (mvn package first)

The crystal is fcc gold, N x N x 2N cells (default 50), rattled.
"""

import argparse
import os
import random
import tempfile

from side_by_side import ROOT, run, some_potential


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--potential', metavar='FILE', help='if not given, one trained for a moment')
    parser.add_argument('--cells', metavar='N', type=int, default=50)
    parser.add_argument('--heap', metavar='SIZE', default='1500m')
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        atoms = write_crystal(os.path.join(work, 'crystal.xyz'), arguments.cells)
        potential = os.path.abspath(arguments.potential or some_potential(work))
        java = ['/usr/bin/env', 'time', '-f', 'memory %M', 'java', '-Xmx' + arguments.heap, '-jar']
        written = []
        print('%-28s %8s %8s %10s' % ('%d atoms' % atoms, 'user s', 'us/atom', 'memory MB'))
        for threads in 1, 2:
            written.append(os.path.join(work, 'predictions%d.xyz' % threads))
            report('compare, %d thread%s' % (threads, 's'[:threads - 1]), atoms, run(
                java + [os.path.join(ROOT, 'target', 'compare.jar'), '--potential', potential,
                        '--structures', 'crystal.xyz', '--output', 'errors.json', '--predictions', written[-1],
                        '--threads', str(threads)], work))
        report('featurize', atoms, run(
            java + [os.path.join(ROOT, 'target', 'featurize.jar'), '--structures', 'crystal.xyz', '--output', 'f.npy'], work))
        with open(written[0], 'rb') as one, open(written[1], 'rb') as other:
            same = one.read() == other.read()
        print('energies and forces of one thread and of two: %s' % ('the same bytes' if same else 'NOT the same'))
        if not same:
            raise SystemExit(1)


def report(what, atoms, result):
    seconds, log = result
    memory = int(log.split('memory ')[1].split()[0]) / 1000
    print('%-28s %8.1f %8.1f %10.0f' % (what, seconds, seconds * 1e6 / atoms, memory))


def write_crystal(path, cells):
    uniform = random.Random(1)
    half = 2.04
    edges = 2 * cells, 2 * cells, 4 * cells
    atoms = edges[0] * edges[1] * edges[2] // 2
    with open(path, 'w') as out:
        out.write('%d\nLattice="%f 0 0 0 %f 0 0 0 %f" pbc="T T T" ' % (atoms, *(half * e for e in edges)))
        out.write('Properties=species:S:1:pos:R:3 REF_energy=0 REF_level=none\n')
        for a in range(edges[0]):
            for b in range(edges[1]):
                for c in range(edges[2]):
                    if (a + b + c) % 2 == 0:
                        out.write('Au %.6f %.6f %.6f\n' % tuple(half * k + 0.1 * uniform.random() for k in (a, b, c)))
    return atoms


if __name__ == '__main__':
    main()
