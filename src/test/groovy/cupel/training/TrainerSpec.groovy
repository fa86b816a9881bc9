package cupel.training

import cupel.descriptor.Descriptor
import cupel.potential.Potential
import cupel.reference.Gupta
import cupel.structure.Cell
import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import cupel.structure.StructureFiles
import cupel.training.TrainingResult.Start
import cupel.training.TrainingSettings.Target
import java.nio.file.Files
import java.nio.file.Path
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

class TrainerSpec extends Specification {

    static final GOLD = Gupta.of(79)

    @TempDir
    java.nio.file.Path dir

    @Shared
    List<Structure> pool = clusters(60, 1)

    @Shared
    List<Structure> unseen = clusters(40, 2)

    static Structure labelled(Structure structure) {
        def evaluation = GOLD.evaluate(structure)
        structure.withLabel(new Label(evaluation.energy(), evaluation.forces()))
    }

    /** Pieces of fcc gold, rattled. */
    static List<Structure> clusters(int count, long seed) {
        def random = RandomSource.XO_SHI_RO_256_PP.create(seed)
        (0..<count).collect {
            def centre = (0..2).collect { random.nextDouble() }
            def sites = []
            for (x in -3..3) {
                for (y in -3..3) {
                    for (z in -3..3) {
                        if ((x + y + z) % 2 == 0) {
                            sites << [x * 2.0d, y * 2.0d, z * 2.0d]
                        }
                    }
                }
            }
            int atoms = 5 + random.nextInt(6)
            def nearest = sites.sort { site -> (0..2).sum { (site[it] - centre[it])**2 } }.take(atoms)
            labelled(Structure.cluster(79, nearest.flatten().collect { it + 0.4d * (random.nextDouble() - 0.5d) } as double[]))
        }
    }

    static double rmse(Potential potential, List<Structure> structures) {
        Math.sqrt(structures.sum { ((potential.energy(it) - it.label().energy()) / it.size())**2 } / structures.size())
    }

    static double forceRmse(Potential potential, List<Structure> structures) {
        def errors = structures.collectMany { s ->
            def f = potential.evaluate(s).forces()
            (0..<f.length).collect { f[it] - s.label().forces()[it] }
        }
        Math.sqrt(errors.sum { it * it } / errors.size())
    }

    def quick = TrainingSettings.standard().withFolds(3).withMaxEpochs(15)

    def "learns the energies of clusters that it has not seen"() {
        when:
        def result = Trainer.train(pool, TrainingSettings.standard().withFolds(3).withMaxEpochs(40), 1, 2, null)

        then: "the energies themselves spread over more than 0.1 eV per atom"
        rmse(result.potential(), unseen) < 0.025
        result.potential().committeeSize() == 3
        result.structures() == 60
        result.members()*.heldOut() == [20, 20, 20]
    }

    def "with forces it learns forces"() {
        when:
        def energies = Trainer.train(pool, quick.withFolds(1), 1, 2, null).potential()
        def both = Trainer.train(pool, quick.withFolds(1).withTarget(Target.ENERGY_AND_FORCES).withForces(0.2, 3, 9), 1, 2, null).potential()

        then:
        forceRmse(both, unseen) < 0.75 * forceRmse(energies, unseen)
        rmse(both, unseen) < 0.02
    }

    def "the number of threads changes no bit of the result (#target)"() {
        given:
        def settings = quick.withMaxEpochs(3).withForces(0.3, 3, 5).withTarget(target)

        when:
        def files = [1, 3].collect { threads ->
            def file = dir.resolve("${threads}.json")
            Trainer.train(pool, settings, 5, threads, null).potential().write(file)
            Files.readString(file)
        }

        then:
        files[0] == files[1]

        where:
        target << Target.values()
    }

    def "with nothing held out all networks learn the whole pool, with the same bytes on any number of threads (#target)"() {
        given:
        def settings = quick.withFolds(2).withHoldOut(false).withForces(0.3, 3, 5).withTarget(target)

        when:
        def results = [1, 2].collect { Trainer.train(pool, settings, 5, it, null) }
        def files = results.collect {
            def file = dir.resolve("potential.json")
            it.potential().write(file)
            Files.readString(file)
        }
        def members = results[0].potential().committee()

        then:
        files[0] == files[1]
        results[0].members()*.heldOut() == [0, 0]
        results[0].members().every { Double.isNaN(it.heldOutEnergy()) && it.bestEpoch() == it.epochs() && it.epochs() > 10 }
        members[0][79] != members[1][79]
        rmse(results[0].potential(), unseen) < 0.03

        where:
        target << Target.values()
    }

    def "with nothing held out it does not learn noise by heart"() {
        given: "as many weights as structures, and energies that are 30 meV/atom off"
        def random = RandomSource.XO_SHI_RO_256_PP.create(4)
        def noisy = pool.collect {
            it.withLabel(new Label(it.label().energy() + it.size() * 0.03d * (random.nextBoolean() ? 1 : -1), it.label().forces()))
        }
        def settings = TrainingSettings.standard().withFolds(1).withHoldOut(false).withHiddenLayers(2)

        when:
        def smooth = Trainer.train(noisy, settings, 1, 1, null)
        def rough = Trainer.train(noisy, settings.withWeightPrecision(0), 1, 1, null)

        then:
        smooth.members()[0].trainEnergy() > 0.02
        rough.members()[0].trainEnergy() < 0.01
        rmse(smooth.potential(), unseen) < 0.5 * rmse(rough.potential(), unseen)
    }

    def "a step by an estimated matrix learns nearly as well, with the same bytes on any number of threads"() {
        given: "2 rows for each of 121 weights, where a network sees about 450 force components"
        def settings = quick.withTarget(Target.ENERGY_AND_FORCES).withHiddenLayers(4, 2).withFolds(2).withSketchRows(2).withMaxEpochs(40)
        def small = pool.take(40)

        when:
        def estimated = [1, 2].collect { Trainer.train(small, settings, 3, it, null).potential() }
        def exact = Trainer.train(small, settings.withSketchRows(0), 3, 2, null).potential()

        then:
        unseen.every { estimated[0].energy(it) == estimated[1].energy(it) }
        estimated[0].energy(unseen[0]) != exact.energy(unseen[0])
        forceRmse(estimated[0], unseen) < 1.4 * forceRmse(exact, unseen)
    }

    def "another seed gives another network"() {
        when:
        def results = [1, 2].collect { Trainer.train(pool, quick.withMaxEpochs(2), it, 1, null) }

        then:
        results[0].potential().element(79).network() != results[1].potential().element(79).network()
    }

    def "the learning curve begins at the start, and the network kept is the one with the least held-out error"() {
        when:
        def result = Trainer.train(pool, quick, 3, 1, null)

        then:
        result.members().every { member ->
            def rows = result.curve().findAll { it.fold() == member.fold() }
            rows*.epoch() == (0..member.epochs()).toList() &&
                rows*.heldOutEnergy().min() == member.heldOutEnergy() &&
                rows[member.bestEpoch()].heldOutEnergy() == member.heldOutEnergy() &&
                rows.every { Double.isNaN(it.trainForce()) }
        }
    }

    def "errors in the result are those of the potential"() {
        when:
        def result = Trainer.train(pool, quick.withMaxEpochs(3).withTarget(Target.ENERGY_AND_FORCES).withForces(0.3, 3, 0), 3, 1, null)
        def best = result.bestMember()
        def member = result.potential().committeeMember(result.best())

        then: "mean squares over the training part and the held-out part add up to those over the pool"
        def square = (40 * best.trainEnergy()**2 + 20 * best.heldOutEnergy()**2) / 60
        Math.abs(Math.sqrt(square) - rmse(result.potential(), pool)) < 1e-10
        rmse(member, pool) == rmse(result.potential(), pool)
        [best.trainForce(), best.heldOutForce()].min() <= forceRmse(member, pool)
        [best.trainForce(), best.heldOutForce()].max() >= forceRmse(member, pool)
    }

    def "training stops when the held-out structures no longer get better"() {
        when:
        def result = Trainer.train(pool, quick.withPatience(3).withMaxEpochs(500), 3, 2, null)

        then:
        result.members().every { it.epochs() < 500 }
        result.members().any { it.reason().contains('no improvement on held-out structures in 3 epochs') && it.epochs() == it.bestEpoch() + 3 }
    }

    def "goes on from an initial potential without making it worse, though the pool has changed"() {
        given:
        def first = Trainer.train(pool.take(30), quick, 1, 2, null).potential()

        when: "no epoch is allowed, and the inputs of the larger pool are scaled differently"
        def unchanged = Trainer.train(pool, quick.withMaxEpochs(0), 2, 2, first)

        then: "the same function comes out"
        unchanged.potential().element(79).scale() != first.element(79).scale()
        unchanged.members()*.start().every { it == Start.INITIAL }
        (0..2).every { k ->
            unseen.every {
                Math.abs(unchanged.potential().committeeMember(k).energy(it) - first.committeeMember(k).energy(it)) < 1e-9
            }
        }

        when:
        def further = Trainer.train(pool, quick, 2, 2, first)

        then:
        (0..2).every { k ->
            def rows = further.curve().findAll { it.fold() == k }
            further.members()[k].heldOutEnergy() <= rows[0].heldOutEnergy()
        }
        rmse(further.potential(), unseen) < rmse(first, unseen)
    }

    def "the mean of the members is one network, gives their mean energy and forces, and is gone on from member by member"() {
        when:
        def result = Trainer.train(pool, quick.withMean(true), 1, 1, null).potential()
        def members = (0..<3).collect { result.committeeMember(it) }

        then:
        result.elements()[0].network().layers() == [26, 30, 30, 1] as int[]
        unseen.every { s ->
            def f = result.evaluate(s).forces()
            def each = members*.evaluate(s)*.forces()
            Math.abs(result.energy(s) - members.sum { it.energy(s) } / 3) < 1e-10 &&
                (0..<f.length).every { c -> Math.abs(f[c] - each.sum { it[c] } / 3) < 1e-10 }
        }

        when:
        def further = Trainer.train(pool, quick.withMean(true).withMaxEpochs(2), 1, 1, result)

        then:
        further.members()*.start() == [Start.INITIAL] * 3
        further.potential().elements()[0].network().layers() == [26, 30, 30, 1] as int[]
    }

    def "a network that comes from one structure, and whose tanh are all at their ends for others, begins again at random"() {
        given: 'a potential of one compact cluster, as after the first generation'
        def settings = TrainingSettings.standard().withTarget(Target.ENERGY).withFolds(2).withMaxEpochs(20)
        def compact = StructureFiles.read(Path.of('data/seeds/Au13.xyz'))[0]
        def one = Trainer.train([labelled(compact)], settings, 1, 1, null).potential()
        def few = pool.take(9) + clusters(8, 5)

        when:
        def result = Trainer.train(few, settings, 1, 1, one)
        def mean = few.sum { it.label().energy() / it.size() } / few.size()
        def spread = Math.sqrt(few.sum { (it.label().energy() / it.size() - mean)**2 } / few.size())

        then:
        rmse(result.potential(), few) < 0.3 * spread
        result.members()*.start() == [Start.RANDOM, Start.RANDOM]
    }

    def "members that the initial potential has not begin at random"() {
        given:
        def first = Trainer.train(pool, quick.withFolds(2).withMaxEpochs(3), 1, 1, null).potential()

        expect:
        Trainer.train(pool, quick.withMaxEpochs(1), 1, 1, first).members()*.start() == [Start.INITIAL, Start.INITIAL, Start.RANDOM]
    }

    def "a pool of #count structures trains without a held-out part, and gives finite numbers everywhere"() {
        when:
        def result = Trainer.train(pool.take(count), TrainingSettings.standard().withFolds(4), 1, 2, null)

        then:
        result.members().every { it.heldOut() == 0 && Double.isNaN(it.heldOutEnergy()) }
        rmse(result.potential(), pool.take(count)) < 0.01
        unseen.every { s ->
            def evaluation = result.potential().evaluate(s)
            Math.abs(evaluation.energy() / s.size() - s.label().energy() / s.size()) < 1.5 &&
                evaluation.forces().every { Math.abs(it) < 30 }
        }

        where:
        count << [1, 2, 5]
    }

    def "a pool of one dimer has forces"() {
        given:
        def dimer = labelled(Structure.cluster(79, [0, 0, 0, 2.6, 0, 0] as double[]))

        when:
        def potential = Trainer.train([dimer], TrainingSettings.standard().withFolds(1), 1, 1, null).potential()

        then:
        Math.abs(potential.energy(dimer) - dimer.label().energy()) < 0.02
        potential.energy(Structure.cluster(79, [0, 0, 0, 2.8, 0, 0] as double[])) != potential.energy(dimer)
    }

    def "an isolated atom gives the offset and is not trained on"() {
        given:
        def atom = Structure.cluster(79, 0, 0, 0).withLabel(new Label(-1.25d, null)).withInfo('config_type', 'IsolatedAtom')
        def shifted = pool.collect { it.withLabel(new Label(it.label().energy() - 1.25d * it.size(), it.label().forces())) }

        when:
        def with = Trainer.train([atom] + shifted, quick.withFolds(1).withMaxEpochs(5), 1, 2, null)
        def without = Trainer.train(shifted, quick.withFolds(1).withMaxEpochs(5), 1, 2, null)

        then:
        with.potential().element(79).offset() == -1.25d
        with.structures() == 60
        with.potential().provenance().offsets_from == [Au: 'isolated atom']

        and: "without it, the offset is the mean energy per atom, and the same function is learned"
        Math.abs(without.potential().element(79).offset() - shifted.sum { it.label().energy() / it.size() } / 60) < 1e-9
        without.potential().provenance().offsets_from == [Au: 'least squares on composition']
        unseen.every { Math.abs(with.potential().energy(it) - without.potential().energy(it)) < 1e-6 }
    }

    def "two elements have two networks in one fit, and offsets by least squares on composition"() {
        given: "copper as gold with another offset and another length"
        def mixed = pool.withIndex().collect { Structure s, int index ->
            def numbers = (0..<s.size()).collect { it < index % s.size() ? 29 : 79 } as int[]
            Structure.of(numbers, s.positions(), Cell.NONE)
                .withLabel(new Label(s.label().energy() + 2d * numbers.findAll { it == 29 }.size(), s.label().forces()))
        }

        when:
        def potential = Trainer.train(mixed, quick.withFolds(2).withHiddenLayers(4).withTarget(Target.ENERGY_AND_FORCES).withForces(0.3, 3, 6), 1, 2, null).potential()

        then:
        potential.elements()*.atomicNumber() == [29, 79]
        Math.abs(potential.element(29).offset() - potential.element(79).offset() - 2) < 0.5
        rmse(potential, mixed) < 0.05
    }

    def "the paper's settings train by batches"() {
        when:
        def result = Trainer.train(pool, TrainingSettings.paper().withFolds(2).withMaxEpochs(30).withBatchSize(8), 1, 2, null)

        then:
        result.members()*.epochs() == [30, 30]
        rmse(result.potential(), unseen) < 0.05
        result.members().every { member ->
            result.curve().findAll { it.fold() == member.fold() }*.heldOutEnergy().min() == member.heldOutEnergy()
        }
    }

    def "a structure stays in its fold when the pool grows"() {
        when: "two pools, the second with more structures at its end; the first is trained for no epoch, so only folds matter"
        def small = Trainer.train(pool.take(30), quick.withMaxEpochs(0), 1, 1, null)
        def same = Trainer.train(pool.take(30), quick.withMaxEpochs(0), 99, 1, small.potential())

        then: "another seed has the same folds: the same networks have the same held-out errors"
        small.members()*.heldOutEnergy().withIndex().every { double e, int k -> Math.abs(e - same.members()[k].heldOutEnergy()) < 1e-9 }
    }

    def "refuses #what"() {
        when:
        Trainer.train(structures, settings, 1, 1, initial == null ? null : Trainer.train(pool.take(3), quick.withMaxEpochs(1), 1, 1, null).potential())

        then:
        def e = thrown(InputException)
        e.message.contains(words)

        where:
        what                                   | structures                                                                                | settings                                                                             | initial | words
        'an empty pool'                        | []                                                                                        | TrainingSettings.standard()                                                          | null    | 'no structure'
        'a pool of isolated atoms'             | [Structure.cluster(79, 0, 0, 0).withLabel(new Label(0, null))]                            | TrainingSettings.standard()                                                          | null    | 'only isolated atoms'
        'a structure without energy'           | [pool[0], pool[1].withLabel(null).withInfo('sid', 'h_12')]                                | TrainingSettings.standard()                                                          | null    | 'structure 2 of the pool (h_12)'
        'two levels of theory'                 | [pool[0].withInfo('level', 'pbe'), pool[1].withInfo('level', 'gfn1')]                     | TrainingSettings.standard()                                                          | null    | 'gfn1'
        'forces asked for and not there'       | [pool[0].withLabel(new Label(-3, null))]                                                  | TrainingSettings.standard().withTarget(Target.ENERGY_AND_FORCES)                     | null    | 'REF_forces'
        'an element the descriptor lacks'      | [pool[0]]                                                                                 | TrainingSettings.standard().withDescriptor(Descriptor.behler2011(29))                | null    | 'Au'
        'an element the initial one lacks'     | [Structure.cluster(29, 0, 0, 0, 2, 0, 0).withLabel(new Label(-3, null))]                  | TrainingSettings.standard()                                                          | true    | 'Cu'
        'an initial potential of other layers' | [pool[0]]                                                                                 | TrainingSettings.standard().withHiddenLayers(7)                                      | true    | '[26, 7, 1]'
        'two energies of one isolated atom'    | [pool[0], *[1, 2].collect { Structure.cluster(79, 0, 0, 0).withLabel(new Label(it, null)) }] | TrainingSettings.standard()                                                       | null    | 'two isolated atoms of Au'
    }

    def "rejects settings with #what"() {
        when:
        change(TrainingSettings.standard())

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(words)

        where:
        what                   | words                     | change
        'no hidden layer'      | 'at least one hidden'     | { TrainingSettings s -> s.withHiddenLayers() }
        'an empty layer'       | 'hidden layer: 0'         | { TrainingSettings s -> s.withHiddenLayers(10, 0) }
        'no fold'              | 'number of folds: 0'      | { TrainingSettings s -> s.withFolds(0) }
        'a negative batch'     | 'batch size: -1'          | { TrainingSettings s -> s.withBatchSize(-1) }
        'a damping of zero'    | 'initial damping: 0'      | { TrainingSettings s -> s.withDamping(0, 1e-3) }
        'a NaN precision'      | 'weights: NaN'            | { TrainingSettings s -> s.withWeightPrecision(Double.NaN) }
        'a force weight of 0'  | 'force weight: 0'         | { TrainingSettings s -> s.withForces(0, 1, 0) }
        'a NaN force scale'    | 'force scale: NaN'        | { TrainingSettings s -> s.withForces(1, Double.NaN, 0) }
    }
}
