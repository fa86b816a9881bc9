package cupel.pipeline

import java.nio.file.Files
import java.nio.file.Path
import org.opentest4j.TestAbortedException
import spock.lang.Specification
import spock.lang.TempDir

/** A dry run finds what a real one would stumble over, computes nothing and leaves nothing. */
class DryRunPipelineSpec extends Specification {

    @TempDir
    Path folder

    private Pipeline.Run dry(String... more) {
        def run = new Pipeline(folder).run('-profile', 'test', '--dry_run', *more)
        println(run.log)
        return run
    }

    def "when all is in order, every tool has taken its first step, and nothing is left but the work folder"() {
        when:
        def run = dry('--test_set', Pipeline.PROJECT.resolve('data/test/gupta-gold.xyz').toString())

        then:
        run.exitStatus == 0
        run.submitted().keySet() == ['PREPARE_SEEDS', 'LABEL_BUILTIN', 'TRAIN_POTENTIAL', 'SAMPLE_CLUSTERS', 'TEST_CANDIDATES', 'FEATURIZE_POOL',
                                     'EVALUATE_POTENTIAL'] as Set
        run.log.contains('All is in order. The same command without --dry_run does it.')
        run.log.contains('at most 8 structures to the reference')
        !run.log.contains('WARN')
        !run.result('').exists()
    }

    def "an element that a built-in model does not know is found"() {
        given:
        folder.resolve('u2.xyz').toFile().text = '2\nProperties=species:S:1:pos:R:3 pbc="F F F"\nU 0 0 0\nU 0 0 2.8\n'

        when:
        def run = dry('--reference', 'gupta', '--seed_structures', 'u2.xyz')

        then:
        run.exitStatus != 0
        run.log.contains('What went wrong: label: input/seeds.xyz: the model gupta has no parameters for U, only for Cu, Pd, Ag, Pt, Au')
        run.log.contains('The campaign would end there. Nothing has been computed.')
        !run.result('campaign_01').exists()
    }

    def "a potential of the reference that is missing, and a program that is, are found"() {
        given: 'VASP is a stand-in, or gone'
        def potentials = Files.createDirectories(folder.resolve('potentials/potpaw_PBE')).parent
        def standIn = Pipeline.PROJECT.resolve('src/test/resources/cupel/reference/vasp/bin')
        folder.resolve('vasp.config').toFile().text = """\
            process {
                withName: IDENTIFY_VASP {
                    beforeScript = 'export VASP_PP_PATH=$potentials PATH=${program ? standIn : folder}:\$PATH'
                }
            }
            """.stripIndent()

        when:
        def run = dry('--reference', 'vasp', '-c', folder.resolve('vasp.config').toString())

        then:
        run.exitStatus != 0
        run.log.find(/(?s)What went wrong: .*/)?.contains(message)
        !run.submitted().containsKey('PREPARE_LABELS')

        where:
        program || message
        true    || 'no potential of Au'
        false   || 'vasp_std is not there: VASP is brought by its users'
    }

    def "labels of another level in the store are named, with what differs"() {
        given:
        if (!System.getenv('PATH').split(File.pathSeparator).any { new File(it, 'xtb').canExecute() }) {
            throw new TestAbortedException('xtb is not installed: apt-get install -y --no-install-recommends xtb')
        }
        def store = folder.resolve('store').toString()
        folder.resolve('hot.json').toFile().text = '{"electronic_temperature": 1000}'
        new Pipeline(folder.resolve('before')).run('--reference', 'xtb', '--reference_settings', folder.resolve('hot.json').toString(),
            '--label_structures', Pipeline.PROJECT.resolve('data/seeds/Au13.xyz').toString(), '--label_store', store)

        when:
        def run = dry('--reference', 'xtb', '--label_store', store)

        then:
        run.exitStatus == 0
        run.log.contains("the label store $store has 2 labels of another level of theory, which are not used: electronic_temperature is ")
        run.submitted().keySet().containsAll(['CHECK_SETTINGS', 'IDENTIFY_XTB', 'PREPARE_LABELS', 'FORECAST_COSTS', 'TRAIN_POTENTIAL', 'TEST_CANDIDATES'])
        !run.submitted().containsKey('RUN_XTB')
    }
}
