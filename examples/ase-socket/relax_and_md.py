#!/usr/bin/env python3
"""Relaxes a structure, then runs molecular dynamics: ASE moves the atoms, a potential of Cupel gives the forces.

    python3 relax_and_md.py potential.json cluster.xyz

Leaves relaxed.xyz and dynamics.xyz, with energies and forces, in the current folder.
"""
import argparse
import os
import shlex
import subprocess

import numpy as np
from ase import units
from ase.calculators.socketio import SocketIOCalculator
from ase.io import read, write
from ase.md.velocitydistribution import MaxwellBoltzmannDistribution, Stationary
from ase.md.verlet import VelocityVerlet
from ase.optimize import BFGS

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument('potential', help='potential.json')
parser.add_argument('structure', help='where to start, any file that ASE reads')
parser.add_argument('--temperature', type=float, default=300, help='kelvin (default: %(default)s)')
parser.add_argument('--steps', type=int, default=100, help='steps of 2 fs (default: %(default)s)')
parser.add_argument('--cupel', default='java -jar target/compare.jar', help='how compare.jar is called (default: %(default)s)')
args = parser.parse_args()


def cupel(atoms, properties=None, port=None, unixsocket=None):
    """The program that ASE starts when it needs the first forces. Elements and periodicity do not go over the socket."""
    write('template.xyz', atoms.copy(), format='extxyz')
    return subprocess.Popen([*shlex.split(args.cupel), 'serve', '--potential', args.potential,
                             '--template', 'template.xyz', '--unix', unixsocket])


atoms = read(args.structure)
with SocketIOCalculator(launch_client=cupel, unixsocket=f'cupel_{os.getpid()}') as calculator:
    atoms.calc = calculator
    BFGS(atoms, logfile='relaxation.log').run(fmax=0.01, steps=500)
    write('relaxed.xyz', atoms, format='extxyz')
    print(f'relaxed: {atoms.get_potential_energy():.6f} eV, largest force component {abs(atoms.get_forces()).max():.4f} eV/angstrom')

    # half of it is potential energy soon after
    MaxwellBoltzmannDistribution(atoms, temperature_K=2 * args.temperature, rng=np.random.RandomState(1))
    Stationary(atoms)
    energies = []

    def note():
        energies.append(atoms.get_total_energy())
        write('dynamics.xyz', atoms, format='extxyz', append=len(energies) > 1)

    dynamics = VelocityVerlet(atoms, timestep=2 * units.fs)
    dynamics.attach(note)
    dynamics.run(args.steps)
    print(f'total energy of {len(energies)} steps: {np.mean(energies):.6f} eV, '
          f'standard deviation {1000 * np.std(energies) / len(atoms):.4f} meV/atom')
