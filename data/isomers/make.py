#!/usr/bin/env python3
"""Builds gold clusters of well-known shapes, relaxes each with GFN1-xTB, and writes those that stay apart: gold.xyz.

    ./make.py            (needs xtb 6.5.1 on the PATH; some minutes on one core; the same bytes each time)
"""
import itertools
import math
import os
import random
import subprocess
import tempfile

B = 2.75  # bond length to start from, angstrom


def scaled(points, bond=B):
    """The points with their shortest distance made a bond, in their mean's frame."""
    shortest = min(math.dist(p, q) for p, q in itertools.combinations(points, 2))
    mean = [sum(p[a] for p in points) / len(points) for a in range(3)]
    return [tuple((p[a] - mean[a]) * bond / shortest for a in range(3)) for p in points]


def nearest(sites, count, centre):
    """The sites nearest to a centre; ties by coordinates, so that the choice is one."""
    key = lambda p: (round(math.dist(p, centre), 6), tuple(round(c, 6) for c in p))
    return sorted(sites, key=key)[:count]


S3 = math.sqrt(3)
TRIANGULAR = [(i + 0.5 * j, j * S3 / 2, 0.0) for i in range(-8, 9) for j in range(-8, 9)]


def flake(count, centre):
    return nearest(TRIANGULAR, count, centre)


def triangle(edge):
    return [(i + 0.5 * j, j * S3 / 2, 0.0) for j in range(edge) for i in range(edge - j)]


def layers(*sizes_and_centres):
    """Close-packed layers, each over the hollows of the one below."""
    height = math.sqrt(2 / 3)
    atoms = []
    for level, (count, centre) in enumerate(sizes_and_centres):
        shift = (0.5 * (level % 2), S3 / 6 * (level % 2))
        sites = [(x + shift[0], y + shift[1], level * height) for x, y, _ in TRIANGULAR]
        atoms += nearest(sites, count, (centre[0], centre[1], level * height))
    return atoms


def ring(count, z, radius=None, turn=0.0):
    radius = radius or 0.5 / math.sin(math.pi / count)
    return [(radius * math.cos(2 * math.pi * k / count + turn), radius * math.sin(2 * math.pi * k / count + turn), z)
            for k in range(count)]


def capped(atoms, faces):
    """An atom on each of these faces (three atoms each), on the outer side, a bond away."""
    centre = [sum(p[a] for p in atoms) / len(atoms) for a in range(3)]
    caps = []
    for i, j, k in faces:
        p, q, r = atoms[i], atoms[j], atoms[k]
        mid = [(p[a] + q[a] + r[a]) / 3 for a in range(3)]
        u = [q[a] - p[a] for a in range(3)]
        v = [r[a] - p[a] for a in range(3)]
        n = (u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
        norm = math.sqrt(sum(c * c for c in n))
        side = 1 if sum(n[a] * (mid[a] - centre[a]) for a in range(3)) > 0 else -1
        height = math.sqrt(2 / 3) * math.dist(p, q)
        caps.append(tuple(mid[a] + side * height * n[a] / norm for a in range(3)))
    return list(atoms) + caps


TETRAHEDRON = [(1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1)]
OCTAHEDRON = [(1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)]
BIPYRAMID = ring(3, 0) + [(0, 0, math.sqrt(2 / 3)), (0, 0, -math.sqrt(2 / 3))]
FCC = [(i / math.sqrt(2), j / math.sqrt(2), k / math.sqrt(2)) for i in range(-4, 5) for j in range(-4, 5)
       for k in range(-4, 5) if (i + j + k) % 2 == 0]


def icosahedron():
    g = (1 + math.sqrt(5)) / 2
    vertices = [p for a in (-1, 1) for b in (-g, g) for p in ((0, a, b), (a, b, 0), (b, 0, a))]
    return [(0.0, 0.0, 0.0)] + vertices


def pyramid_20():
    """Four layers of 1, 3, 6 and 10: the tetrahedron of 20."""
    h = math.sqrt(2 / 3)
    atoms = []
    for level in range(4):
        edge = 4 - level
        for x, y, _ in triangle(edge):
            atoms.append((x + 0.5 * level, y + S3 / 6 * level, level * h))
    return atoms


def pentagonal(count_rings, *caps):
    """Staggered pentagons on an axis with atoms between and beyond: pieces of icosahedra."""
    atoms = []
    for k in range(count_rings):
        atoms += ring(5, 0.88 * k, turn=math.pi / 5 * (k % 2))
    return atoms + [(0.0, 0.0, z) for z in caps]


def amorphous(count, seed):
    """Balls thrown at random around the middle, none nearer than a bond to another."""
    draw = random.Random(seed)
    atoms = []
    while len(atoms) < count:
        best = None
        for _ in range(4000):
            p = tuple(draw.uniform(-1.9, 1.9) for _ in range(3))
            d = [math.dist(p, q) for q in atoms]
            if (not d or 1.0 <= min(d) <= 1.15) and (best is None or math.hypot(*p) < math.hypot(*best)):
                best = p
        atoms.append(best)
    return atoms


SHAPES = {
    6: {
        'triangle': triangle(3),
        'pentagonal_pyramid': ring(5, 0) + [(0, 0, 0.53)],
        'capped_bipyramid': capped(BIPYRAMID, [(0, 1, 3)]),
        'octahedron': OCTAHEDRON,
        'prism': ring(3, 0) + ring(3, 1),
        'parallelogram': [(i + 0.5 * j, j * S3 / 2, 0.0) for i in range(3) for j in range(2)],
        'hexagon_minus_one': flake(7, (0, 0, 0))[:6],
    },
    8: {
        'fourfold_star': ring(4, 0) + ring(4, 0, radius=math.sqrt(0.5) / math.sqrt(2) + S3 / 2, turn=math.pi / 4),
        'capped_tetrahedron': capped(TETRAHEDRON, itertools.combinations(range(4), 3)),
        'bicapped_octahedron': capped(OCTAHEDRON, [(0, 2, 4), (1, 3, 5)]),
        'bicapped_octahedron_cis': capped(OCTAHEDRON, [(0, 2, 4), (0, 3, 5)]),
        'hexagon_and_one': flake(7, (0, 0, 0)) + [(1.5, S3 / 2, 0.0)],
        'rhombic_flake': flake(8, (0.5, 0, 0)),
        'dodecahedron': [(0.64, 0, 0.9), (-0.64, 0, 0.9), (0, 0.64, -0.9), (0, -0.64, -0.9),
                         (1.1, 0, -0.35), (-1.1, 0, -0.35), (0, 1.1, 0.35), (0, -1.1, 0.35)],
        'bicapped_pentagon_and_one': capped(ring(5, 0) + [(0, 0, 0.53), (0, 0, -0.53)], [(0, 1, 5)]),
    },
    13: {
        'flake_hollow': flake(13, (0.5, S3 / 6, 0)),
        'flake_bond': flake(13, (0.5, 0, 0)),
        'flake_corner': triangle(5)[:-2],
        'star': flake(13, (0, 0, 0)),
        'bilayer_7_6': layers((7, (0, 0)), (6, (0.5, S3 / 6))),
        'bilayer_10_3': layers((10, (0.5, S3 / 6)), (3, (0.5, S3 / 6 + 0.3))),
        'cage_and_caps': ring(3, 0, 0.6) + ring(6, 0.8, 1.1) + ring(4, 1.6, 0.75, 0.3),
        'cuboctahedron': nearest(FCC, 13, (0, 0, 0)),
        'decahedron': ring(5, 0.5, 0.85) + ring(5, -0.5, 0.85) + [(0, 0, 0), (0, 0, 1), (0, 0, -1)],
        'icosahedron': icosahedron(),
    },
    20: {
        'tetrahedron': pyramid_20(),
        'flake': flake(20, (0.5, S3 / 6, 0)),
        'flake_bond': flake(20, (0.5, 0, 0)),
        'bilayer_12_8': layers((12, (0.5, S3 / 6)), (8, (0.5, S3 / 6))),
        'trilayer': layers((6, (0, 0)), (8, (0.5, S3 / 6)), (6, (0, 0.3))),
        'double_icosahedron_and_one': capped(pentagonal(3, 0.44, 1.32, -0.53, 2.29), [(0, 1, 17)]),
        'octahedron_and_one': nearest(FCC, 20, (1 / math.sqrt(2), 0, 0)),
        'amorphous_1': amorphous(20, 1),
        'amorphous_2': amorphous(20, 2),
    },
}


def relax(atoms):
    """Positions after relaxation by GFN1-xTB."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'in.xyz'), 'w') as out:
            out.write(f'{len(atoms)}\n\n' + ''.join('Au %.8f %.8f %.8f\n' % p for p in atoms))
        odd = ['--uhf', str(len(atoms) % 2)]
        environment = dict(os.environ, OMP_NUM_THREADS='1', OPENBLAS_NUM_THREADS='1')
        run = subprocess.run(['xtb', 'in.xyz', '--gfn', '1', '--opt', 'tight', '--cycles', '400', *odd], cwd=folder, env=environment,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        done = os.path.join(folder, 'xtbopt.xyz')
        if run.returncode != 0 or not os.path.exists(done) or b'GEOMETRY OPTIMIZATION CONVERGED' not in run.stdout:
            return None, None
        with open(done) as answer:
            lines = answer.read().splitlines()
        energy = float(lines[1].split()[1]) * 27.211386245988
        return energy, [tuple(map(float, line.split()[1:4])) for line in lines[2:2 + len(atoms)]]


def distances(atoms):
    return sorted(math.dist(p, q) for p, q in itertools.combinations(atoms, 2))


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, 'gold.xyz'), 'w') as out:
        for size, shapes in SHAPES.items():
            kept = []
            for name, shape in shapes.items():
                assert len(shape) == size, (name, len(shape))
                energy, atoms = relax(scaled(shape))
                if atoms is None:
                    print(f'Au{size} {name}: not relaxed, left out')
                    continue
                own = distances(atoms)
                twin = [other for other, known, _ in kept if max(abs(a - b) for a, b in zip(own, known)) < 0.1]
                print(f'Au{size} {name}: {energy:.4f} eV' + (f', the same as {twin[0]}, left out' if twin else ''), flush=True)
                if not twin:
                    kept.append((name, own, atoms))
                    # mean at the origin; without energies, which belong to another level of theory than the user's
                    mean = [sum(p[a] for p in atoms) / size for a in range(3)]
                    out.write(f'{size}\nProperties=species:S:1:pos:R:3 pbc="F F F" isomer={name}\n')
                    out.write(''.join('Au %16.8f %16.8f %16.8f\n' % tuple(p[a] - mean[a] for a in range(3)) for p in atoms))


if __name__ == '__main__':
    main()
