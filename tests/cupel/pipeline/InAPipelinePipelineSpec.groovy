package cupel.pipeline

import cupel.potential.Potential
import cupel.structure.ExtendedXyz
import cupel.structure.Structure
import groovy.json.JsonSlurper
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** A pipeline of somebody else that includes Cupel's modules, labels with its own processes and closes the loop itself. */
class InAPipelinePipelineSpec extends Specification {

    static final Path EXAMPLE = Pipeline.PROJECT.resolve('examples/in-a-pipeline')

    @TempDir
    Path folder

    def "the pipeline goes round with its own labels until the stop rule ends it, and -resume runs none of it again"() {
        when:
        def first = run()
        println(first.log)

        then: 'generation after generation, until the rule said stop'
        first.exitStatus == 0
        def generations = first.result('Au/generations.csv').readLines().drop(1)*.split(',')
        generations.size() >= 2
        generations*.getAt(0) == (1..generations.size())*.toString()
        ['TRAIN_POTENTIAL', 'SAMPLE_CLUSTERS', 'SCREEN_CANDIDATES', 'SELECT_STRUCTURES'].every { first.submitted()[it] == generations.size() }
        def stop = new JsonSlurper().parse(first.result('Au/stop.json'))
        stop.action == 'stop'
        stop.numbers.generations == generations.size()

        and: 'each label is what its own program says'
        def pool = ExtendedXyz.read(first.result('Au/pool.xyz').toPath())
        pool.any { it.size() == 1 && it.label().energy() == -20 }
        pool.any { it.info().generation != null }
        pool.every { it.info().level == 'lennard-jones' }
        pool.every { structure ->
            def (energy, forces) = lennardJones(structure)
            Math.abs(structure.label().energy() - energy) < 1e-8 &&
                [structure.label().forces().toList(), forces].transpose().every { given, computed -> Math.abs(given - computed) < 1e-8 }
        }
        first.submitted().SCF == pool.count { it.info().kind == 'seed' } + stop.numbers.labels

        and: 'on clusters that it has not seen, the potential errs far less than the best constant'
        def potential = Potential.read(first.result('Au/potential.json').toPath())
        def clusters = clusters(40, 99)
        def energies = clusters.collect { lennardJones(it)[0] / it.size() }
        def median = energies.toSorted()[energies.size().intdiv(2)]
        def ofConstant = energies.collect { Math.abs(it - median) }.sum() / energies.size()
        def ofPotential = [clusters, energies].transpose().collect { cluster, energy ->
            Math.abs(potential.energy(cluster) / cluster.size() - energy)
        }.sum() / energies.size()
        println("mean absolute error per atom: ${ofPotential} eV, of the best constant ${ofConstant} eV")
        ofPotential < ofConstant / 5

        when:
        def second = run('-resume')

        then:
        second.exitStatus == 0
        second.submitted() == [:]
        second.cached() == first.submitted()
    }

    /** Clusters as the pipeline makes them. */
    private List<Structure> clusters(int count, int seed) {
        def file = folder.resolve('clusters.xyz')
        def process = new ProcessBuilder('awk', '-v', 'element=Au', '-v', "count=$count", '-v', "seed=$seed", '-v', 'smallest=3', '-v', 'largest=6',
            '-f', EXAMPLE.resolve('dft/rattle.awk').toString()).redirectErrorStream(true).redirectOutput(file.toFile())
        process.environment().LC_ALL = 'C'
        assert process.start().waitFor() == 0
        return ExtendedXyz.read(file)
    }

    /** Energy in eV and forces in eV/angstrom, as dft/lj.awk means them. */
    private static List lennardJones(Structure structure) {
        int n = structure.size()
        double energy = -20 * n
        double[] forces = new double[3 * n]
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double[] d = (0..2).collect { structure.position(i, it) - structure.position(j, it) }
                double r2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2]
                double q = Math.pow(2.6d * 2.6d / r2, 3)
                energy += 0.6d * (q * q - 2 * q)
                for (int k = 0; k < 3; k++) {
                    double force = 7.2d * (q * q - q) * d[k] / r2
                    forces[3 * i + k] += force
                    forces[3 * j + k] -= force
                }
            }
        }
        return [energy, forces.toList()]
    }

    private Pipeline.Run run(String... arguments) {
        def command = [Pipeline.PROJECT.resolve('nextflow').toString(), 'run', EXAMPLE.toString(), '-ansi-log', 'false', *arguments]
        def process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start()
        def log = process.inputStream.text
        return new Pipeline.Run(process.waitFor(), log, folder)
    }
}
