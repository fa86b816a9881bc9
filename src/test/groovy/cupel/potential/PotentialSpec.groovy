package cupel.potential

import cupel.descriptor.Descriptor
import cupel.network.Network
import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Structure
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification
import spock.lang.TempDir

class PotentialSpec extends Specification {

    @TempDir
    Path folder

    static Structure structure(String name, int... elements) {
        switch (name) {
            case 'cluster': return Fixtures.cluster(1, 10, 7d, elements)
            case 'small cell': return Fixtures.crystal(2, 4, [4.5, 0.3, -0.2, 0.5, 4.4, 0.1, -0.4, 0.6, 4.6], elements)
            case 'large cell': return Fixtures.crystal(3, 18, [13, 0.5, 0, -1, 12.8, 0.3, 0.2, 0.9, 12.9], elements)
        }
        throw new IllegalArgumentException(name)
    }

    def "forces of the #potentialName potential match central differences of the energy of a #name"() {
        given:
        def potential = Fixtures."$potentialName"()
        def s = structure(name, potential.descriptor().elements())
        def evaluation = potential.evaluate(s)
        double h = 1e-4d

        expect:
        evaluation.energy() == potential.energy(s)
        evaluation.forces().length == 3 * s.size()
        for (int c = 0; c < 3 * s.size(); c++) {
            def energy = { double by ->
                double[] places = s.positions()
                places[c] += by
                potential.energy(s.withPositions(places))
            }
            double slope = (8 * (energy(h) - energy(-h)) - (energy(2 * h) - energy(-2 * h))) / (12 * h)
            assert Math.abs(evaluation.forces()[c] + slope) < 1e-7
        }

        where:
        [potentialName, name] << [['gold', 'alloy', 'narrow'], ['cluster', 'small cell', 'large cell']].combinations()
    }

    def "the stress of the #potentialName potential matches strain of a #name, tension positive"() {
        given:
        def potential = Fixtures."$potentialName"()
        def s = structure(name, potential.descriptor().elements())
        def stress = potential.evaluate(s).stress()
        double h = 1e-4d

        expect:
        [[0, 0], [1, 1], [2, 2], [1, 2], [0, 2], [0, 1]].eachWithIndex { axes, v ->
            def energy = { double e -> potential.energy(strained(s, axes[0], axes[1], e)) }
            double slope = (8 * (energy(h) - energy(-h)) - (energy(2 * h) - energy(-2 * h))) / (12 * h)
            assert Math.abs(stress[v] - slope / s.cell().volume()) < 1e-8
        }

        where:
        [potentialName, name] << [['gold', 'alloy', 'narrow'], ['small cell', 'large cell']].combinations()
    }

    static Structure strained(Structure s, int a, int b, double e) {
        def strain = { double[] v ->
            double[] w = v.clone()
            for (int i = 0; i < v.length; i += 3) {
                w[i + a] += (a == b ? e : e / 2) * v[i + b]
                if (a != b) {
                    w[i + b] += e / 2 * v[i + a]
                }
            }
            w
        }
        Structure.of(s.atomicNumbers(), strain(s.positions()), Cell.periodic(strain(s.cell().vectors())))
    }

    def "a cluster has no stress, no net force and no net torque"() {
        given:
        def s = structure('cluster', 29, 79)
        def e = Fixtures.alloy().evaluate(s)

        expect:
        e.stress() == null
        (0..2).every { axis -> Math.abs((0..<s.size()).sum { e.forces()[3 * it + axis] }) < 1e-11 }
        (0..2).every { axis ->
            int b = (axis + 1) % 3
            int c = (axis + 2) % 3
            Math.abs((0..<s.size()).sum {
                s.position(it, b) * e.forces()[3 * it + c] - s.position(it, c) * e.forces()[3 * it + b]
            }) < 1e-10
        }
    }

    def "the energy is the sum over atoms, stays under translation and renumbering, and a doubled cell has twice of it"() {
        given:
        def potential = Fixtures.alloy()
        def s = structure('small cell', 29, 79)
        double[] v = s.cell().vectors()
        int n = s.size()
        double energy = potential.energy(s)

        expect:
        Math.abs(potential.atomicEnergies(s).sum() - energy) < 1e-12

        and:
        Math.abs(potential.energy(s.withPositions((0..<3 * n).collect { s.positions()[it] + 1.7d } as double[])) - energy) < 1e-10

        and:
        Math.abs(potential.energy(Structure.of((0..<n).collect { s.atomicNumber(n - 1 - it) } as int[],
                (0..<3 * n).collect { s.position(n - 1 - it.intdiv(3), it % 3) } as double[], s.cell())) - energy) < 1e-10

        and:
        Math.abs(potential.energy(Structure.of((s.atomicNumbers().toList() * 2) as int[],
                (s.positions().toList() + (0..<3 * n).collect { s.positions()[it] + v[3 + it % 3] }) as double[],
                Cell.periodic([v[0], v[1], v[2], 2 * v[3], 2 * v[4], 2 * v[5], v[6], v[7], v[8]] as double[]))) - 2 * energy) < 1e-10
    }

    def "an atom alone has the energy of its offset and its network at no neighbours"() {
        given:
        def potential = Fixtures.gold()
        def gold = potential.element(79)
        double[] x = (0..<26).collect { -gold.shift()[it] * gold.scale()[it] }
        double alone = gold.offset() + gold.network().workspace().value(gold.network().parameters(), x, 0)

        expect:
        Math.abs(potential.energy(Structure.cluster(79, 1, 2, 3)) - alone) < 1e-12
        potential.evaluate(Structure.cluster(79, 1, 2, 3)).forces().every { it == 0 }
        Math.abs(potential.energy(Structure.cluster(79, 1, 2, 3, 8, 2, 3)) - 2 * alone) < 1e-12
    }

    def "a function with scale 0 counts for nothing"() {
        given:
        def gold = Fixtures.gold().element(79)
        double[] scale = gold.scale()
        scale[3] = 0
        double[] w = gold.network().parameters()
        double[] other = w.clone()
        (0..<10).each { other[26 * it + 3] += 5 }
        def s = structure('cluster', 79)
        def one = new Potential(Descriptor.behler2011(79), [new ElementPotential(79, 0, gold.shift(), scale, gold.network())])
        def two = one.withNetworks([79: gold.network().withParameters(other)])

        expect:
        one.evaluate(s).energy() == two.evaluate(s).energy()
        one.evaluate(s).forces() == two.evaluate(s).forces()
    }

    def "weights that are not numbers give an energy that is not a number, and no exception"() {
        given:
        def potential = Fixtures.gold()
        def network = potential.element(79).network()
        def broken = potential.withNetworks([79: network.withParameters([Double.NaN] * 391 as double[])])
        def s = structure('cluster', 79)

        expect:
        Double.isNaN(broken.energy(s))
        Double.isNaN(broken.evaluate(s).energy())
        Double.isNaN(broken.trialState(s).energy())
        Double.isNaN(broken.trialState(s).tryMove(0, 1, 2, 3))

        when:
        broken.write(folder.resolve('p.json'))

        then:
        def e = thrown(InputException)
        e.message.endsWith('p.json: not written: parameter 0 of the network of Au is NaN, must be finite')
        Files.list(folder).count() == 0
    }

    def "an element that the potential does not know is named"() {
        when:
        use(Fixtures.alloy(), Structure.cluster(47, 0, 0, 0))

        then:
        def e = thrown(InputException)
        e.message.contains('does not know the element Ag; it knows Cu, Au')

        where:
        use << [
            { p, s -> p.energy(s) }, { p, s -> p.evaluate(s) }, { p, s -> p.trialState(s) }, { p, s -> p.element(47) },
            { p, s -> p.trialState(Structure.cluster(79, 0, 0, 0)).tryInsertion(47, 3, 0, 0) }]
    }

    def "a file brings back the same potential, and the same bytes when written again"() {
        given:
        def random = RandomSource.XO_SHI_RO_256_PP.create(9)
        def members = (0..2).collect {
            [29: Network.random([70, 5, 1] as int[], random), 79: Network.random([70, 5, 1] as int[], random)]
        }
        def potential = Fixtures.alloy()
            .withCommittee(members)
            .withProvenance([trained_on: 12, level: 'PBE', seeds: [1, 2], nested: [tolerance: 0.02d, done: true]])
        def file = folder.resolve('potential.json')
        def again = folder.resolve('again.json')
        def s = structure('cluster', 29, 79)

        when:
        potential.write(file)
        def back = Potential.read(file)
        back.write(again)

        then:
        Descriptor.behler2011(29, 79).count(79) == 70
        back.sameModel(potential)
        back.energy(s) == potential.energy(s)
        back.evaluate(s).forces() == potential.evaluate(s).forces()
        back.provenance() == [trained_on: 12, level: 'PBE', seeds: [1, 2], nested: [tolerance: 0.02d, done: true]]
        Files.readAllBytes(file) == Files.readAllBytes(again)

        and: 'the committee, which shares everything but the networks'
        back.committeeSize() == 3
        (0..2).every { back.committeeMember(it).energy(s) == potential.withNetworks(members[it]).energy(s) }
        back.committeeMember(0).committeeSize() == 0
        back.committeeMember(0).energy(s) != back.committeeMember(1).energy(s)
    }

    def "pairing lifts clusters with an odd number of electrons and lowers those with an even one, and nothing else"() {
        given:
        def without = Fixtures.alloy()
        def with = without.withPairing(0.1d)
        def file = folder.resolve('potential.json')

        expect: 'atoms of gold and copper all have an odd number of electrons'
        [Fixtures.cluster(1, 9, 7d, 79, 29), Fixtures.cluster(1, 10, 7d, 79, 29)].each { s ->
            double expected = s.size() == 9 ? 0.1d : -0.1d
            assert Math.abs(with.energy(s) - without.energy(s) - expected) < 1e-12
            assert Math.abs(with.evaluate(s).energy() - without.evaluate(s).energy() - expected) < 1e-12
            assert with.evaluate(s).forces() == without.evaluate(s).forces()
        }
        with.energy(structure('large cell', 79, 29)) == without.energy(structure('large cell', 79, 29))

        when:
        with.write(file)

        then:
        Potential.read(file).sameModel(with)
        !Potential.read(file).sameModel(without)
        Potential.read(file).withCommittee([]).pairing() == 0.1d
    }

    def "a file is refused with file and field: #message"() {
        given:
        def file = folder.resolve('potential.json')
        Fixtures.gold().write(file)

        when:
        def text = file.toFile().text
        file.toFile().text = text.replaceFirst(from, to)
        assert file.toFile().text != text
        Potential.read(file)

        then:
        def e = thrown(InputException)
        e.message.startsWith(file.toString())
        e.message.contains(message)

        where:
        from                             | to                               | message
        '"cupel-potential"'              | '"cupel-something"'              | 'field potential.format: must be cupel-potential, not cupel-something'
        '"version" : 1'                  | '"version" : 2'                  | 'field potential.version: is 2, but this program reads version 1; use a newer release'
        '"eV"'                           | '"hartree"'                      | 'field potential.units.energy: must be eV, not hartree'
        '"offset" : [-0-9.]+'            | '"offset" : "x"'                 | 'field potential.elements[0].offset: must be a finite number, not "x"'
        '"offset" : [-0-9.]+'            | '"offset" : -3.0'                | 'field potential.check.energy: is '
        '"offset"'                       | '"ofset"'                        | 'field potential.elements[0].offset: is missing'
        '"rc" : 6.0'                     | '"rc" : -6.0'                    | 'illegal cutoff radius: -6.0'
        '"lambda" : -1.0'                | '"lambda" : -1.5'                | 'illegal lambda: -1.5'
        '"form" : "wide"'                | '"form" : "broad"'               | 'must be wide or narrow, not broad'
        '"neighbour" : "Au"'             | '"neighbour" : "Xx"'             | 'Xx'
        '"neighbour" : "Au"'             | '"neighbour" : "Ag"'             | 'a function of Au counts Ag neighbours, which the descriptor does not describe'
        '"shift" : \\[ '                 | '"shift" : [ 1.0, '              | 'illegal shift of Au: 27 numbers, must be as many as the network has inputs, 26'
        '"committee" : \\[ \\]'          | '"committee" : [ 3 ]'            | 'field potential.committee[0]: must be a JSON object, not 3'
    }

    def "a file that is not JSON, or not there, is refused"() {
        given:
        def file = folder.resolve('p.json')

        when:
        Potential.read(file)

        then:
        def e = thrown(InputException)
        e.message == "$file: no such potential file"

        when:
        file.toFile().text = '{\n "format": \n}'
        Potential.read(file)

        then:
        e = thrown(InputException)
        e.message.startsWith("$file:3: not JSON")
    }

    def "elements must be those of the descriptor"() {
        when:
        new Potential(Descriptor.behler2011(29, 79), elements())

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(message)

        where:
        elements                                                              | message
        ({ [Fixtures.alloy().element(29)] })                                  | 'Au of the descriptor is missing'
        ({ [Fixtures.alloy().element(29), Fixtures.gold().element(79)] })     | 'illegal network of Au: 26 inputs, but the descriptor has 70 functions'
        ({ [Fixtures.alloy().element(29)] * 2 })                              | 'Cu is there twice'
    }

    def "many threads with one potential get the bits of one thread"() {
        given:
        def potential = Fixtures.gold()
        def structures = (0..<40).collect { Fixtures.cluster(it, 5 + it % 9, 8d, 79) }
        def expected = structures.collect { potential.evaluate(it) }
        def pool = Executors.newFixedThreadPool(4)

        when:
        def found = pool.invokeAll(structures.collect { s -> { -> potential.evaluate(s) } as Callable })*.get()

        then:
        found*.energy() == expected*.energy()
        found*.forces() == expected*.forces()

        cleanup:
        pool.shutdown()
    }

    def "structures and atoms shared between #threads threads give the bits of one thread"() {
        given: 'clusters, and a crystal of several blocks'
        def potential = Fixtures.gold()
        double a = 4.1d
        int m = 15
        def random = new Random(5)
        double[] places = new double[12 * m**3]
        int at = 0
        for (x in 0..<2 * m) for (y in 0..<2 * m) for (z in 0..<2 * m) {
            if ((x + y + z) % 2 == 0) {
                [x, y, z].each { places[at++] = it * a / 2 + 0.2d * random.nextDouble() }
            }
        }
        def crystal = Structure.of([79] * (4 * m**3) as int[], places,
                Cell.periodic([m * a, 0, 0, 0, m * a, 0, 0, 0, m * a] as double[]))
        def structures = (0..<7).collect { Fixtures.cluster(it, 5 + it, 8d, 79) } + [crystal]

        when:
        def found = potential.evaluate(structures, threads)

        then:
        crystal.size() > 10_000
        structures.eachWithIndex { s, k ->
            def expected = potential.evaluate(s)
            assert found[k].energy() == expected.energy()
            assert Arrays.equals(found[k].forces(), expected.forces())
            assert found[k].stress()?.toList() == expected.stress()?.toList()
        }

        where:
        threads << [1, 2, 3]
    }

    def "the failure that is told is that of the first structure that failed, on any number of threads"() {
        when:
        Fixtures.gold().evaluate([Structure.cluster(79, 0, 0, 0), Structure.cluster(47, 0, 0, 0), Structure.cluster(29, 0, 0, 0)],
                threads)

        then:
        def e = thrown(InputException)
        e.message.contains('Ag')

        where:
        threads << [1, 2]
    }
}
