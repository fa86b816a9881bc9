package cupel.cli

import cupel.potential.Fixtures
import cupel.potential.Potential
import cupel.structure.ExtendedXyz
import cupel.structure.Label
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class TrainExportSpec extends Specification {

    @TempDir
    Path dir

    def "a potential goes to #format and comes back, and its training goes on"() {
        given:
        def gold = Fixtures.potential(5, cupel.descriptor.Descriptor.behler2011(79))
        gold.write(dir.resolve('gold.json'))
        def pool = (0..<6).collect { Fixtures.cluster(it, 5, 6d, 79) }
        ExtendedXyz.write(dir.resolve('pool.xyz'), pool.collect {
            it.withLabel(new Label(gold.energy(it), null)).withInfo('REF_level', 'test')
        })

        when:
        def there = CommandLine.run(Train.TOOL, 'export', '--potential', dir.resolve('gold.json'), '--format', format, '--output',
            dir.resolve('out'), '--structures', dir.resolve('pool.xyz'))
        def back = CommandLine.run(Train.TOOL, 'import', '--format', format, '--input', dir.resolve('out'), '--output', dir.resolve('back.json'))
        def further = CommandLine.run(Train.TOOL, '--structures', dir.resolve('pool.xyz'), '--initial', dir.resolve('back.json'),
            '--output', dir.resolve('further.json'), '--seed', 1, '--folds', 1, '--hold-out', 'no', '--max-epochs', 1)

        then:
        there.code == 0
        there.out.contains('read back, on 6 structures: energies differ by')
        back.code == 0
        back.out.contains('Au [26, 10, 10, 1]')
        further.code == 0
        def trained = Potential.read(dir.resolve('further.json'))
        pool.every { Math.abs(trained.energy(it) - gold.energy(it)) < 1e-3 }

        where:
        format << ['n2p2', 'aenet']
    }

    def "#words is refused: #message"() {
        given:
        Fixtures.gold().withPairing(0.1d).write(dir.resolve('odd.json'))

        when:
        def run = CommandLine.run(Train.TOOL, *(words.split(' ').collect { it.replace('DIR', dir.toString()) }))

        then:
        run.code == code
        run.err.contains(message)
        dir.toFile().list().toList() == ['odd.json']

        where:
        words                                                                         || code | message
        'export --potential DIR/odd.json --format n2p2 --output DIR/out'              || 1    | '--without-pairing'
        'export --potential DIR/odd.json --format gap --output DIR/out'               || 2    | 'n2p2'
        'export --potential DIR/odd.json --format kim --name a.b --output DIR/out'    || 2    | '--name must be a letter'
        'import --format aenet --length-unit bohr --input DIR --output DIR/out.json'  || 2    | 'always in angstrom and eV'
        'import --format n2p2 --input DIR --output DIR/out.json'                      || 1    | 'input.nn: no such file'
    }
}
