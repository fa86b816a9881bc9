package cupel.pipeline

import cupel.structure.ExtendedXyz
import groovy.json.JsonSlurper
import java.nio.file.Path
import org.opentest4j.TestAbortedException
import spock.lang.Specification
import spock.lang.TempDir

/** A generation with a real quantum mechanical reference: GFN1-xTB in batches, each a task without Java. */
class XtbPipelineSpec extends Specification {

    @TempDir
    Path folder

    def setup() {
        if (!System.getenv('PATH').split(File.pathSeparator).any { new File(it, 'xtb').canExecute() }) {
            def notice = 'xtb is not installed, so the pipeline with xtb is not tested here; ' +
                'on Debian: apt-get install -y --no-install-recommends xtb'
            System.err.println(notice)
            throw new TestAbortedException(notice)
        }
    }

    def "labels of gold and copper in several batches come back whole, in the order of the candidates, with the isolated atoms as zero"() {
        given: 'one alloy cluster, and walks of any composition from there'
        def alloy = Pipeline.PROJECT.resolve('examples/gold-copper/seed.xyz')

        when:
        def run = new Pipeline(folder).run('-profile', 'xtb', '--seed_structures', alloy.toString(), '--composition', 'any', '--sizes', '2..6', '--walkers', '2', '--walks', '6',
            '--cycles', '20', '--output_every', '4', '--max_epochs', '20', '--folds', '2', '--final_folds', '2', '--final_max_epochs', '20', '--max_generations', '1',
            '--batch_size', '6')
        println(run.log)

        then:
        run.exitStatus == 0
        def screened = ExtendedXyz.read(run.result('campaign_01/generation_001/screened.xyz').toPath())
        def labelled = ExtendedXyz.read(run.result('campaign_01/labels/generation_001_labelled.xyz').toPath())
        def failed = ExtendedXyz.read(run.result('campaign_01/labels/generation_001_failed.xyz').toPath())
        screened.size() > 6
        run.submitted().RUN_XTB == 2 + (Math.ceil(screened.size() / 6d) as int) // isolated atoms, seeds, and the batches
        labelled*.info()*.sid == screened*.info()*.sid - failed*.info()*.sid
        labelled*.info()*.level.unique().size() == 1
        labelled[0].info().level ==~
            /engine=xtb,version=[\d.]+,method=GFN1,charge=0,electronic_temperature=300,spin=parity(,data\.param_gfn1-xtb=[0-9a-f]{16})?/

        and: 'pure clusters and mixed ones'
        labelled.collect { it.atomicNumbers().toSet() }.toSet().containsAll([[29, 79] as Set, [29] as Set])

        and: 'what holds metals together is between nothing and five electronvolts an atom; each element has a zero of its own'
        def seeds = ExtendedXyz.read(run.result('seeds/seeds_labelled.xyz').toPath())
        def atoms = seeds.findAll { it.info().config_type == 'IsolatedAtom' }.collectEntries { [it.atomicNumber(0), it.label().energy()] }
        def binding = { it.atomicNumbers().toList().sum { z -> atoms[z] } / it.size() - it.label().energy() / it.size() }
        atoms.keySet() == [29, 79].toSet()
        binding(seeds.find { it.size() == 8 }) > 1 && binding(seeds.find { it.size() == 8 }) < 5
        labelled.every { Math.abs(binding(it)) < 15 }
        run.result('pipeline_info/versions.tsv').text =~ /reference\txtb\tversion=[\d.]+/

        and: 'nothing was held out from the networks of the final potential'
        new JsonSlurper().parse(run.result('campaign_01/potential.json')).provenance.members*.held_out_structures == [0, 0]
    }
}
