package cupel.potential.export

import cupel.descriptor.Descriptor
import cupel.potential.Fixtures
import cupel.structure.InputException
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class AenetSpec extends Specification {

    static final Path COPPER_GOLD = Path.of('src/test/resources/export/aenet-copper-gold')
    static final SETTINGS = new ExportSettings(Program.AENET, null, false)

    @TempDir
    Path dir

    def "energy and forces of files with everything that a file can have are those of aenet"() {
        given: 'functions out of order, G1 to G5, mtanh and tanh, scaled and shifted energies'
        def potential = PotentialImport.aenet(COPPER_GOLD)

        when:
        def evaluation = potential.evaluate(N2p2Spec.CLUSTER)

        then: 'what predict.x of aenet 2.0.4 prints, in all its digits'
        Math.abs(evaluation.energy() - -18.85673120d) < 1e-8
        def forces = [0.057670, 0.016357, 0.291684, -0.038914, -0.029210, -0.001194, -0.007786, 0.004287, -0.015123,
                      -0.099365, -0.141882, -0.205488, 0.035964, -0.059243, -0.014163, 0.068907, 0.223781, -0.059529,
                      -0.016476, -0.014090, 0.003812]
        (0..<21).every { Math.abs(evaluation.forces()[it] - forces[it]) < 6e-7 }
    }

    def "a potential of #name comes back from its files"() {
        when:
        def result = PotentialExport.write(potential, SETTINGS, dir.resolve('out'), [])

        then:
        result.energyDifference() < 1e-9
        result.forceDifference() < 1e-9
        result.files() == files
        def back = PotentialImport.aenet(dir.resolve('out'))
        back.elements()*.offset() == potential.elements()*.offset()

        where:
        name               | potential                                    || files
        'gold'             | Fixtures.gold()                              || ['README.md', 'Au.nn.ascii', 'to_binary.f90', 'check.xyz']
        'copper and gold'  | Fixtures.alloy()                             || ['README.md', 'Cu.nn.ascii', 'Au.nn.ascii', 'to_binary.f90', 'check.xyz']
        'narrow functions' | Fixtures.narrow()                            || ['README.md', 'Au.nn.ascii', 'to_binary.f90', 'check.xyz']
        'a dead function'  | N2p2Spec.small([0.5d, 0, 2] as double[])     || ['README.md', 'Au.nn.ascii', 'to_binary.f90', 'check.xyz']
    }

    def "the file is exactly the one that aenet reads"() {
        when:
        PotentialExport.write(N2p2Spec.small([0.5d, 0.25d, 2] as double[]), SETTINGS, dir.resolve('out'), [])

        then:
        dir.resolve('out/Au.nn.ascii').toFile().text == new File('src/test/resources/export/small.nn.ascii').text
    }

    def "more than two elements are refused"() {
        when:
        PotentialExport.write(Fixtures.potential(1, Descriptor.behler2011(29, 47, 79)), SETTINGS, dir.resolve('out'), [])

        then:
        def e = thrown(InputException)
        e.message.contains('more than two elements')
        dir.toFile().list().length == 0
    }

    def "files with #what are refused: #message"() {
        given:
        COPPER_GOLD.toFile().listFiles().each { Files.copy(it.toPath(), dir.resolve(it.name)) }
        def target = dir.resolve('Au.nn.ascii').toFile()
        target.text = change(target.readLines()).join('\n') + '\n'

        when:
        PotentialImport.aenet(dir)

        then:
        def e = thrown(InputException)
        e.message.startsWith("$dir/Au.nn.ascii")
        e.message.contains(message)

        where:
        what                      | change                                                     || message
        'an early end'            | { it[0..-4] }                                              || 'ends too early'
        'weights that are missing' | { it[0..8] + it[10..-1] }                                 || 'numbers, must be'
        'another number of weights' | { it[0..1] + '31' + it[3..-1] }                          || 'Au.nn.ascii:3: 31 weights, but a network [6, 3, 2, 1] has 32'
        'another activation'      | { it[0..4] + '2 1 0' + it[6..-1] }                         || 'activation function 2 of layer 2'
        'another basis'           | { it*.replace('Behler2011', 'Chebyshev') }                 || 'basis Chebyshev cannot be read'
        'an unknown element'      | { it*.replace('Au', 'Xx') }                                || 'not an element: Xx'
        'no layers'               | { ['0'] + it[1..-1] }                                      || '0 layers, must be 2 or more'
        'a layer of nothing'      | { it[0..3] + '6 0 2 1' + it[5..-1] }                       || 'Au.nn.ascii:5: illegal layer size: 0'
        'more than it can hold'   | { ['200000000'] + it[1..-1] }                              || 'ends too early: 200000000 numbers'
    }

    def "an element without a file is named"() {
        given:
        Files.copy(COPPER_GOLD.resolve('Au.nn.ascii'), dir.resolve('Au.nn.ascii'))

        when:
        PotentialImport.aenet(dir)

        then:
        def e = thrown(InputException)
        e.message.contains('counts Cu neighbours, of which there is no file')
    }

    def "a folder without text files is refused"() {
        when:
        PotentialImport.aenet(dir)

        then:
        def e = thrown(InputException)
        e.message.contains('no file *.nn.ascii')
    }
}
