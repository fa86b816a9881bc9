#!/usr/bin/env python3
"""Crystals of gold for testing a potential that was trained on clusters: writes bulk-structures.xyz beside this file.

fcc, bcc, sc and diamond, one atom or two a cell, at nine volumes around the lattice constants of PBE, and eight cubic cells of
fcc with four atoms out of place. Needs ASE: apt-get install -y --no-install-recommends python3-ase
"""
import os
import pathlib
import sys

try:
    import numpy as np
    from ase.build import bulk
    from ase.io import write
except ImportError:
    # The first python3 on the PATH need not be the one that ASE was installed for; Debian's is.
    if sys.executable == "/usr/bin/python3":
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

structures = []
for lattice, constant in (("fcc", 4.184), ("bcc", 3.318), ("sc", 2.766), ("diamond", 6.213)):
    for scale in np.linspace(0.96, 1.04, 9):
        atoms = bulk("Au", lattice, a=constant * scale)
        atoms.info = {"kind": lattice, "scale": round(float(scale), 2)}
        structures.append(atoms)
random = np.random.RandomState(2020)
for amplitude in (0.05, 0.1, 0.15, 0.2):
    for _ in range(2):
        atoms = bulk("Au", "fcc", a=4.184, cubic=True)
        atoms.positions += amplitude * random.standard_normal(atoms.positions.shape)
        atoms.info = {"kind": "rattled fcc", "amplitude": amplitude}
        structures.append(atoms)
for atoms in structures:
    atoms.positions = np.round(atoms.positions, 8)
write(pathlib.Path(__file__).with_name("bulk-structures.xyz"), structures, format="extxyz")
