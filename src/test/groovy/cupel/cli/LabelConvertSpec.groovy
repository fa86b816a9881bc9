package cupel.cli

import cupel.structure.ExtendedXyz
import cupel.structure.Label as Labelled
import cupel.structure.Structure
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class LabelConvertSpec extends Specification {

    @TempDir
    Path folder

    CommandLine convert(Object... words) {
        CommandLine.run(Label.TOOL, 'convert', *words)
    }

    def pool = [
        Structure.cluster(79, 0, 0, 0).withLabel(new Labelled(-0.5d, null)).withInfo('level', 'gupta'),
        Campaigns.labelled(Campaigns.cluster(4, 1)),
        Campaigns.labelled(Campaigns.cluster(6, 2))
    ]

    def setup() {
        ExtendedXyz.write(folder.resolve('a pool.xyz'), pool.take(2))
        ExtendedXyz.write(folder.resolve('-more.xyz'), pool.drop(2))
    }

    def "files of labels become one dataset: #format"() {
        when:
        def run = convert('--structures', folder.resolve('a pool.xyz'), folder.resolve('-more.xyz'), '--format', format, '--output', folder.resolve('my "out"'))

        then:
        run.code == 0
        run.out.readLines() == ["3 structures in ${folder.resolve('my "out"')}, read back and compared", 'isolated atom Au: -0.5 eV']*.toString()
        content(folder.resolve('my "out"').toFile()).contains(expected)

        where:
        format   || expected
        'extxyz' || ' energy=-0.5000000000 '
        'n2p2'   || 'comment structure 3\n'
        'xsf'    || 'structure_0003.xsf'
        'deepmd' || 'Au6'
    }

    private static String content(File file) {
        file.isDirectory() ? file.list().sort().join(' ') : file.text
    }

    def "MACE's names on request"() {
        when:
        def run = convert('--structures', folder.resolve('a pool.xyz'), '--format', 'extxyz', '--keys', 'mace', '--output', folder.resolve('out.xyz'))

        then:
        run.code == 0
        folder.resolve('out.xyz').toFile().readLines()[1] ==
            'Properties=species:S:1:pos:R:3 REF_energy=-0.5000000000 pbc="F F F" level=gupta config_type=IsolatedAtom'
    }

    def "labels of two levels of theory do not become one dataset"() {
        given:
        ExtendedXyz.write(folder.resolve('-more.xyz'), [pool[2].withInfo('level', 'PBE')])

        when:
        def run = convert('--structures', folder.resolve('a pool.xyz'), folder.resolve('-more.xyz'), '--format', 'n2p2', '--output', folder.resolve('input.data'))

        then:
        run.code == 1
        run.err.contains('labels of two levels of theory: gupta (structure 1) and PBE (structure 3)')
        !folder.resolve('input.data').toFile().exists()
    }

    def "a structure without label is named by its place among all"() {
        given:
        ExtendedXyz.write(folder.resolve('-more.xyz'), [pool[2].withLabel(null)])

        when:
        def run = convert('--structures', folder.resolve('a pool.xyz'), folder.resolve('-more.xyz'), '--format', 'n2p2', '--output', folder.resolve('input.data'))

        then:
        run.code == 1
        run.err.contains("${folder.resolve('a pool.xyz')}, ${folder.resolve('-more.xyz')}, structure 3: has no label")
    }

    def "keys are for extended XYZ alone"() {
        when:
        def run = convert('--structures', folder.resolve('a pool.xyz'), '--format', 'xsf', '--keys', 'mace', '--output', folder.resolve('out'))

        then:
        run.code == 2
        run.err.contains('--keys is for --format extxyz')
    }
}
