#!/usr/bin/env python3
"""One GPAW calculation, energy and forces, in plane waves.

    label_gpaw.py                  in a folder with input.json: writes result.json, and the log gpaw.txt
    label_gpaw.py --identify SETTINGS.json ATOMS.xyz
                                   prints the version of GPAW, and checksums of the PAW data of all elements in ATOMS.xyz

Written by `label.jar prepare --engine gpaw`, which explains input.json; read by `label.jar parse`. result.json is written last and
whole: a calculation that was killed, or did not converge, leaves none. Exit status: 0 with a result, 3 not converged.
"""
import os

# One thread: several calculations at a time gain more, and sums keep their order.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import hashlib
import importlib.util
import json
import sys

# The first python3 on the PATH need not be the one that GPAW was installed for; Debian's is.
DEBIAN = "/usr/bin/python3"
if importlib.util.find_spec("gpaw") is None and os.path.exists(DEBIAN) and sys.executable != DEBIAN and "CUPEL_PYTHON" not in os.environ:
    os.execve(DEBIAN, [DEBIAN, *sys.argv], {**os.environ, "CUPEL_PYTHON": DEBIAN})


def paw_data(element, functional):
    """Checksum of the PAW data set of an element, 16 hexadecimal digits of the SHA-256 of its content, not of how it is packed."""
    from gpaw.setup_data import search_for_file

    _, content = search_for_file(f"{element}.{functional}")
    return hashlib.sha256(content).hexdigest()[:16]


def identify(settings_file, atoms_file):
    try:
        import gpaw
        from ase.io import read
    except ImportError as error:
        sys.exit(f"{error}: GPAW is not installed for {sys.executable}: apt-get install -y --no-install-recommends gpaw, and see ext.python")
    with open(settings_file, encoding="utf-8") as file:
        functional = json.load(file)["functional"]
    print(f"version={gpaw.__version__}")
    for element in sorted({symbol for atoms in read(atoms_file, ":") for symbol in atoms.get_chemical_symbols()}):
        try:
            print(f"data.{element}.{functional}={paw_data(element, functional)}")
        except FileNotFoundError:
            sys.exit(f"GPAW has no PAW data {element}.{functional}: see `gpaw info` for the folders that it looks in")


def calculate():
    import numpy as np
    from ase import Atoms
    from gpaw import GPAW, PW, Davidson, FermiDirac, KohnShamConvergenceError, Mixer, MixerDif, MixerSum, __version__

    with open("input.json", encoding="utf-8") as file:
        asked = json.load(file)
    if os.path.exists("result.json"):
        os.remove("result.json")

    periodic = any(asked["pbc"])
    atoms = Atoms(asked["symbols"], positions=asked["positions"], cell=asked["cell"] if periodic else None, pbc=asked["pbc"])
    if not periodic:
        atoms.center(vacuum=asked["vacuum"])
        if len(atoms) == 1:
            # In a cubic box the open shell of a free atom has no preferred direction, and the self-consistency wanders.
            atoms.cell[1, 1] += 0.1
            atoms.cell[2, 2] += 0.2
            atoms.center()
        atoms.pbc = True
    unpaired = asked["unpaired_electrons"]
    if unpaired:
        atoms.set_initial_magnetic_moments([unpaired / len(atoms)] * len(atoms))
    # Without spin there is but one density to mix.
    mixer = {"sum": MixerSum, "difference": MixerDif}[asked["mixer"]] if unpaired else Mixer
    options = {}
    smearing = asked["smearing"]
    if periodic:
        smearing = asked["crystal_smearing"] or smearing
        options["kpts"] = {"density": asked["kpoint_density"], "gamma": True}
    else:
        options["symmetry"] = "off"
    atoms.calc = GPAW(
        mode=PW(asked["cutoff"]),
        xc=asked["functional"],
        spinpol=bool(unpaired),
        occupations=FermiDirac(smearing, fixmagmom=bool(unpaired)),
        mixer=mixer(asked["mixing"], asked["mixing_history"], asked["mixing_weight"]),
        eigensolver=Davidson(asked["davidson_iterations"]),
        convergence={"density": asked["density_tolerance"], "energy": asked["energy_tolerance"]},
        maxiter=asked["max_iterations"],
        txt="gpaw.txt",
        **options,
    )
    try:
        energy = atoms.get_potential_energy()
        forces = atoms.get_forces()
        stress = atoms.get_stress() if all(asked["pbc"]) else None
    except KohnShamConvergenceError:
        return 3
    result = {
        "converged": True,
        "version": __version__,
        "data": {f"{e}.{asked['functional']}": paw_data(e, asked["functional"]) for e in sorted(set(asked["symbols"]))},
        "energy": float(energy),
        "forces": np.asarray(forces).tolist(),
        "stress": None if stress is None else np.asarray(stress).tolist(),
        "positions": asked["positions"],
        "iterations": int(atoms.calc.scf.niter),
    }
    with open("result.json.part", "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace("result.json.part", "result.json")
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] == "--identify":
        identify(sys.argv[2], sys.argv[3])
        sys.exit(0)
    sys.exit(calculate())
