#!/usr/bin/env python3
"""Cupel and other programs side by side on the same inputs, in one run. Times are user CPU seconds of whole processes.

  side_by_side.py forces   --n2p2 DIR --aenet DIR     energy and forces per atom: clusters of 13, 30, 55, fcc of 108 atoms
  side_by_side.py epoch    --aenet DIR                one Levenberg-Marquardt epoch, batches of 32
  side_by_side.py accuracy --n2p2 DIR                 time and error of a whole training on energies

DIR holds the programs: nnp-dataset, nnp-scaling, nnp-train; predict.x*, generate.x*, train.x*. Jars come from ../target
(mvn package). Training data are made with the built-in Gupta model unless --train and --test name files.
"""

import argparse
import math
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile

from peers import Aenet, N2p2, Potential, read_xyz, table, write_xyz

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
JAVA = ['java', '-XX:+UseSerialGC', '-Xmx4g', '-jar']


def jar(name):
    return JAVA + [os.path.join(ROOT, 'target', name + '.jar')]


def run(command, folder='.'):
    """User CPU seconds of a program, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise SystemExit('%s in %s failed:\n%s' % (' '.join(command), folder, done.stdout[-2000:]))
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, done.stdout


def fresh(*parts):
    path = os.path.join(*parts)
    os.makedirs(path)
    return path


def rows(title, header, lines):
    print('\n' + title)
    widths = [max(len(str(line[k])) for line in [header] + lines) for k in range(len(header))]
    for line in [header] + lines:
        print('  '.join(str(v).rjust(w) for v, w in zip(line, widths)))


# Energy and forces


def gold(n, seed):
    """A compact piece of fcc gold, or with 108 atoms a periodic crystal, rattled."""
    uniform = random.Random(seed)
    half = 2.04
    side = range(6) if n == 108 else range(-5, 6)
    places = [(half * a, half * b, half * c) for a in side for b in side for c in side if (a + b + c) % 2 == 0]
    if n != 108:
        places.sort(key=lambda p: sum((v - o) ** 2 for v, o in zip(p, (0.11, 0.07, 0.03))))
    places = [[v + 0.2 * uniform.random() - 0.1 for v in p] for p in places[:n]]
    cell = [6 * half, 0, 0, 0, 6 * half, 0, 0, 0, 6 * half] if n == 108 else None
    return {'symbols': ['Au'] * n, 'places': places, 'forces': None, 'energy': None, 'cell': cell}


class Cupel:
    """compare.jar: reads structures, computes energies and forces, and compares with labels."""

    name = 'Cupel'

    @staticmethod
    def write_potential(path, potential):
        potential.write(os.path.join(path, 'potential.json'))

    @staticmethod
    def write_structures(path, structures, copies):
        write_xyz(os.path.join(path, 'structures.xyz'), structures * copies)

    @staticmethod
    def evaluate(path):
        return jar('compare') + ['--potential', 'potential.json', '--structures', 'structures.xyz', '--output', 'errors.json']


class CupelAsIs(Cupel):
    """Cupel with a potential that the others cannot read."""

    def __init__(self, path):
        self.path = path

    def write_potential(self, path, potential):
        shutil.copy(self.path, os.path.join(path, 'potential.json'))


def marginal(program, potential, structures, atoms, folder, rounds):
    """User CPU microseconds of one more atom: the time of a long file less that of a short one, over the difference in atoms."""
    n = sum(len(s['places']) for s in structures)
    # What is warm-up to a virtual machine is over in the short file.
    copies = [max(1, atoms // 10 // n), max(2, atoms // n)]
    if program.name == 'Cupel':
        copies[0] = max(1, atoms // 3 // n)
    folders = []
    for k in copies:
        path = fresh(folder, 'copies%d' % k)
        program.write_potential(path, potential)
        program.write_structures(path, structures, k)
        folders.append(path)
    least = [math.inf, math.inf]
    for _ in range(rounds):
        for k, path in enumerate(folders):
            least[k] = min(least[k], run(program.evaluate(path), path)[0])
    return (least[1] - least[0]) * 1e6 / ((copies[1] - copies[0]) * n)


def forces(arguments, work):
    potential = Potential(arguments.potential or some_potential(work))
    programs = [Cupel()] + [p for p in peers(arguments)]
    # Enough for a second or so.
    scale = {'Cupel': 600_000, 'n2p2': 30_000, 'aenet': 8_000}
    lines = []
    for n in arguments.atoms:
        structures = [gold(n, seed) for seed in range(1 if n == 108 else 4)]
        differences = agreement(programs, potential, structures, fresh(work, 'check%d' % n))
        cost = {}
        for program in programs:
            atoms = scale[program.name] // (4 if n == 108 else 1)
            whole = marginal(program, potential, structures, atoms, fresh(work, '%s%d' % (program.name, n)), arguments.rounds)
            bare = marginal(program, potential.reduced(), structures, max(atoms, 30_000),
                            fresh(work, '%s%dbare' % (program.name, n)), arguments.rounds)
            cost[program.name] = whole, whole - bare
            lines.append([n, program.name, '%.2f' % whole, '%.2f' % (whole / cost['Cupel'][0]), '%.2f' % (whole - bare),
                          '%.2f' % ((whole - bare) / cost['Cupel'][1]), differences.get(program.name, '')])
        if arguments.also:
            atoms = scale['Cupel'] // (4 if n == 108 else 1)
            whole = marginal(CupelAsIs(arguments.also), None, structures, atoms, fresh(work, 'also%d' % n), arguments.rounds)
            computing = whole - cost['Cupel'][0] + cost['Cupel'][1]
            lines.append([n, 'Cupel, ' + os.path.basename(arguments.also), '%.2f' % whole,
                          '%.2f' % (whole / cost['Cupel'][0]), '%.2f' % computing,
                          '%.2f' % (computing / cost['Cupel'][1]), ''])
    rows('Energy and forces: user CPU microseconds of one more atom; without reading and writing; ratios to Cupel',
         ['atoms', 'program', 'us/atom', 'ratio', 'computing', 'ratio', 'largest difference from Cupel'], lines)


def some_potential(work):
    """A potential with the default functions and network, trained for a moment."""
    train, _ = make_data(work, 200, 1)
    path = os.path.join(work, 'some_potential.json')
    run(jar('train') + ['--structures', train, '--output', path, '--seed', '1', '--folds', '1',
                        '--descriptor', 'behler2011-26', '--hidden-layers', '10,10', '--max-epochs', '30'])
    return path


def agreement(programs, potential, structures, folder):
    """The largest differences of energies per atom and of force components from those of Cupel."""
    found = {}
    for program in programs:
        path = fresh(folder, program.name)
        program.write_potential(path, potential)
        if program.name == 'Cupel':
            program.write_structures(path, structures, 1)
            run(program.evaluate(path) + ['--predictions', 'predictions.xyz'], path)
            own = predictions(os.path.join(path, 'predictions.xyz'))
            continue
        program.write_structures(path, [dict(s, forces=o['forces']) for s, o in zip(structures, own)], 1)
        _, log = run(program.evaluate(path), path)
        energies = program.energies(path, log)
        if len(energies) != len(own):
            raise SystemExit('%s gave %d energies for %d structures' % (program.name, len(energies), len(own)))
        worst = max(abs(e - o['energy']) / len(o['places']) for e, o in zip(energies, own))
        found[program.name] = '%.0e eV/atom' % worst
        if hasattr(program, 'largest_force'):
            found[program.name] += ', %.0e eV/A' % program.largest_force(path)
    return found


def predictions(path):
    """Structures with predicted energies and forces in the place of labels."""
    with open(path) as file:
        text = file.read()
    with open(path + '.as_labels', 'w') as out:
        out.write(text.replace('REF_energy', 'OLD_energy').replace('NN_energy', 'REF_energy').replace('NN_forces', 'REF_forces'))
    return read_xyz(path + '.as_labels')


def peers(arguments):
    if arguments.n2p2:
        yield N2p2(arguments.n2p2)
    if arguments.aenet:
        yield Aenet(arguments.aenet)


# Training


def data(arguments, work):
    """Labelled structures for training and test: the files named, or random clusters labelled by the Gupta model."""
    if arguments.train:
        return os.path.abspath(arguments.train), os.path.abspath(arguments.test or arguments.train)
    return make_data(work, 500, 1100)


def make_data(work, training, test):
    paths = []
    for name, count, seed in ('train', training, 1), ('test', test, 2):
        bare = os.path.join(work, name + '_bare.xyz')
        paths.append(os.path.join(work, name + '.xyz'))
        run(jar('sample') + ['--sampler', 'random', '--model', 'gupta', '--elements', 'Au', '--sizes', '5..30',
                             '--count', str(count), '--seed', str(seed), '--output', bare])
        run(jar('label') + ['--model', 'gupta', '--structures', bare, '--output', paths[-1]])
    return paths


def reference_potential(train, work):
    """A potential that has been trained for nothing yet: for its functions and their scaling."""
    path = os.path.join(work, 'untrained.json')
    run(jar('train') + ['--structures', train, '--output', path, '--seed', '1', '--folds', '1', '--max-epochs', '1',
                        '--descriptor', 'behler2011-26', '--hidden-layers', '10,10'])
    return Potential(path)


def epoch(arguments, work):
    train, _ = data(arguments, work)
    structures = [s for s in read_xyz(train) if not s['isolated']]
    potential = reference_potential(train, work)
    own = []
    for epochs in arguments.cupel_epochs:
        least = min(run(jar('train') + [
            '--structures', train, '--output', os.path.join(work, 'epochs.json'), '--seed', '1', '--preset', 'paper',
            '--folds', '1', '--descriptor', 'behler2011-26', '--hidden-layers', '10,10',
            '--max-epochs', str(epochs)])[0] for _ in range(arguments.rounds))
        own.append(least)
    lines = [['Cupel', '%.2f' % (1e3 * (own[1] - own[0]) / (arguments.cupel_epochs[1] - arguments.cupel_epochs[0])), '1']]
    cupel = float(lines[0][1])
    if arguments.aenet:
        aenet = Aenet(arguments.aenet)
        path = fresh(work, 'aenet')
        generate(aenet, path, potential, structures)
        times = []
        for epochs in (5, 25):
            with open(os.path.join(path, 'train.in'), 'w') as out:
                out.write('TRAININGSET data.train\nTESTPERCENT 10\nITERATIONS %d\n\nMETHOD\n'
                          'lm batchsize=32 learnrate=0.1 iter=1 conv=0.001 adjust=5\n\n'
                          'NETWORKS\n%s network.nn 2 10:tanh 10:tanh\n' % (epochs, potential.element))
            least = math.inf
            for _ in range(arguments.rounds):
                for left in [f for f in os.listdir(path) if f.startswith(('network.nn', 'data.train.scaled', 'train.rngstate'))]:
                    os.remove(os.path.join(path, left))
                least = min(least, run([aenet.program('train.x'), 'train.in'], path)[0])
            times.append(least)
        spent = 1e3 * (times[1] - times[0]) / 20
        lines.append(['aenet', '%.2f' % spent, '%.1f' % (spent / cupel)])
    rows('One epoch of Levenberg-Marquardt, batches of 32: %d structures, %d atoms, a tenth held out, 26-10-10-1; user CPU ms'
         % (len(structures), sum(len(s['places']) for s in structures)), ['program', 'ms', 'ratio'], lines)


def generate(aenet, path, potential, structures):
    """The program's own file of functions of all structures."""
    names = []
    for k, s in enumerate(structures):
        names.append('structure%05d.xsf' % k)
        aenet.write_xsf(os.path.join(path, names[-1]), s)
    e = potential.element
    with open(os.path.join(path, 'functions.stp'), 'w') as out:
        out.write('DESCR\nbenchmark\nEND DESCR\n\nATOM %s\n\nENV 1\n%s\n\nRMIN 0.5\n\nFUNCTIONS type=Behler2011\n%d\n'
                  % (e, e, len(potential.radial) + len(potential.angular)))
        for eta, rs in potential.radial:
            out.write('G=2 type2=%s eta=%r Rs=%r Rc=%r\n' % (e, eta, rs, potential.rc))
        for eta, l, zeta in potential.angular:
            out.write('G=5 type2=%s type3=%s eta=%r lambda=%r zeta=%r Rc=%r\n' % (e, e, eta, l, zeta, potential.rc))
    with open(os.path.join(path, 'generate.in'), 'w') as out:
        out.write('OUTPUT data.train\n\nTYPES\n1\n%s 0.0 | eV\n\nSETUPS\n%s functions.stp\n\nFILES\n%d\n%s\n'
                  % (e, e, len(names), '\n'.join(names)))
    run([aenet.program('generate.x'), 'generate.in'], path)


def accuracy(arguments, work):
    train, test = data(arguments, work)
    held = [s for s in read_xyz(test) if not s['isolated']]
    lines = []
    for seed in arguments.seeds:
        spent, _ = run(jar('train') + ['--structures', train, '--output', os.path.join(work, 'trained.json'),
                                       '--seed', str(seed)] + arguments.train_options.split())
        _, log = run(jar('compare') + ['--potential', os.path.join(work, 'trained.json'), '--structures', test,
                                       '--output', os.path.join(work, 'errors.json')])
        energy = next(line for line in log.splitlines() if line.startswith('energy'))
        lines.append(['Cupel', seed, '%.1f' % spent, energy.split('MAE ')[1].split()[0]])
    if arguments.n2p2:
        n2p2 = N2p2(arguments.n2p2)
        structures = [s for s in read_xyz(train) if not s['isolated']]
        potential = reference_potential(train, work)
        for seed in arguments.seeds:
            path = fresh(work, 'n2p2-%d' % seed)
            mean = sum(s['energy'] / len(s['places']) for s in structures) / len(structures)
            # Functions scaled to 0 ... 1: of all its ways to scale that with which this training did best.
            n2p2.write_settings(path, potential, kalman(arguments.n2p2_epochs, seed)
                                + ['atom_energy %s %.10f' % (potential.element, mean)],
                                scaling='scale_symmetry_functions')
            n2p2.write_structures(path, structures, 1)
            spent = run([n2p2.program('nnp-scaling'), '100'], path)[0] + run([n2p2.program('nnp-train')], path)[0]
            # The weights of the epoch that was best on its own held-out tenth.
            curve = table(os.path.join(path, 'learning-curve.out'))
            best = min(curve, key=lambda row: float(row[2]))
            weights = 'weights.%03d' % 79
            os.replace(os.path.join(path, '%s.%06d.out' % (weights, int(best[0]))), os.path.join(path, weights + '.data'))
            os.remove(os.path.join(path, 'input.data'))
            n2p2.write_structures(path, held, 1)
            run(n2p2.evaluate(path), path)
            found = table(os.path.join(path, 'energy.comp'))
            error = sum(abs(float(row[2]) - float(row[3])) / float(row[1]) for row in found) / len(found)
            lines.append(['n2p2', seed, '%.1f' % spent, '%.3f' % (1e3 * error)])
    rows('From nothing to a trained potential, energies only: user CPU seconds of whole processes; MAE on %d test structures'
         % len(held), ['program', 'seed', 's', 'meV/atom'], lines)


def kalman(epochs, seed):
    return ['epochs %d' % epochs, 'random_seed %d' % seed, 'updater_type 1', 'parallel_mode 0', 'jacobian_mode 1',
            'update_strategy 0', 'selection_mode 0', 'memorize_symfunc_results', 'test_fraction 0.1',
            'task_batch_size_energy 1', 'short_energy_fraction 1.0',
            'rmse_threshold_trials 3', 'main_error_metric RMSEpa', 'weights_min -1.0', 'weights_max 1.0',
            'nguyen_widrow_weights_short', 'write_weights_epoch 1', 'write_trainpoints 0',
            'kalman_type 0', 'kalman_epsilon 1.0E-2', 'kalman_q0 0.01', 'kalman_qtau 2.302', 'kalman_qmin 1.0E-6',
            'kalman_eta 0.01', 'kalman_etatau 2.302', 'kalman_etamax 1.0']


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('what', choices=['forces', 'epoch', 'accuracy'])
    parser.add_argument('--n2p2', metavar='DIR', help='folder of the programs of n2p2')
    parser.add_argument('--aenet', metavar='DIR', help='folder of the programs of aenet')
    parser.add_argument('--potential', metavar='FILE', help='forces: a potential of one element with wide functions')
    parser.add_argument('--also', metavar='FILE', help='forces: another potential, of any functions, for Cupel alone')
    parser.add_argument('--atoms', metavar='N', type=int, nargs='+', default=[13, 30, 55, 108], help='forces: sizes')
    parser.add_argument('--train', metavar='FILE', help='labelled structures, extended XYZ')
    parser.add_argument('--test', metavar='FILE', help='labelled structures, extended XYZ')
    parser.add_argument('--seeds', metavar='N', type=int, nargs='+', default=[1, 2, 3], help='accuracy: trainings')
    parser.add_argument('--train-options', metavar='TEXT', default='', help='accuracy: further options of train.jar')
    parser.add_argument('--n2p2-epochs', metavar='N', type=int, default=30, help='accuracy: epochs of the Kalman filter')
    parser.add_argument('--cupel-epochs', metavar='N', type=int, nargs=2, default=[200, 800],
                        help='epoch: a short training and a long one, whose difference counts')
    parser.add_argument('--rounds', metavar='N', type=int, default=2, help='how often each is timed; the least counts')
    parser.add_argument('--work', metavar='DIR', help='keep all files there')
    arguments = parser.parse_args()
    for folder in arguments.n2p2, arguments.aenet:
        if folder and not os.path.isdir(folder):
            raise SystemExit('%s: no such folder' % folder)
    with tempfile.TemporaryDirectory() as temporary:
        work = os.path.abspath(arguments.work or temporary)
        os.makedirs(work, exist_ok=True)
        {'forces': forces, 'epoch': epoch, 'accuracy': accuracy}[arguments.what](arguments, work)


if __name__ == '__main__':
    sys.exit(main())
