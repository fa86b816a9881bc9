"""What other programs for neural-network potentials read and write: the same potential, the same structures.

Written from the programs' documented formats; checked by side_by_side.py, which compares the energies that they give.
"""

import glob
import json
import os
import struct


def read_xyz(path):
    """Structures of an extended XYZ file: dicts of symbols, places, forces (or None), energy (or None), cell (or None)."""
    structures = []
    with open(path) as lines:
        for first in lines:
            if not first.strip():
                continue
            n = int(first)
            comment = next(lines)
            rows = [next(lines).split() for _ in range(n)]
            columns = note(comment, 'Properties').split(':')
            at, forces_at = 0, None
            for name, width in zip(columns[::3], columns[2::3]):
                if name in ('forces', 'REF_forces'):
                    forces_at = at
                at += int(width)
            energy = note(comment, 'REF_energy') or note(comment, 'energy')
            cell = note(comment, 'Lattice')
            structures.append({
                'symbols': [row[0] for row in rows],
                'places': [[float(v) for v in row[1:4]] for row in rows],
                'forces': forces_at and [[float(v) for v in row[forces_at:forces_at + 3]] for row in rows],
                'energy': energy and float(energy),
                'cell': cell and [float(v) for v in cell.split()],
                'isolated': note(comment, 'config_type') == 'IsolatedAtom'})
    return structures


def note(comment, key):
    """The value of a key of the comment line; quotes are taken off. None when there is no such key."""
    at = (' ' + comment).find(' ' + key + '=')
    if at < 0:
        return None
    rest = comment[at + len(key) + 1:]
    return rest[1:].split('"')[0] if rest.startswith('"') else rest.split()[0]


def write_xyz(path, structures):
    """Bare structures; energies are 0 where there are none, for compare.jar wants labels."""
    with open(path, 'w') as out:
        for s in structures:
            out.write('%d\n' % len(s['places']))
            if s['cell']:
                out.write('Lattice="%s" pbc="T T T" ' % ' '.join('%.10f' % v for v in s['cell']))
            else:
                out.write('pbc="F F F" ')
            out.write('Properties=species:S:1:pos:R:3 REF_energy=%.10f REF_level=none\n' % (s['energy'] or 0))
            for symbol, place in zip(s['symbols'], s['places']):
                out.write('%s %.8f %.8f %.8f\n' % (symbol, *place))


class Potential:
    """A potential of one element as Cupel writes it, its networks alone: without committee and pairing energy."""

    def __init__(self, path):
        with open(path) as file:
            json_ = json.load(file)
        element = json_['elements'][0]
        functions = json_['descriptor']['elements'][0]
        if len(json_['elements']) != 1:
            raise SystemExit('%s: has several elements; the peers get potentials of one' % path)
        if any(f['form'] != 'wide' for f in functions['angular']):
            raise SystemExit('%s: has narrow functions; the peers get wide ones' % path)
        if functions.get('four_body'):
            raise SystemExit('%s: has four-body functions, which the peers do not know' % path)
        self.element = element['element']
        self.rc = json_['descriptor']['rc']
        self.radial = [(f['eta'], f['rs']) for f in functions['radial']]
        self.angular = [(f['eta'], f['lambda'], f['zeta']) for f in functions['angular']]
        self.shift = element['shift']
        # A function with scale 0 is dead: its weights are set to 0 instead.
        self.sigma = [1 / s if s else 1 for s in element['scale']]
        layers = element['network']['layers']
        parameters = element['network']['parameters']
        self.layers = layers
        self.weights = []
        at = 0
        for n_in, n_out in zip(layers, layers[1:]):
            rows = [parameters[at + o * n_in:at + (o + 1) * n_in] for o in range(n_out)]
            at += n_in * n_out
            self.weights.append((rows, parameters[at:at + n_out]))
            at += n_out
        for row in self.weights[0][0]:
            for k, scale in enumerate(element['scale']):
                row[k] *= scale != 0
        self.weights[-1][1][0] += element['offset']

    def reduced(self):
        """The same with one function of hardly any reach: what is left is reading and writing."""
        small = Potential.__new__(Potential)
        small.element, small.rc = self.element, 0.6
        small.radial, small.angular = [(1.0, 0.0)], []
        small.shift, small.sigma, small.layers = [0.0], [1.0], [1, 1, 1]
        small.weights = [([[0.1]], [0.0]), ([[0.1]], [0.0])]
        return small

    def write(self, path):
        """As Cupel reads it."""
        parameters = []
        for rows, biases in self.weights:
            for row in rows:
                parameters += row
            parameters += biases
        with open(path, 'w') as out:
            json.dump({
                'format': 'cupel-potential', 'version': 1, 'units': {'length': 'angstrom', 'energy': 'eV'},
                'descriptor': {
                    'format': 'cupel-descriptor', 'version': 1, 'name': 'benchmark', 'rc': self.rc,
                    'elements': [{
                        'element': self.element,
                        'radial': [{'neighbour': self.element, 'eta': eta, 'rs': rs} for eta, rs in self.radial],
                        'angular': [{'form': 'wide', 'neighbours': [self.element, self.element],
                                     'eta': eta, 'lambda': l, 'zeta': zeta} for eta, l, zeta in self.angular]}]},
                'elements': [{
                    'element': self.element, 'offset': 0.0, 'shift': self.shift, 'scale': [1 / s for s in self.sigma],
                    'network': {'layers': self.layers, 'activation': 'tanh', 'parameters': parameters}}],
                'committee': []}, out)

    def source_major(self, order=None):
        """Per layer, for each input all outputs, then the biases; inputs of the first layer in this order."""
        numbers = []
        for layer, (rows, biases) in enumerate(self.weights):
            inputs = order if layer == 0 and order else range(len(rows[0]))
            numbers += [row[k] for k in inputs for row in rows] + biases
        return numbers


ATOMIC_NUMBER = {'Cu': 29, 'Ag': 47, 'Au': 79, 'Pt': 78, 'Pd': 46, 'Ni': 28, 'Al': 13}


class N2p2:
    """n2p2: input.nn, scaling.data, weights.ZZZ.data, input.data."""

    name = 'n2p2'

    def __init__(self, folder):
        self.folder = folder

    def program(self, name):
        return os.path.abspath(os.path.join(self.folder, name))

    @staticmethod
    def functions(potential):
        """Lines of input.nn, and the order in which the program sorts them: type, eta, rs or zeta and lambda."""
        e = potential.element
        entries = []
        for k, (eta, rs) in enumerate(potential.radial):
            entries.append(((2, eta, rs, 0), k, 'symfunction_short %s 2 %s %r %r %r' % (e, e, eta, rs, potential.rc)))
        for k, (eta, l, zeta) in enumerate(potential.angular, len(potential.radial)):
            entries.append(((9, eta, zeta, l), k,
                            'symfunction_short %s 9 %s %s %r %r %r %r' % (e, e, e, eta, l, zeta, potential.rc)))
        entries.sort()
        return [line for _, _, line in entries], [k for _, k, _ in entries]

    def write_settings(self, path, potential, more=(), scaling='scale_symmetry_functions_sigma'):
        lines, _ = self.functions(potential)
        with open(os.path.join(path, 'input.nn'), 'w') as out:
            out.write('number_of_elements 1\nelements %s\ncutoff_type 1\n' % potential.element)
            out.write(scaling + '\nscale_min_short 0.0\nscale_max_short 1.0\n')
            out.write('global_hidden_layers_short %d\n' % (len(potential.layers) - 2))
            out.write('global_nodes_short %s\n' % ' '.join(map(str, potential.layers[1:-1])))
            out.write('global_activation_short %s l\n' % ' '.join('t' * (len(potential.layers) - 2)))
            out.write('\n'.join(lines) + '\n' + '\n'.join(more) + '\n')

    def write_potential(self, path, potential):
        self.write_settings(path, potential, ['use_short_forces'])
        _, order = self.functions(potential)
        with open(os.path.join(path, 'scaling.data'), 'w') as out:
            for row, k in enumerate(order, 1):
                # Least and largest value only serve warnings.
                out.write('1 %d -1e9 1e9 %.17g %.17g\n' % (row, potential.shift[k], potential.sigma[k]))
        with open(os.path.join(path, 'weights.%03d.data' % ATOMIC_NUMBER[potential.element]), 'w') as out:
            out.write(''.join('%.17g\n' % w for w in potential.source_major(order)))

    @staticmethod
    def write_structures(path, structures, copies, sets=None):
        """Appends the structures so many times to input.data."""
        block = []
        for s in structures:
            block.append('begin%s\n' % (' set=' + sets if sets else ''))
            if s['cell']:
                block += ['lattice %.10f %.10f %.10f\n' % tuple(s['cell'][3 * a:3 * a + 3]) for a in range(3)]
            for k, (symbol, p) in enumerate(zip(s['symbols'], s['places'])):
                f = s['forces'][k] if s['forces'] else (0, 0, 0)
                block.append('atom %.8f %.8f %.8f %s 0 0 %.8f %.8f %.8f\n' % (*p, symbol, *f))
            block.append('energy %.10f\ncharge 0\nend\n' % (s['energy'] or 0))
        block = ''.join(block)
        with open(os.path.join(path, 'input.data'), 'a') as out:
            for _ in range(copies):
                out.write(block)

    def evaluate(self, path):
        return [self.program('nnp-dataset'), '0']

    @staticmethod
    def energies(path, log):
        rows = table(os.path.join(path, 'energy.comp'))
        return [float(row[3]) for row in rows]

    @staticmethod
    def largest_force(path):
        """The largest difference of a force component from the reference in input.data."""
        rows = table(os.path.join(path, 'forces.comp'))
        return max(abs(float(row[2]) - float(row[3])) for row in rows)


def table(path):
    with open(path) as lines:
        return [line.split() for line in lines if line.strip() and not line.startswith('#')]


class Aenet:
    """aenet: one XSF file per structure, networks as gfortran writes unformatted records."""

    name = 'aenet'

    def __init__(self, folder):
        self.folder = folder

    def program(self, name):
        found = sorted(glob.glob(os.path.join(self.folder, name + '*')))
        if not found:
            raise SystemExit('%s: holds no %s*' % (self.folder, name))
        return os.path.abspath(found[0])

    @staticmethod
    def write_potential(path, potential):
        layers = potential.layers
        ends, values = [0], [0]
        for n_in, n_out in zip(layers, layers[1:]):
            ends.append(ends[-1] + (n_in + 1) * n_out)
            values.append(values[-1] + n_in + 1)
        count = len(potential.radial) + len(potential.angular)
        parameters, neighbours = [], []
        for eta, rs in potential.radial:
            parameters += [potential.rc, rs, eta, 0.0]
            neighbours += [1, 0]
        for eta, l, zeta in potential.angular:
            parameters += [potential.rc, l, zeta, eta]
            neighbours += [1, 1]
        kinds = [2] * len(potential.radial) + [5] * len(potential.angular)
        symbol = potential.element.ljust(2).encode()
        with open(os.path.join(path, 'network.nn'), 'wb') as out:
            def record(data):
                out.write(struct.pack('<i', len(data)) + data + struct.pack('<i', len(data)))

            def integers(*numbers):
                record(struct.pack('<%di' % len(numbers), *numbers))

            def reals(*numbers):
                record(struct.pack('<%dd' % len(numbers), *numbers))

            integers(len(layers))
            integers(max(layers))
            integers(ends[-1])
            integers(values[-1] + layers[-1])
            integers(*layers)
            integers(*[1] * (len(layers) - 2), 0)
            integers(*ends)
            integers(*values)
            reals(*potential.source_major())
            record(b'benchmark'.ljust(1024))
            record(symbol)
            integers(1)
            record(symbol)
            reals(0.5)
            reals(potential.rc)
            record(b'Behler2011'.ljust(100))
            integers(count)
            integers(4)
            integers(*kinds)
            reals(*parameters)
            integers(*neighbours)
            integers(1)
            reals(*[-1e9] * count)
            reals(*[1e9] * count)
            reals(*potential.shift)
            reals(*[m * m + s * s for m, s in zip(potential.shift, potential.sigma)])
            record(b'benchmark'.ljust(1024))
            integers(1)
            reals(1.0)
            reals(0.0)
            integers(1)
            record(symbol)
            reals(0.0)
            integers(1)
            integers(1)
            reals(0.0, 0.0, 0.0)

    @staticmethod
    def write_xsf(path, s):
        with open(path, 'w') as out:
            out.write('# total energy = %.10f eV\n\n' % (s['energy'] or 0))
            if s['cell']:
                out.write('CRYSTAL\nPRIMVEC\n')
                for a in range(3):
                    out.write('%.10f %.10f %.10f\n' % tuple(s['cell'][3 * a:3 * a + 3]))
                out.write('PRIMCOORD\n%d 1\n' % len(s['places']))
            else:
                out.write('ATOMS\n')
            for k, (symbol, p) in enumerate(zip(s['symbols'], s['places'])):
                f = s['forces'][k] if s['forces'] else (0, 0, 0)
                out.write('%s %.8f %.8f %.8f %.8f %.8f %.8f\n' % (symbol, *p, *f))

    def write_structures(self, path, structures, copies):
        names = []
        for k, s in enumerate(structures):
            names.append('structure%05d.xsf' % k)
            self.write_xsf(os.path.join(path, names[-1]), s)
        with open(os.path.join(path, 'predict.in'), 'w') as out:
            element = structures[0]['symbols'][0]
            out.write('TYPES\n1\n%s\n\nNETWORKS\n%s network.nn\n\nFORCES\n\n' % (element, element))
            out.write('FILES\n%d\n%s\n' % (copies * len(names), '\n'.join(names * copies)))

    def evaluate(self, path):
        return [self.program('predict.x'), 'predict.in']

    @staticmethod
    def energies(path, log):
        return [float(line.split(':')[1].split()[0]) for line in log.splitlines() if 'Total energy' in line]
