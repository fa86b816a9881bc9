package cupel.descriptor

import cupel.structure.Cell
import cupel.structure.ExtendedXyz
import cupel.structure.InputException
import cupel.structure.Structure
import groovy.transform.CompileStatic
import java.nio.file.Path
import spock.lang.Specification

class DescriptorCalculatorSpec extends Specification {

    static final double[] SMALL_CELL = [4.1, 0.3, -0.2, 0.5, 3.9, 0.1, -0.4, 0.6, 4.4]
    static final double[] LARGE_CELL = [13.0, 0.5, 0.0, -1.0, 12.8, 0.3, 0.2, 0.9, 12.9]

    static Descriptor narrow26() {
        def builder = Descriptor.builder('narrow', 6.0d)
        Descriptor.behler2011(79).radial(79).each { builder.radial(79, it) }
        Descriptor.behler2011(79).angular(79).each {
            builder.angular(79, new AngularSymmetryFunction(
                    AngularSymmetryFunction.Form.NARROW, 79, 79, it.eta(), it.lambda(), it.zeta()))
        }
        builder.build()
    }

    /** Four-body functions, of an eta of their own and of an angular one, some in one element alone. */
    static Descriptor fourBody() {
        def builder = Descriptor.builder('four-body', 5.0d)
        [[1, 1, 0], [1, 1, 1], [1, 2, 0], [1, 2, 1], [2, 2, 0]].each {
            builder.fourBody(29, new FourBodySymmetryFunction(79, 0.04d, it[0], it[1], it[2]))
            builder.fourBody(79, new FourBodySymmetryFunction(29, 0.04d, it[0], it[1], it[2]))
            builder.fourBody(79, new FourBodySymmetryFunction(79, 0.02d, it[0], it[1], it[2]))
        }
        builder.fourBody(79, new FourBodySymmetryFunction(79, 0.1d, 1, 2, 0))
            .radial(79, new RadialSymmetryFunction(79, 0.1d, 0))
            .angular(79, new AngularSymmetryFunction(AngularSymmetryFunction.Form.WIDE, 29, 79, 0.02d, 1, 1))
            .angular(79, new AngularSymmetryFunction(AngularSymmetryFunction.Form.WIDE, 79, 79, 0.02d, -1, 4))
            .build()
    }

    /** Different functions for each element, some in one element alone, shifted radial ones, odd zeta: all that can differ. */
    static Descriptor mixed() {
        def wide = AngularSymmetryFunction.Form.WIDE
        def narrow = AngularSymmetryFunction.Form.NARROW
        Descriptor.builder('mixed', 5.0d)
            .radial(29, new RadialSymmetryFunction(29, 0.3d, 0))
            .radial(29, new RadialSymmetryFunction(79, 0.4d, 1.5d))
            .radial(29, new RadialSymmetryFunction(29, 2.0d, 2.5d))
            .radial(79, new RadialSymmetryFunction(29, 0.4d, 1.5d))
            .radial(79, new RadialSymmetryFunction(79, 0.1d, 0))
            .angular(29, new AngularSymmetryFunction(wide, 29, 79, 0.02d, -1, 3))
            .angular(29, new AngularSymmetryFunction(wide, 79, 79, 0.05d, 1, 2))
            .angular(29, new AngularSymmetryFunction(narrow, 29, 79, 0.03d, 1, 1))
            .angular(79, new AngularSymmetryFunction(wide, 29, 29, 0.02d, 0.5d, 4))
            .angular(79, new AngularSymmetryFunction(wide, 29, 79, 0.02d, 1, 1))
            .angular(79, new AngularSymmetryFunction(wide, 79, 79, 0.07d, -1, 1))
            .angular(79, new AngularSymmetryFunction(wide, 29, 79, 0.01d, 1, 2.5d))
            .angular(79, new AngularSymmetryFunction(wide, 79, 79, 0.01d, -1, 16))
            .angular(79, new AngularSymmetryFunction(narrow, 79, 79, 0.01d, -1, 4))
            .build()
    }

    static Structure structure(String name) {
        switch (name) {
            case 'gold cluster': return Reference.randomCluster(1, 9, 7d, 79)
            case 'alloy cluster': return Reference.randomCluster(2, 9, 7d, 79, 29)
            case 'gold in a small cell': return Reference.randomCrystal(3, 3, SMALL_CELL, 79)
            case 'alloy in a small cell': return Reference.randomCrystal(4, 4, SMALL_CELL, 79, 29)
            case 'alloy in a large cell': return Reference.randomCrystal(5, 20, LARGE_CELL, 29, 79)
            case 'one atom in a cell': return Structure.of([79] as int[], [0.1, 0.2, 0.3] as double[],
                    Cell.periodic([0, 2.1, 2.0, 2.0, 0.1, 2.1, 2.2, 2.0, 0] as double[]))
            case 'slab': return Structure.of([79, 29, 79] as int[],
                    [0.1, 0.2, 0.3, 2.5, 0.5, 0.2, 1.1, 2.2, 2.0] as double[],
                    new Cell([4.0, 0.3, 0, 0.2, 4.2, 0, 0, 0, 20] as double[], [true, true, false] as boolean[]))
        }
        throw new IllegalArgumentException(name)
    }

    static double largest(double[][] values, int k) {
        values.collect { k < it.length ? Math.abs(it[k]) : 0d }.max()
    }

    def "#form functions of gold clusters equal those of an independent program"() {
        given: 'values computed by a program that agrees with n2p2 to 2e-15'
        def structures = ExtendedXyz.read(Path.of(getClass().getResource('/descriptor/structures.xyz').toURI()))
        def rows = getClass().getResource("/descriptor/${form}.csv").readLines().drop(1)*.split(',')
        def byStructure = rows.groupBy { it[0] }.values().toList()

        when:
        def features = structures.collect { descriptor.calculator().features(it) }

        then:
        structures.size() == 3
        byStructure.eachWithIndex { expected, s ->
            assert expected.size() == structures[s].size()
            expected.eachWithIndex { row, i ->
                assert features[s].count(i) == 26
                for (int k = 0; k < 26; k++) {
                    double reference = Double.parseDouble(row[2 + k])
                    assert Math.abs(features[s].values()[26 * i + k] - reference) <= 1e-12 * Math.abs(reference)
                }
            }
        }

        where:
        form     | descriptor
        'wide'   | Descriptor.behler2011(79)
        'narrow' | narrow26()
    }

    def "the functions of #name by moments equal the sums over pairs and triplets for #descriptor"() {
        given:
        def s = structure(name)

        when:
        def found = descriptor.calculator().features(s)
        def expected = Reference.values(descriptor, s)

        then: 'functions near zero by cancellation are held to the largest of their kind, zeros by symmetry to rounding'
        for (int i = 0; i < s.size(); i++) {
            for (int k = 0; k < expected[i].length; k++) {
                assert Math.abs(found.values()[found.offsets()[i] + k] - expected[i][k]) <=
                        Math.max(1e-12 * Math.max(Math.abs(expected[i][k]), largest(expected, k)), 1e-15d)
            }
        }

        where:
        [name, descriptor] << [
            ['gold cluster', 'alloy cluster', 'gold in a small cell', 'alloy in a small cell', 'alloy in a large cell',
             'one atom in a cell', 'slab'],
            [Descriptor.behler2011(29, 79), mixed(), fourBody()]].combinations()
    }

    def "three atoms in line keep the functions of lambda -1 at zero within rounding"() {
        when: 'every angle is 0 or 180 degrees, so that 1 - cos and 1 + cos vanish by cancellation'
        def s = Structure.cluster(79, 0, 0, 0, 1.5, 1.2, 0.9, 3.0, 2.4, 1.8)
        def found = Descriptor.behler2011(79).calculator().features(s)
        def expected = Reference.values(Descriptor.behler2011(79), s)

        then:
        for (int i = 0; i < 3; i++) {
            for (int k = 8; k < 26; k++) {
                assert Math.abs(found.values()[26 * i + k] - expected[i][k]) < 2e-15
            }
        }
    }

    def "the derivatives of the functions of #name match central differences for #descriptor"() {
        given:
        def s = structure(name)
        def calculator = descriptor.calculator()
        def features = calculator.featuresWithJacobian(s)
        def jacobian = features.jacobian()
        double h = 1e-5d

        expect:
        for (int m = 0; m < s.size(); m++) {
            for (int axis = 0; axis < 3; axis++) {
                def plus = calculator.features(moved(s, m, axis, h)).values()
                def minus = calculator.features(moved(s, m, axis, -h)).values()
                for (int i = 0; i < s.size(); i++) {
                    int count = features.count(i)
                    def blocks = (jacobian.starts()[i]..<jacobian.starts()[i + 1]).findAll { jacobian.atoms()[it] == m }
                    assert blocks.size() <= 1
                    for (int k = 0; k < count; k++) {
                        double slope = blocks ? jacobian.blocks()[blocks[0]][axis * count + k] : 0
                        int at = features.offsets()[i] + k
                        assert Math.abs(slope - (plus[at] - minus[at]) / (2 * h)) < 1e-7
                    }
                }
            }
        }

        where:
        [name, descriptor] << [
            ['gold cluster', 'alloy cluster', 'gold in a small cell', 'alloy in a small cell', 'slab'],
            [Descriptor.behler2011(29, 79), mixed(), fourBody()]].combinations()
    }

    def "forces and virial of #name by the chain rule equal those through the Jacobian and through strain for #descriptor"() {
        given: 'an energy that is a random linear function of the functions'
        def s = structure(name)
        def calculator = descriptor.calculator()
        def features = calculator.featuresWithJacobian(s)
        def random = new Random(7)
        double[] weights = features.values().collect { random.nextDouble() - 0.5d }

        when:
        double[] forces = new double[3 * s.size()]
        double[] virial = new double[6]
        calculator.open(s)
        calculator.compute(0)
        calculator.addForces(weights, forces, virial)

        then:
        double[] expected = new double[3 * s.size()]
        for (int i = 0; i < s.size(); i++) {
            int count = features.count(i)
            for (int b = features.jacobian().starts()[i]; b < features.jacobian().starts()[i + 1]; b++) {
                for (int axis = 0; axis < 3; axis++) {
                    for (int k = 0; k < count; k++) {
                        expected[3 * features.jacobian().atoms()[b] + axis] -=
                                weights[features.offsets()[i] + k] * features.jacobian().blocks()[b][axis * count + k]
                    }
                }
            }
        }
        (0..<expected.length).every { Math.abs(expected[it] - forces[it]) < 1e-11 }

        and: 'strain of cell and places alike'
        double h = 1e-5d
        [[0, 0], [1, 1], [2, 2], [1, 2], [0, 2], [0, 1]].eachWithIndex { axes, v ->
            double plus = dot(weights, calculator.features(strained(s, axes[0], axes[1], h)).values())
            double minus = dot(weights, calculator.features(strained(s, axes[0], axes[1], -h)).values())
            assert Math.abs(virial[v] - (plus - minus) / (2 * h)) < 1e-6
        }

        where:
        [name, descriptor] << [
            ['gold cluster', 'alloy cluster', 'gold in a small cell', 'alloy in a small cell', 'alloy in a large cell',
             'one atom in a cell', 'slab'],
            [Descriptor.behler2011(29, 79), mixed(), fourBody()]].combinations()
    }

    def "the functions stay when a structure is moved and turned, and go with the atoms when they are renumbered"() {
        given:
        def s = structure('alloy cluster')
        def calculator = descriptor.calculator()
        def before = calculator.features(s)

        when: 'turned by 30 degrees about z and 50 about x, and moved'
        double[] places = new double[3 * s.size()]
        for (int i = 0; i < s.size(); i++) {
            double x = Math.cos(0.5235d) * s.position(i, 0) - Math.sin(0.5235d) * s.position(i, 1)
            double y = Math.sin(0.5235d) * s.position(i, 0) + Math.cos(0.5235d) * s.position(i, 1)
            double z = s.position(i, 2)
            places[3 * i] = x + 11
            places[3 * i + 1] = Math.cos(0.87d) * y - Math.sin(0.87d) * z - 4
            places[3 * i + 2] = Math.sin(0.87d) * y + Math.cos(0.87d) * z + 3
        }
        def turned = calculator.features(s.withPositions(places))

        then:
        (0..<before.values().length).every {
            Math.abs(before.values()[it] - turned.values()[it]) <= 1e-12 * Math.max(1, Math.abs(before.values()[it]))
        }

        when: 'the order of the atoms is reversed'
        int n = s.size()
        int[] numbers = (0..<n).collect { s.atomicNumber(n - 1 - it) }
        double[] reversed = (0..<3 * n).collect { s.position(n - 1 - it.intdiv(3), it % 3) }
        def renumbered = calculator.features(Structure.of(numbers, reversed, Cell.NONE))

        then:
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < before.count(i); k++) {
                double a = before.values()[before.offsets()[i] + k]
                double b = renumbered.values()[renumbered.offsets()[n - 1 - i] + k]
                assert Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a))
            }
        }

        where:
        descriptor << [Descriptor.behler2011(29, 79), mixed()]
    }

    def "blocks of #block atoms of #name add up to the whole"() {
        given:
        def s = structure(name)
        int n = s.size()
        def expected = descriptor.calculator().features(s)
        def random = new Random(11)
        double[] weights = expected.values().collect { random.nextDouble() - 0.5d }
        double[] forces = new double[3 * n]
        double[] virial = new double[6]
        def whole = descriptor.calculator()
        whole.open(s)
        whole.compute(0)
        whole.addForces(weights, forces, virial)

        when:
        double[] summed = new double[3 * n]
        double[] summedVirial = new double[6]
        List<Integer> seen = []
        def parts = new DescriptorCalculator(descriptor, block)
        def other = new DescriptorCalculator(descriptor, block)
        parts.open(s)
        other.openWith(parts)
        for (int b = 0; b < parts.blocks(); b++) {
            def calculator = b % 2 ? other : parts
            calculator.compute(b)
            double[] part = new double[calculator.offset(calculator.size())]
            for (int k = 0; k < calculator.size(); k++) {
                int i = calculator.atom(k)
                seen << i
                for (int g = 0; g < expected.count(i); g++) {
                    double value = expected.values()[expected.offsets()[i] + g]
                    assert Math.abs(calculator.values()[calculator.offset(k) + g] - value) < 1e-12 * Math.max(1, Math.abs(value))
                    part[calculator.offset(k) + g] = weights[expected.offsets()[i] + g]
                }
            }
            calculator.addForces(part, summed, summedVirial)
        }

        then:
        parts.blocks() > 1 || n <= 1.5d * block
        seen.sort(false) == (0..<n).toList()
        (0..<3 * n).every { Math.abs(forces[it] - summed[it]) < 1e-11 }
        (0..<6).every { Math.abs(virial[it] - summedVirial[it]) < 1e-10 }

        where:
        [name, descriptor, block] << [
            ['alloy cluster', 'alloy in a small cell', 'alloy in a large cell', 'slab', 'one atom in a cell'],
            [Descriptor.behler2011(29, 79), mixed()], [1, 2]].combinations()
    }

    def "functions and derivatives of #name made in blocks of #block atoms are those made at once"() {
        given:
        def s = structure(name)
        def whole = mixed().calculator().featuresWithJacobian(s)
        def parts = new DescriptorCalculator(mixed(), block).featuresWithJacobian(s)

        expect:
        (0..<whole.values().length).every {
            Math.abs(whole.values()[it] - parts.values()[it]) < 1e-12 * Math.max(1, Math.abs(whole.values()[it]))
        }
        parts.jacobian().starts() == whole.jacobian().starts()
        for (int i = 0; i < s.size(); i++) {
            def byAtom = { jacobian -> (jacobian.starts()[i]..<jacobian.starts()[i + 1])
                .collectEntries { [jacobian.atoms()[it], jacobian.blocks()[it]] } }
            def expected = byAtom(whole.jacobian())
            def found = byAtom(parts.jacobian())
            assert found.keySet() == expected.keySet()
            expected.each { atom, values ->
                for (int k = 0; k < values.length; k++) {
                    assert Math.abs(values[k] - found[atom][k]) < 1e-11
                }
            }
        }

        where:
        [name, block] << [['alloy cluster', 'alloy in a small cell', 'alloy in a large cell', 'slab'], [1, 3]].combinations()
    }

    def "a crystal of thousands of atoms gives the same functions as a small piece of it"() {
        given: 'a crystal of 6912 atoms, and its cell of four'
        double a = 4.2d
        def cell = Structure.of([79] * 4 as int[],
                [0, 0, 0, 0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0.1] as double[],
                Cell.periodic([a, 0, 0, 0, a, 0, 0, 0, a] as double[]))
        int m = 12
        List<Double> places = []
        for (x in 0..<m) for (y in 0..<m) for (z in 0..<m) for (i in 0..<4) {
            places.addAll([cell.position(i, 0) + a * x, cell.position(i, 1) + a * y, cell.position(i, 2) + a * z])
        }
        def crystal = Structure.of([79] * (4 * m**3) as int[], places as double[],
                Cell.periodic([m * a, 0, 0, 0, m * a, 0, 0, 0, m * a] as double[]))

        when:
        double[] few = Descriptor.behler2011(79).calculator().features(cell).values()
        double[] many = Descriptor.behler2011(79).calculator().features(crystal).values()

        then:
        crystal.size() > 1.5d * DescriptorCalculator.BLOCK
        largestDifference(few, many) < 1e-11

        and: 'threads that share its atoms give the same bits'
        Arrays.equals(Descriptor.behler2011(79).calculator().features(crystal, 3).values(), many)
    }

    def "a cluster of #n atoms gives the functions of the plain search when its atoms are in bins"() {
        given: 'one atom far away from the others'
        def s = Reference.randomCluster(9, n, 20d, 79)
        double[] places = s.positions()
        places[0] += 1e5d
        s = s.withPositions(places)
        def expected = Descriptor.behler2011(79).calculator().features(s).values()

        when:
        def found = new DescriptorCalculator(Descriptor.behler2011(79), 40).features(s).values()

        then:
        (0..<expected.length).every { Math.abs(found[it] - expected[it]) < 1e-12 * Math.max(1, Math.abs(expected[it])) }

        where:
        n << [60, 150]
    }

    /** Relative difference of the functions of each atom from those of the atom that it repeats. */
    @CompileStatic
    static double largestDifference(double[] few, double[] many) {
        double worst = 0
        for (int k = 0; k < many.length; k++) {
            double expected = few[k % few.length]
            worst = Math.max(worst, Math.abs(many[k] - expected) / Math.max(1d, Math.abs(expected)))
        }
        worst
    }

    def "an element that the descriptor does not know is named"() {
        when:
        Descriptor.behler2011(79, 29).calculator().features(Structure.cluster(47, 0, 0, 0))

        then:
        def e = thrown(InputException)
        e.message == 'the descriptor does not know the element Ag; it knows Cu, Au'
    }

    def "a calculator used again gives the same bits as a new one"() {
        given:
        def descriptor = Descriptor.behler2011(29, 79)
        def used = descriptor.calculator()
        ['alloy in a large cell', 'gold cluster', 'slab', 'alloy in a small cell'].each { used.features(structure(it)) }

        expect:
        used.features(structure('alloy cluster')).values() ==
                descriptor.calculator().features(structure('alloy cluster')).values()
    }

    def "atoms at the same place give functions that are not numbers, and no exception"() {
        expect:
        Descriptor.behler2011(79).calculator().features(Structure.cluster(79, 0, 0, 0, 0, 0, 0)).values().any { it.naN }
    }

    static Structure moved(Structure s, int atom, int axis, double by) {
        double[] places = s.positions()
        places[3 * atom + axis] += by
        s.withPositions(places)
    }

    /** Positions and cell under the symmetric strain whose components [a][b] and [b][a] are e each, halved off the diagonal. */
    static Structure strained(Structure s, int a, int b, double e) {
        def strain = { double[] v ->
            double[] w = v.clone()
            for (int i = 0; i < v.length; i += 3) {
                if (a == b) {
                    w[i + a] += e * v[i + a]
                } else {
                    w[i + a] += e / 2 * v[i + b]
                    w[i + b] += e / 2 * v[i + a]
                }
            }
            w
        }
        Structure.of(s.atomicNumbers(), strain(s.positions()), s.cell().periodic ?
                new Cell(strain(s.cell().vectors()), s.cell().periodic()) : Cell.NONE)
    }

    static double dot(double[] a, double[] b) {
        double sum = 0
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i]
        }
        sum
    }
}
