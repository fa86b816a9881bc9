package cupel.reference

import cupel.potential.EnergyModel
import cupel.potential.TrialState
import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Structure
import org.apache.commons.rng.UniformRandomProvider
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

/** What Gupta and Sutton-Chen owe alike. */
class MetalModelSpec extends Specification {

    static final ReferenceModel GUPTA = Models.named('gupta')
    static final ReferenceModel SUTTON_CHEN = Models.named('sutton-chen')
    static final List<ReferenceModel> MODELS = [GUPTA, SUTTON_CHEN]

    def "forces of #model.engine() match central differences for a cluster of #elements"() {
        given:
        def cluster = rattledCluster(elements, 2.7d, 7L)

        expect:
        worstForceError(model, cluster, 1e-4d) < 1e-6d

        where:
        [model, elements] << [MODELS, [[79] * 9, [79, 29, 47, 79, 46, 78, 29, 29]]].combinations()
    }

    def "forces and stress of #model.engine() match central differences in a crystal, smaller than the cutoff"() {
        given: 'a skewed, rattled cell of four atoms'
        def crystal = fccCell(4.1d, elements, 0.15d)

        expect:
        worstForceError(model, crystal, 1e-4d) < 1e-6d
        worstStressError(model, crystal) < 1e-7d

        where:
        [model, elements] << [MODELS, [[79] * 4, [79, 79, 79, 29]]].combinations()
    }

    def "a slab has the forces and stress that belong to its energy (#model.engine())"() {
        given:
        def vectors = fccCell(4.1d, [79] * 4, 0.1d).cell().vectors()
        vectors[8] = 30d
        def slab = Structure.of([79] * 4 as int[], fccCell(4.1d, [79] * 4, 0.1d).positions(),
            new Cell(vectors, [true, true, false] as boolean[]))

        expect:
        worstForceError(model, slab, 1e-4d) < 1e-6d
        worstStressError(model, slab) < 1e-7d

        where:
        model << MODELS
    }

    def "the cutoff of #model.engine() is smooth: no jump of energy or force as a neighbour crosses it"() {
        given: 'a chain of atoms, repeated only along x, whose period crosses the cutoff'
        def rc = (model as SecondMomentModel).cutoff()
        def chain = { double d ->
            Structure.of([79] as int[], [0d, 0, 0] as double[],
                new Cell([d, 0, 0, 0, 30, 0, 0, 0, 30] as double[], [true, false, false] as boolean[]))
        }

        expect: 'beyond the cutoff there is nothing'
        model.energy(chain(rc + 1e-9d)) == 0
        model.evaluate(chain(rc + 1e-9d)).stress().every { it == 0 }

        and: 'slope and curvature go to zero with the energy'
        def inside = model.evaluate(chain(rc - 1e-4d))
        Math.abs(inside.energy()) < 1e-5d
        Math.abs(inside.stress()[0]) * 900 < 1e-3d

        where:
        model << MODELS
    }

    def "an atom alone has no energy and no force (#model.engine())"() {
        given:
        def result = model.evaluate(Structure.cluster(79, 1d, 2d, 3d))

        expect:
        result.energy() == 0
        result.forces().every { it == 0 }
        result.stress() == null

        where:
        model << MODELS
    }

    def "two atoms far apart have twice nothing (#model.engine())"() {
        expect:
        Math.abs(model.energy(Structure.cluster(79, 0, 0, 0, 1e4d, 0, 0))) < 1e-12d

        where:
        model << MODELS
    }

    def "#model.engine() does not care where a cluster is, how it is turned, or how its atoms are numbered"() {
        given:
        def elements = [79, 79, 29, 47, 79, 46]
        def cluster = rattledCluster(elements, 2.7d, 11L)
        def x = cluster.positions()
        def order = [3, 0, 5, 1, 4, 2]

        when:
        def moved = Structure.of(elements as int[], x.collect { it + 3.21d } as double[], Cell.NONE)
        def turned = Structure.of(elements as int[], rotated(x), Cell.NONE)
        def renumbered = Structure.of(order.collect { elements[it] } as int[],
            order.collectMany { [x[3 * it], x[3 * it + 1], x[3 * it + 2]] } as double[], Cell.NONE)
        def e = model.energy(cluster)
        def f = model.evaluate(cluster).forces()

        then:
        Math.abs(model.energy(moved) - e) < 1e-10d
        Math.abs(model.energy(turned) - e) < 1e-10d
        Math.abs(model.energy(renumbered) - e) < 1e-10d

        and: 'forces turn with the cluster, and sum to nothing'
        def turnedForces = model.evaluate(turned).forces()
        def expected = rotated(f)
        (0..<f.length).every { Math.abs(turnedForces[it] - expected[it]) < 1e-9d }
        (0..2).every { axis -> Math.abs((0..<6).sum { f[3 * it + axis] }) < 1e-9d }

        where:
        model << MODELS
    }

    def "a crystal has the energy per atom of its supercell (#model.engine())"() {
        given:
        def cell = fccCell(4.1d, [79, 79, 29, 79], 0.1d)

        expect:
        def large = supercell(cell, 2)
        Math.abs(model.energy(large) / 8 - model.energy(cell)) < 1e-9d
        def one = model.evaluate(cell)
        def eight = model.evaluate(large)
        (0..5).every { Math.abs(one.stress()[it] - eight.stress()[it]) < 1e-10d }

        where:
        model << MODELS
    }

    def "atoms on top of each other cost more than anything, and are no error (#model.engine())"() {
        when:
        def e = model.energy(Structure.cluster(79, 0, 0, 0, 0, 0, 0, 2.8d, 0, 0))

        then:
        e > 1e4d

        where:
        model << MODELS
    }

    def "an element without parameters is named, with those that have some"() {
        when:
        Models.named(name).energy(Structure.cluster(11, 0, 0, 0))

        then:
        def e = thrown(InputException)
        e.message == "the model $name has no parameters for Na, only for $known"

        when: 'or when the model is asked for'
        Models.named(name, 79, 11)

        then:
        def early = thrown(IllegalArgumentException)
        early.message == "the model $name has no parameters for Na, only for $known"

        where:
        name          | known
        'gupta'       | 'Cu, Pd, Ag, Pt, Au'
        'sutton-chen' | 'Al, Ni, Cu, Rh, Pd, Ag, Ir, Pt, Au, Pb'
    }

    def "a model asked for some elements knows those alone"() {
        when:
        Models.named('gupta', 79).energy(Structure.cluster(29, 0, 0, 0))

        then:
        thrown(InputException)
    }

    def "a model that does not exist is answered with those that do"() {
        when:
        Models.named('lennard-jones', 79)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'unknown model: lennard-jones, must be one of gupta, sutton-chen, none'
    }

    def "a long walk of #model.engine() never leaves the energy of the model, not by one bit"() {
        given:
        def rng = RandomSource.XO_SHI_RO_256_PP.create(5L)
        def state = model.trialState(rattledCluster([79] * 6, 2.7d, 3L))
        def kept = 0

        when:
        400.times {
            def before = state.structure()
            def e = tryAnything(state, rng)
            // a pending trial does not show
            assert state.structure().positions() == before.positions()
            assert state.structure().atomicNumbers() == before.atomicNumbers()
            if (rng.nextDouble() < 0.5d) {
                state.accept()
                assert state.energy() == e
                kept++
            } else {
                state.reject()
                assert state.structure().positions() == before.positions()
            }
            assert state.energy() == model.energy(state.structure())
        }

        then:
        kept > 100

        where:
        model << MODELS
    }

    def "the trial state of a crystal is that of the model too"() {
        given:
        def crystal = fccCell(4.1d, [79] * 4, 0.05d)
        def state = GUPTA.trialState(crystal)

        when:
        def e = state.tryMove(2, 0.3d, 2.2d, 2.0d)
        state.accept()

        then:
        e == GUPTA.energy(state.structure())
    }

    def "a trial state insists on one trial at a time"() {
        given:
        def state = GUPTA.trialState(Structure.cluster(79, 0, 0, 0))

        when:
        state.accept()
        then:
        thrown(IllegalStateException)

        when:
        state.tryRemoval(0)
        then:
        thrown(IllegalStateException)

        when:
        state.tryMove(0, 1, 1, 1)
        state.tryMove(0, 1, 1, 1)
        then:
        thrown(IllegalStateException)
    }

    /** A move, an insertion, a removal or a swap; sometimes far away, so that sums lose all but one of their terms. */
    private static double tryAnything(TrialState state, UniformRandomProvider rng) {
        def step = rng.nextDouble() < 0.1d ? 100d : 1d
        def where = { (rng.nextDouble() - 0.5d) * 6 * step }
        def kind = rng.nextInt(5)
        if (kind == 0 && state.size() < 20) {
            return state.tryInsertion(rng.nextBoolean() ? 79 : 29, where(), where(), where())
        }
        if (kind == 1 && state.size() > 2) {
            return state.tryRemoval(rng.nextInt(state.size()))
        }
        if (kind == 2 && state.size() > 1) {
            int a = rng.nextInt(state.size())
            return state.trySwap(a, (a + 1 + rng.nextInt(state.size() - 1)) % state.size())
        }
        state.tryMove(rng.nextInt(state.size()), where(), where(), where())
    }

    /** Atoms on a cubic grid, each shaken by up to a quarter of an angstrom. */
    static Structure rattledCluster(List<Integer> elements, double spacing, long seed) {
        def rng = RandomSource.XO_SHI_RO_256_PP.create(seed)
        def x = new double[3 * elements.size()]
        elements.indices.each { i ->
            x[3 * i] = (i % 3) * spacing + (rng.nextDouble() - 0.5d) / 2
            x[3 * i + 1] = (i.intdiv(3) % 3) * spacing + (rng.nextDouble() - 0.5d) / 2
            x[3 * i + 2] = i.intdiv(9) * spacing + (rng.nextDouble() - 0.5d) / 2
        }
        Structure.of(elements as int[], x, Cell.NONE)
    }

    static Structure fccCell(double a, List<Integer> elements, double shake) {
        def rng = RandomSource.XO_SHI_RO_256_PP.create(17L)
        def places = [[0, 0, 0], [0, 0.5d, 0.5d], [0.5d, 0, 0.5d], [0.5d, 0.5d, 0]]
        def skew = shake == 0 ? 0 : 0.2d
        def x = places.collectMany { p -> p.collect { it * a + (rng.nextDouble() - 0.5d) * 2 * shake } }
        Structure.of(elements as int[], x as double[], Cell.periodic(a, skew, 0, 0, a, -skew, skew, 0, a))
    }

    static Structure supercell(Structure cell, int n) {
        def v = cell.cell().vectors()
        def x = cell.positions()
        def numbers = []
        def places = []
        [0..<n, 0..<n, 0..<n].combinations().each { shift ->
            (0..<cell.size()).each { i ->
                numbers << cell.atomicNumber(i)
                (0..2).each { axis -> places << x[3 * i + axis] + (0..2).sum { shift[it] * v[3 * it + axis] } }
            }
        }
        Structure.of(numbers as int[], places as double[], Cell.periodic(v.collect { it * n } as double[]))
    }

    private static double[] rotated(double[] x) {
        def c = Math.cos(0.7d)
        def s = Math.sin(0.7d)
        def turned = new double[x.length]
        for (int i = 0; i < x.length; i += 3) {
            def u = c * x[i] - s * x[i + 1]
            def v = s * x[i] + c * x[i + 1]
            turned[i] = u
            turned[i + 1] = c * v - s * x[i + 2]
            turned[i + 2] = s * v + c * x[i + 2]
        }
        turned
    }

    static double worstForceError(EnergyModel model, Structure structure, double h) {
        def forces = model.evaluate(structure).forces()
        def worst = 0d
        (0..<forces.length).each { k ->
            def x = structure.positions()
            x[k] += h
            def up = model.energy(structure.withPositions(x))
            x[k] -= 2 * h
            def down = model.energy(structure.withPositions(x))
            worst = Math.max(worst, Math.abs(forces[k] + (up - down) / (2 * h)))
        }
        worst
    }

    /** Stress is the derivative of the energy by strain, per volume. */
    static double worstStressError(EnergyModel model, Structure structure) {
        def stress = model.evaluate(structure).stress()
        def h = 1e-5d
        def components = [[0, 0], [1, 1], [2, 2], [1, 2], [0, 2], [0, 1]]
        (0..5).collect { k ->
            def (a, b) = components[k]
            def difference = (model.energy(strained(structure, a, b, h)) - model.energy(strained(structure, a, b, -h))) /
                (2 * h) / structure.cell().volume()
            Math.abs(stress[k] - difference)
        }.max()
    }

    private static Structure strained(Structure structure, int a, int b, double strain) {
        def apply = { double[] x ->
            def y = x.clone()
            for (int i = 0; i < x.length; i += 3) {
                y[i + a] += (a == b ? 1 : 0.5d) * strain * x[i + b]
                if (a != b) {
                    y[i + b] += 0.5d * strain * x[i + a]
                }
            }
            y
        }
        Structure.of(structure.atomicNumbers(), apply(structure.positions()),
            new Cell(apply(structure.cell().vectors()), structure.cell().periodic()))
    }
}
