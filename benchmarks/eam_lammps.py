#!/usr/bin/env python3
"""Energy, pressure and elastic constants of fcc by LAMMPS, to put beside those of `compare.jar bulk --model eam`.

Elastic constants are derivatives of the stress at strains of 0.0001. Needs LAMMPS: apt-get install -y --no-install-recommends lammps
"""
import argparse
import pathlib
import subprocess
import tempfile

STRAIN = 1e-4

INPUT = """units metal
boundary p p p
box tilt large
lattice fcc {a}
region cell prism 0 4 0 4 0 4 0 0 0
create_box 1 cell
create_atoms 1 box
mass 1 100
pair_style {style}
pair_coeff * * {file}{element}
change_box all x final 0 {x} y final 0 {length} z final 0 {length} xy final {xy} remap units box
thermo_style custom pxx pyy pxy pe atoms
thermo_modify format float %.15g norm no
run 0
"""


def lammps(file, element, a, x=0.0, xy=0.0):
    """pxx, pyy, pxy in GPa and energy per atom in eV of a cube of 4 x 4 x 4 cells, longer along x and tilted."""
    alloy = not file.name.endswith(".eam")
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder, "in.lmp")
        script.write_text(INPUT.format(
            a=repr(a), style="eam/alloy" if alloy else "eam", file=file, element=" " + element if alloy else "",
            x=repr(4 * a * (1 + x)), length=repr(4 * a), xy=repr(4 * a * xy)))
        run = subprocess.run(["lmp", "-in", script, "-log", "none"], capture_output=True, text=True, check=True)
    lines = run.stdout.splitlines()
    row = next(k for k, line in enumerate(lines) if "Pxx" in line) + 1
    pxx, pyy, pxy, energy, atoms = map(float, lines[row].split())
    return pxx / 1e4, pyy / 1e4, pxy / 1e4, energy / atoms


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=pathlib.Path, help="tables, setfl (.eam.alloy) or funcfl (.eam)")
    parser.add_argument("element", help="symbol of the element")
    parser.add_argument("lattice_constant", type=float, help="in angstrom")
    arguments = parser.parse_args()
    file, element, a = arguments.file.resolve(), arguments.element, arguments.lattice_constant
    rest = lammps(file, element, a)
    longer, shorter = (lammps(file, element, a, x=s) for s in (STRAIN, -STRAIN))
    bent, back = (lammps(file, element, a, xy=s) for s in (STRAIN, -STRAIN))
    print(f"energy {rest[3]:.6f} eV/atom, pressure {rest[0]:.4f} GPa")
    print("C11 {:.2f}, C12 {:.2f}, C44 {:.2f} GPa".format(
        (shorter[0] - longer[0]) / (2 * STRAIN), (shorter[1] - longer[1]) / (2 * STRAIN),
        (back[2] - bent[2]) / (2 * STRAIN)))


if __name__ == "__main__":
    main()
