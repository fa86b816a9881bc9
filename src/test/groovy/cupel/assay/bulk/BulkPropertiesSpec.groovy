package cupel.assay.bulk

import cupel.descriptor.Descriptor
import cupel.network.Network
import cupel.potential.ElementPotential
import cupel.potential.EnergyModel
import cupel.potential.Evaluation
import cupel.potential.Potential
import cupel.reference.Gupta
import cupel.reference.SuttonChen
import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import cupel.structure.Units
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Shared
import spock.lang.Specification

class BulkPropertiesSpec extends Specification {

    static final STANDARD = BulkSettings.STANDARD

    @Shared
    EnergyModel gupta = Gupta.of(79)

    static BulkProperties measure(EnergyModel model, int z, Crystal elastic = Crystal.FCC, double guess = Double.NaN) {
        BulkProperties.of(model, z, 0, guess, elastic, STANDARD)
    }

    def "#crystal of springs has the elastic constants of lattice statics"() {
        given: 'nearest neighbours alone in fcc, two shells in bcc, at a lattice constant of 4 angstrom'
        def a = 4d
        def model = new Springs(lengths.collect { it * a } as double[], k as double[])

        when: 'strains so small that bonds are as good as harmonic in them'
        def bulk = BulkProperties.of(model, 79, 0, guess, crystal,
            new BulkSettings(0.01d, 0.0025d, 0.01d, 0.002d, 0.0005d, 4))

        then: 'sums of k n^4 r^2 / 2V over the bonds of an atom'
        def c = [bulk.elastic().c11(), bulk.elastic().c12(), bulk.elastic().c44()]
        def relative = (0..2).collect { c[it] / (expected[it] / a * Units.GIGAPASCAL) - 1 }
        relative.every { Math.abs(it) < 1e-3d }
        Math.abs(bulk.polymorph(crystal).latticeConstant() - a) < 1e-4d
        Math.abs(bulk.cohesiveEnergy(bulk.polymorph(crystal)) - cohesion) < 1e-5d

        where:
        crystal     | guess | lengths                | k          || cohesion | expected
        Crystal.FCC | 4.1d  | [Math.sqrt(0.5d)]      | [3d]       || 3.1d     | [6d, 3d, 3d]
        Crystal.BCC | 5.1d  | [Math.sqrt(0.75d), 1d] | [3d, 1.2d] || 3.2d     | [2d + 2.4d, 2d, 2d]
    }

    def "#name gold has its crystal: a #a, E #cohesion, C11 #c11, C12 #c12, C44 #c44"() {
        when:
        def bulk = measure(model, 79)
        def fcc = bulk.polymorph(Crystal.FCC)

        then:
        Math.abs(fcc.latticeConstant() - a) < 0.002d
        Math.abs(bulk.cohesiveEnergy(fcc) - cohesion) < 0.003d
        Math.abs(bulk.elastic().c11() - c11) < 1
        Math.abs(bulk.elastic().c12() - c12) < 1
        Math.abs(bulk.elastic().c44() - c44) < 1

        where: 'Gupta: what it was fitted to, and met; Sutton-Chen: docs/properties.md'
        name          | model            || a     | cohesion | c11 | c12 | c44
        'Gupta'       | Gupta.of(79)     || 4.079 | 3.779    | 187 | 154 | 45
        'Sutton-Chen' | SuttonChen.of(79) || 4.08 | 3.78     | 180 | 148 | 42
    }

    def "the bulk modulus of Sutton-Chen gold is n m E / 18 V"() {
        given: 'because one part of the energy is a power of the volume with -n/3, the other with -m/6'
        def p = SuttonChen.parameters(79)
        def bulk = measure(SuttonChen.of(79), 79)
        def fcc = bulk.polymorph(Crystal.FCC)

        expect: 'but for the cutoff'
        def expected = p.n() * p.m() / 18 * bulk.cohesiveEnergy(fcc) / fcc.equationOfState().volume() * Units.GIGAPASCAL
        Math.abs(bulk.elastic().bulkModulus() / expected - 1) < 0.003d
    }

    def "the bulk modulus of the equation of state is that of the elastic constants: #name"() {
        when:
        def bulk = measure(model, z, crystal)

        then:
        Math.abs(bulk.polymorph(crystal).equationOfState().bulkModulus() / bulk.elastic().bulkModulus() - 1) < 0.004d

        where:
        name           | model                 | z  | crystal
        'Gupta Au'     | Gupta.of(79)          | 79 | Crystal.FCC
        'Gupta Cu'     | Gupta.of(29)          | 29 | Crystal.FCC
        'Sutton Au'    | SuttonChen.of(79)     | 79 | Crystal.FCC
        'Stillinger Si' | new StillingerWeber() | 14 | Crystal.DIAMOND
    }

    def "diamond relaxes its atoms under shear: silicon of Stillinger and Weber"() {
        when:
        def bulk = measure(new StillingerWeber(), 14, Crystal.DIAMOND)
        def diamond = bulk.polymorph(Crystal.DIAMOND)

        then: 'E. R. Cowley, Phys. Rev. Lett. 60, 2379 (1988): C44 with relaxation 56.4, 109.8 without'
        Math.abs(diamond.latticeConstant() - 5.431d) < 0.001d
        Math.abs(bulk.cohesiveEnergy(diamond) - 4.3366d) < 0.0005d
        Math.abs(bulk.elastic().c11() - 151.4d) < 0.5d
        Math.abs(bulk.elastic().c12() - 76.4d) < 0.5d
        Math.abs(bulk.elastic().c44() - 56.4d) < 0.5d
    }

    /** Stress under a strain of e1, e2 and e6: xx yy zz yz xz xy in GPa. */
    static double[] stress(EnergyModel model, Structure cell, double e1, double e2, double e6) {
        double[][] f = [[1 + e1, e6 / 2, 0], [e6 / 2, 1 + e2, 0], [0, 0, 1]]
        double[] rows = cell.cell().vectors()
        double[] strained = (0..<9).collect { n -> (0..2).sum { k -> f[n % 3][k] * rows[3 * n.intdiv(3) + k] } }
        model.evaluate(Structure.of(cell.atomicNumbers(), cell.positions(), Cell.periodic(strained))).stress()
            .collect { Units.GIGAPASCAL * it }
    }

    /** A potential that has seen crystals of gold, with a random network. */
    static Potential potential(long seed) {
        def descriptor = Descriptor.behler2011(79)
        def rows = (0..20).collect {
            descriptor.calculator().features(Crystal.FCC.primitive(79, 3.7d + 0.04d * it)).values()
        }
        def count = descriptor.count(79)
        double[] mean = (0..<count).collect { k -> rows.sum { it[k] } / rows.size() }
        double[] scale = (0..<count).collect { k ->
            1 / Math.sqrt(rows.sum { (it[k] - mean[k])**2 } / rows.size())
        }
        new Potential(descriptor, [new ElementPotential(79, -1d, mean, scale,
            Network.random([count, 10, 10, 1] as int[], RandomSource.XO_SHI_RO_256_PP.create(seed)))])
    }

    def "elastic constants from energies are derivatives of the stress: #name"() {
        given:
        def bulk = measure(model, 79)
        def a = bulk.polymorph(Crystal.FCC).latticeConstant()
        def cell = Crystal.FCC.primitive(79, a)
        def h = 1e-4d

        when:
        def longer = stress(model, cell, h, 0, 0)
        def shorter = stress(model, cell, -h, 0, 0)
        def bent = stress(model, cell, 0, 0, h)
        def back = stress(model, cell, 0, 0, -h)

        then: 'to what a polynomial through strains of 2 % leaves'
        def error = tolerance * bulk.elastic().c11()
        bulk.elastic().c11() > 10
        Math.abs((longer[0] - shorter[0]) / (2 * h) - bulk.elastic().c11()) < error
        Math.abs((longer[1] - shorter[1]) / (2 * h) - bulk.elastic().c12()) < error
        Math.abs((longer[2] - shorter[2]) / (2 * h) - bulk.elastic().c12()) < error
        Math.abs((bent[5] - back[5]) / (2 * h) - bulk.elastic().c44()) < error

        where:
        name          | model         | tolerance
        'Gupta'       | Gupta.of(79)  | 0.002d
        'a potential' | potential(1)  | 0.01d
    }

    def "lattice constants are found from the covalent radius alone: #symbol"() {
        expect:
        Math.abs(measure(SuttonChen.of(z), z).polymorph(Crystal.FCC).latticeConstant() - a) < 0.003d

        where:
        symbol | z  | a
        'Al'   | 13 | 4.05
        'Rh'   | 45 | 3.80
        'Pb'   | 82 | 4.95
    }

    def "a model without a crystal gets points and a reason, and nothing else"() {
        given: 'of what only ever repels, and of what has no energy at all'
        def bulk = measure(model, 79)

        expect:
        bulk.points().size() == 44
        bulk.polymorphs().every { it.equationOfState() == null && it.missing() != null }
        bulk.strains().isEmpty()
        bulk.elastic() == null
        bulk.elasticMissing() == 'there are no strained cells'

        where:
        model << [new OnlyEnergy(law: { s -> 100 * s.size() * s.size() / s.cell().volume() }), new OnlyEnergy(law: { s -> Double.NaN })]
    }

    /** A model of a closure. */
    static class OnlyEnergy implements EnergyModel {
        Closure<Double> law

        @Override
        double energy(Structure structure) {
            law.call(structure)
        }

        @Override
        Evaluation evaluate(Structure structure) {
            null
        }
    }

    def labelled(List<Structure> structures, double shift) {
        structures.collect { it.withLabel(new Label(gupta.energy(it) + shift * it.size(), null)) }
    }

    def "labels give the same as the model that made them, whatever the zero of energy"() {
        given:
        def model = measure(gupta, 79)
        def first = labelled(BulkStructures.equationOfState(79, Crystal.values().toList(),
            BulkStructures.guesses(4.1d), BulkSettings.LABELS), -9000d)
        def stage = BulkProperties.ofLabels(first, 'first.xyz', BulkSettings.LABELS)

        when:
        def second = labelled(BulkStructures.elastic(79, Crystal.FCC,
            stage.polymorph(Crystal.FCC).latticeConstant(), STANDARD), -9000d)
        def bulk = BulkProperties.ofLabels(first + second, 'all.xyz', BulkSettings.LABELS)

        then: 'within what another middle of the lattice constants and the fourth power of strains do to a fit'
        first.size() == 45
        second.size() == 25
        bulk.element() == 79
        bulk.strains().size() == 27
        Crystal.values().every {
            def one = bulk.polymorph(it)
            def other = model.polymorph(it)
            Math.abs(one.latticeConstant() - other.latticeConstant()) < 2e-3d &&
                Math.abs(bulk.energyAboveFcc(one) - model.energyAboveFcc(other)) < 5e-4d &&
                Math.abs(bulk.cohesiveEnergy(one) - model.cohesiveEnergy(other)) < 5e-4d
        }
        Math.abs(bulk.elastic().c11() - model.elastic().c11()) < 2d
        Math.abs(bulk.elastic().c12() - model.elastic().c12()) < 2d
        Math.abs(bulk.elastic().c44() - model.elastic().c44()) < 0.5d
    }

    def "without labels of the isolated atom and of fcc there is no cohesive energy and no energy above fcc"() {
        given:
        def structures = labelled(BulkStructures.equationOfState(79, [Crystal.BCC], [3.25d] as double[], STANDARD), 0)

        when:
        def bulk = BulkProperties.ofLabels(structures.drop(1), 'bcc.xyz', BulkSettings.LABELS)

        then:
        bulk.polymorph(Crystal.FCC) == null
        Double.isNaN(bulk.energyAboveFcc(bulk.polymorphs()[0]))
        Double.isNaN(bulk.cohesiveEnergy(bulk.polymorphs()[0]))
        Math.abs(bulk.polymorphs()[0].latticeConstant() - 3.245d) < 0.001d
    }

    def "labels that do not fit are refused: #what"() {
        given:
        def first = labelled(BulkStructures.equationOfState(79, [Crystal.FCC], [4.1d] as double[], STANDARD), 0)
        def second = labelled(BulkStructures.elastic(79, Crystal.FCC, 4.08d, STANDARD), 0)

        when:
        BulkProperties.ofLabels(change(first, second), 'labels.xyz', BulkSettings.LABELS)

        then:
        def e = thrown(InputException)
        e.message.startsWith('labels.xyz')
        e.message.contains(message)

        where:
        what                | change                                             || message
        'no structures'     | { f, s -> [] }                                     || 'there are no structures'
        'no label'          | { f, s -> f + [s[0].withLabel(null)] }             || 'structure 13 has no label'
        'no note'           | { f, s -> [f[1].withInfo('crystal', null)] }       || 'structure 1 has no note crystal'
        'another crystal'   | { f, s -> [f[1].withInfo('crystal', 'hcp')] }      || 'illegal crystal: hcp'
        'no unstrained one' | { f, s -> f + s.drop(1) }                          || 'without the one of strain=none'
        'no delta'          | { f, s -> f + [s[0], s[1].withInfo('delta', null)] } || 'no note delta'
        'two constants'     | { f, s -> f + s + [s[1].withInfo('lattice_constant', 4.1d)] } || 'must be of one crystal and one lattice'
        'two levels'        | { f, s -> [f[0].withInfo('level', 'PBE'), f[1].withInfo('level', 'PBE0')] } || 'two levels of theory'
        'two elements'      | { f, s -> [f[0], Structure.cluster(29, 0, 0, 0).withLabel(s[0].label())] } || 'of another element'
    }

    def "a crystal whose atoms would have to be relaxed is not strained for a reference program"() {
        when:
        BulkStructures.elastic(79, Crystal.DIAMOND, 6d, STANDARD)

        then:
        thrown(IllegalArgumentException)
    }

    def "settings that make no fit are refused: #range #step #fit #largest #strain #degree"() {
        when:
        new BulkSettings(range, step, fit, largest, strain, degree)

        then:
        thrown(IllegalArgumentException)

        where:
        range      | step       | fit  | largest | strain | degree
        0          | 0.01       | 0.03 | 0.02    | 0.005  | 4
        Double.NaN | 0.01       | 0.03 | 0.02    | 0.005  | 4
        0.05       | 0.05       | 0.03 | 0.02    | 0.005  | 4
        0.05       | Double.NaN | 0.03 | 0.02    | 0.005  | 4
        0.05       | 0.01       | 0    | 0.02    | 0.005  | 4
        0.05       | 0.01       | 0.03 | 0.5     | 0.005  | 4
        0.05       | 0.01       | 0.03 | 0.02    | 0.03   | 2
        0.05       | 0.01       | 0.03 | 0.02    | 0.005  | 1
        0.05       | 0.01       | 0.03 | 0.02    | 0.01   | 5
    }

    def "points are where the settings say, with numbers that people can read"() {
        expect:
        STANDARD.deltas() as List == [-0.02d, -0.015d, -0.01d, -0.005d, 0d, 0.005d, 0.01d, 0.015d, 0.02d]
        STANDARD.scales() as List == [0.95d, 0.96d, 0.97d, 0.98d, 0.99d, 1d, 1.01d, 1.02d, 1.03d, 1.04d, 1.05d]
    }
}
