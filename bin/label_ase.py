#!/usr/bin/env python3
"""One calculation, energy and forces, with an ASE calculator of the user's own.

    label_ase.py DIR                        in a folder with input.json: writes result.json
    label_ase.py --identify SETTINGS.json DIR
                                            prints the version of ASE, those of what the calculator imports, and checksums of the files

DIR holds the user's Python file, which defines

    calculator(atoms, **options)            returns an ASE calculator; options: the setting of this name
    converged(atoms)                        may be left out; after the calculation, whether to believe it

and whatever else it needs, such as the parameters of a model: the files are linked into the folder of the calculation, so that their
bare names work. Input is written by `label.jar prepare --engine ase`, output read by `label.jar parse`. result.json is written last and
whole, with the label or with the reason why there is none. Exit status: 0 with a label, 3 not converged, 4 anything else.
"""
import os

# One thread: several calculations at a time gain more, and sums keep their order.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

import hashlib
import importlib.util
import json
import re
import sys
import traceback
import types

# The first python3 on the PATH need not be the one that ASE was installed for; Debian's is.
DEBIAN = "/usr/bin/python3"
if importlib.util.find_spec("ase") is None and os.path.exists(DEBIAN) and sys.executable != DEBIAN and "CUPEL_PYTHON" not in os.environ:
    os.execve(DEBIAN, [DEBIAN, *sys.argv], {**os.environ, "CUPEL_PYTHON": DEBIAN})


def load(folder, name):
    """The user's file as a module; other files beside it can be imported."""
    folder = os.path.abspath(folder)
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("cupel_calculator", os.path.join(folder, name))
    if spec is None or not os.path.exists(spec.origin):
        raise FileNotFoundError(f"{name}: there is no such file beside the settings, or it does not end in .py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not callable(getattr(module, "calculator", None)):
        raise AttributeError(f"{name} defines no function calculator(atoms)")
    return module


def versions(module):
    """Versions of the packages that the user's file imports at its top, by name: those that have a version. ASE has its own place, and
    that of numpy changes no label."""
    found = {}
    for value in list(vars(module).values()):
        name = value.__name__ if isinstance(value, types.ModuleType) else getattr(value, "__module__", None)
        package = sys.modules.get(str(name).split(".")[0])
        version = getattr(package, "__version__", None)
        if isinstance(version, str) and package.__name__ not in ("ase", "numpy"):
            found[f"module.{package.__name__}"] = version
    return dict(sorted(found.items()))


def checksums(folder):
    """The first 16 hexadecimal digits of the SHA-256 of each file."""
    found = {}
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and not name.startswith("."):
            with open(path, "rb") as file:
                found[f"file.{re.sub('[^A-Za-z0-9_.-]', '_', name)}"] = hashlib.sha256(file.read()).hexdigest()[:16]
    return found


def identify(settings, folder):
    try:
        import ase
    except ImportError as error:
        sys.exit(f"{error}: ASE is not installed for {sys.executable}: apt-get install -y --no-install-recommends python3-ase")
    with open(settings, encoding="utf-8") as file:
        name = os.path.basename(json.load(file)["calculator"])
    try:
        module = load(folder, name)
    except Exception as error:
        sys.exit(f"{name} cannot be used: {type(error).__name__}: {error}")
    print(f"version={ase.__version__}")
    for key, value in {**checksums(folder), **versions(module)}.items():
        print(f"data.{key}={value}")


def write_result(result):
    with open("result.json.part", "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1, allow_nan=False)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace("result.json.part", "result.json")


def failure(kind, reason, result):
    result.update(converged=False, failure=kind, reason=" ".join(str(reason).split())[:300])
    write_result(result)
    return 3 if kind == "not_converged" else 4


def means_not_converged(error):
    """SCFError, KohnShamConvergenceError, "... did not converge": programs say it in their own ways."""
    names = [kind.__name__ for kind in type(error).__mro__]
    said = f"{type(error).__name__}: {error}".lower()
    return any(name in ("SCFError", "NotConvergedError") or "Convergence" in name for name in names) or bool(
        re.search(r"not (be )?converge|n't converge|unconverged|convergence (failed|failure|not)|failed to converge|no convergence", said)
    )


def calculate(folder):
    import ase
    import numpy as np
    from ase.calculators.calculator import PropertyNotImplementedError

    with open("input.json", encoding="utf-8") as file:
        asked = json.load(file)
    if os.path.exists("result.json"):
        os.remove("result.json")
    result = {"version": ase.__version__, "positions": asked["positions"], "symbols": asked["symbols"]}
    for name in sorted(os.listdir(folder)):
        if not os.path.lexists(name):
            os.symlink(os.path.join(os.path.abspath(folder), name), name)
    try:
        module = load(folder, asked["calculator"])
        result["data"] = versions(module)
        periodic = any(asked["pbc"])
        atoms = ase.Atoms(
            asked["symbols"], positions=asked["positions"], cell=asked["cell"] if periodic else None, pbc=asked["pbc"]
        )
        atoms.calc = module.calculator(atoms, **asked["options"])
        energy = float(atoms.get_potential_energy())
        forces = np.asarray(atoms.get_forces(), dtype=float)
        stress = None
        if all(asked["pbc"]):
            try:
                stress = np.asarray(atoms.get_stress(), dtype=float)
            except (PropertyNotImplementedError, NotImplementedError):
                pass
        if hasattr(module, "converged") and not module.converged(atoms):
            return failure("not_converged", f"converged(atoms) of {asked['calculator']} says no", result)
    except Exception as error:  # whatever a calculator throws is an answer, with its reason
        traceback.print_exc()
        kind = "not_converged" if means_not_converged(error) else "crashed"
        return failure(kind, f"{type(error).__name__}: {error}", result)
    if not np.isfinite(energy):
        return failure("unphysical", f"energy is not a number: {energy}", result)
    if forces.shape != (len(asked["symbols"]), 3):
        return failure("crashed", f"forces must be those of {len(asked['symbols'])} atoms, are of shape {forces.shape}", result)
    if not np.all(np.isfinite(forces)):
        worst = int(np.argmin(np.all(np.isfinite(forces), axis=1)))
        return failure("unphysical", f"force on atom {worst + 1} is not a number: {forces[worst]}", result)
    if stress is not None and (stress.shape != (6,) or not np.all(np.isfinite(stress))):
        return failure("unphysical", f"stress must be six numbers, is {stress}", result)
    # Places may have been moved by the calculator: what it computed is said, not what was asked.
    result.update(positions=atoms.get_positions().tolist(), symbols=atoms.get_chemical_symbols())
    result.update(converged=True, energy=energy, forces=forces.tolist(), stress=None if stress is None else stress.tolist())
    write_result(result)
    return 0


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "--identify":
        identify(sys.argv[2], sys.argv[3])
        sys.exit(0)
    if len(sys.argv) != 2:
        sys.exit("usage: label_ase.py DIR | label_ase.py --identify SETTINGS.json DIR")
    sys.exit(calculate(sys.argv[1]))
