package cupel.pipeline

import cupel.structure.ExtendedXyz
import java.nio.file.Files
import java.nio.file.Path
import org.opentest4j.TestAbortedException
import spock.lang.Specification
import spock.lang.TempDir

/** References that users bring: an ASE calculator, a command, and VASP, for which a stand-in runs. */
class OwnReferencePipelineSpec extends Specification {

    @TempDir
    Path folder

    def "an ASE calculator labels a campaign; a change of its file runs its calculations again, and nothing before them"() {
        given:
        if (new ProcessBuilder('/usr/bin/python3', '-c', 'import ase').start().waitFor() != 0) {
            throw new TestAbortedException('ASE is not installed: apt-get install -y --no-install-recommends python3-ase')
        }
        write('own/calculator.py', 'from ase.calculators.emt import EMT\n\ndef calculator(atoms):\n    return EMT()\n')
        write('own/settings.json', '{"level": "EMT"}')

        when:
        def run = run('ase', 'own/settings.json')

        then:
        run.exitStatus == 0
        def labelled = ExtendedXyz.read(run.result('campaign_01/labels/generation_001_labelled.xyz').toPath())
        labelled.every { it.info().level ==~ /engine=ase,version=[^,]+,level=EMT,data\.file\.calculator\.py=[0-9a-f]{16}/ }
        run.result('pipeline_info/versions.tsv').text.contains('data.file.calculator.py=')

        when: 'a comment more: another file, and perhaps another level of theory'
        write('own/calculator.py', '# mine\nfrom ase.calculators.emt import EMT\n\ndef calculator(atoms):\n    return EMT()\n')
        def changed = this.run('ase', 'own/settings.json')

        then:
        changed.exitStatus == 0
        changed.cached().PREPARE_SEEDS == 1
        changed.submitted().RUN_ASE > 2
    }

    def "a command labels a campaign"() {
        given:
        write('own/lj.awk', '''\
            #!/usr/bin/awk -f
            # Lennard-Jones, in and out as extended XYZ
            NR == 1 { n = $1; next }
            NR == 2 { c = $0; sub(/Properties=[^ ]*/, "Properties=species:S:1:pos:R:3:REF_forces:R:3", c); next }
            { s[NR - 2] = $1; for (k = 1; k <= 3; k++) x[NR - 2, k] = $(k + 1) }
            END {
                for (i = 1; i <= n; i++) for (j = 1; j <= n; j++) if (i != j) {
                    r2 = 0; for (k = 1; k <= 3; k++) { d[k] = x[j, k] - x[i, k]; r2 += d[k]^2 }
                    q = (2.6^2 / r2)^3; e += q * q / 2 - q; for (k = 1; k <= 3; k++) f[i, k] -= 12 * (q * q - q) * d[k] / r2
                }
                print n; printf "%s REF_energy=%.10f\\n", c, e
                for (i = 1; i <= n; i++) printf "%s %s %s %s %.10f %.10f %.10f\\n", s[i], x[i, 1], x[i, 2], x[i, 3], f[i, 1], f[i, 2], f[i, 3]
            }
            '''.stripIndent())
        folder.resolve('own/lj.awk').toFile().executable = true
        write('own/settings.json', '{"command": "./lj.awk {input} > {output}", "files": ["lj.awk"], "level": "lennard-jones", "version": "1"}')

        when:
        def run = run('command', 'own/settings.json')

        then:
        run.exitStatus == 0
        def labelled = ExtendedXyz.read(run.result('campaign_01/labels/generation_001_labelled.xyz').toPath())
        labelled.every { it.info().level.contains(',level=lennard-jones,data.file.lj.awk=') }
        ExtendedXyz.read(run.result('seeds/seeds_labelled.xyz').toPath()).any { it.size() == 1 && it.label().energy() == 0 }
    }

    def "VASP, which is a stand-in here, labels a campaign, with potentials that stay where they are"() {
        given:
        def site = folder.resolve('site')
        write('site/potentials/potpaw_PBE/Au/POTCAR', '  PAW_PBE Au 00Xxx0000\n   TITEL  = PAW_PBE Au 00Xxx0000\n End of Dataset\n')
        def standIn = Pipeline.PROJECT.resolve('src/test/resources/cupel/reference/vasp/bin')
        write('site/vasp.config', """\
            process {
                withName: 'IDENTIFY_VASP|RUN_VASP' {
                    beforeScript = 'export VASP_PP_PATH=$site/potentials PATH=$standIn:\$PATH'
                }
            }
            """.stripIndent())

        when:
        def run = run('vasp', null, '-c', site.resolve('vasp.config').toString())

        then:
        run.exitStatus == 0
        def labelled = ExtendedXyz.read(run.result('campaign_01/labels/generation_001_labelled.xyz').toPath())
        labelled.every { it.info().level ==~ /engine=vasp,version=6\.3\.0,.*,data\.Au\.POTCAR=[0-9a-f]{16}/ }
        def copies = []
        folder.resolve('work').toFile().eachFileRecurse { if (it.name == 'POTCAR') { copies << it } }
        copies.isEmpty()
    }

    def "a reference without its files stops the run before the first task: #message"() {
        given:
        if (settings) {
            write('own/settings.json', settings)
        }

        when:
        def run = run(engine, settings ? 'own/settings.json' : null)

        then:
        run.exitStatus == 1
        run.submitted() == [:]
        run.log.contains(message)

        where:
        engine    | settings                                                     || message
        'ase'     | null                                                         || '--reference ase needs --reference_settings'
        'ase'     | '{"level": "EMT", "calculator": "emt.py"}'                   || 'there is no file'
        'command' | '{"level": "x", "files": ["my_code"]}'                       || 'own/my_code'
        'handoff' | null                                                         || '--reference handoff needs --handoff_dir'
    }

    private Pipeline.Run run(String engine, String settings, String... more) {
        def given = settings ? ['--reference_settings', folder.resolve(settings).toString()] : []
        def run = new Pipeline(folder).run('-profile', 'test', '--reference', engine, '--max_generations', '1', '--sizes', '2..4',
            '--batch_size', '10', '-resume', *given, *more)
        println(run.log)
        return run
    }

    private void write(String name, String text) {
        Files.createDirectories(folder.resolve(name).parent)
        folder.resolve(name).toFile().text = text
    }
}
