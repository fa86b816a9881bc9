package cupel.pipeline

import cupel.structure.ExtendedXyz
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Labels from another site: the run asks, ends, and goes on when somebody has answered. */
class HandoffPipelineSpec extends Specification {

    static final String LEVEL = 'gupta-cleri-rosato-1993'

    @TempDir
    Path folder

    def "a campaign waits for labels from outside, and -resume goes on with the answers, to the end"() {
        given:
        def dir = folder.resolve('site')
        def arguments = ['-profile', 'test', '--reference', 'handoff', '--handoff_dir', dir.toString(), '--handoff_level', LEVEL,
                         '--replicas', '2', '--max_generations', '1', '-resume'] as String[]

        when: 'the isolated atom and the seed are asked for together'
        def first = new Pipeline(folder).run(arguments)
        println(first.log)

        then: 'one line says so, and the run is not taken for finished'
        first.exitStatus == 1
        first.log.contains("waiting for 2 labels in $dir: label the structures of $dir/requests/*.xyz")
        !first.log.contains('Caused by')
        !first.log.contains('Exception')
        first.submitted().LABEL_HANDOFF == 1
        first.submitted().TRAIN_POTENTIAL == null
        requests(dir) == ['seeds_seeds.xyz']

        when: 'somebody answers, and both campaigns ask for what they found'
        answer(dir, 'seeds_seeds.xyz')
        def second = new Pipeline(folder).run(arguments)
        println(second.log)

        then:
        second.exitStatus == 1
        !second.log.contains('Caused by')
        requests(dir) == ['campaign_01_labels_generation_001.xyz', 'campaign_02_labels_generation_001.xyz', 'seeds_seeds.xyz']
        def asked = ['01', '02'].collectEntries { [it, ExtendedXyz.read(dir.resolve("requests/campaign_${it}_labels_generation_001.xyz"))] }
        second.log.contains("waiting for ${asked.values()*.size().sum()} labels in $dir")
        second.submitted().TRAIN_POTENTIAL == 2
        second.submitted().SELECT_STRUCTURES == null

        when: 'one of the two is answered: that campaign goes on to its end, the other waits'
        answer(dir, 'campaign_01_labels_generation_001.xyz')
        def third = new Pipeline(folder).run(arguments)
        println(third.log)

        then:
        third.exitStatus == 1
        third.log.contains("waiting for ${asked['02'].size()} label")
        third.submitted().TRAIN_POTENTIAL == null
        third.submitted().SELECT_STRUCTURES == 1
        third.result('campaign_01/potential.json').exists()
        !third.result('campaign_02/potential.json').exists()

        when:
        answer(dir, 'campaign_02_labels_generation_001.xyz')
        def last = new Pipeline(folder).run(arguments)
        println(last.log)

        then:
        last.exitStatus == 0
        last.result('campaign_02/potential.json').exists()
        last.submitted().SELECT_STRUCTURES == 1
        ExtendedXyz.read(last.result('campaign_01/labels/generation_001_labelled.xyz').toPath())*.info()*.level.unique() == [LEVEL]
        ExtendedXyz.read(last.result('campaign_01/labels/generation_001_labelled.xyz').toPath())*.info()*.sid == asked['01']*.info()*.sid

        when: 'once more: nothing is computed again'
        def again = new Pipeline(folder).run(arguments)

        then:
        again.exitStatus == 0
        again.submitted().keySet() == ['LABEL_HANDOFF'] as Set
    }

    private static List<String> requests(Path dir) {
        dir.resolve('requests').toFile().list().sort()
    }

    /** The other site: here a model of Cupel itself. */
    private static void answer(Path dir, String name) {
        Pipeline.java('label', '--model', 'gupta', '--structures', dir.resolve("requests/$name").toString(),
            '--output', dir.resolve("answers/$name").toString())
    }
}
