package cupel.structure

import spock.lang.Specification

class ContentHashSpec extends Specification {

    static Structure gold(double... positions) {
        return Structure.cluster(79, positions)
    }

    def "is h_ and 16 digits of the SHA-256 of the canonical text"() {
        given: 'the text as the documentation spells it out'
        def text = '0.00000000 ' * 9 + 'F F F\n79 0.00000000 0.00000000 0.00000000\n79 2.50000000 -1.00000000 0.12345679\n'
        def digest = java.security.MessageDigest.getInstance('SHA-256').digest(text.bytes).encodeHex().toString()

        expect:
        ContentHash.of(gold(0d, 0d, 0d, 2.5d, -1d, 0.123456789d)) == 'h_' + digest.take(16)
    }

    def "is the same after writing and reading, and does not see label, notes and arrays"() {
        given:
        def structure = Structure.of([79, 47] as int[], [1 / 3d, -1e-10, 2 / 3d, 4, 5, 6] as double[],
                Cell.periodic(10 / 3d, 0, 0, 0.1, 4, 0, 0, 0, 5))
        def decorated = structure.withLabel(new Label(-1d, new double[6])).withInfo('sid', 'x').withArray('q', [1, 2] as double[], 1)

        expect:
        ContentHash.of(decorated) == ContentHash.of(structure)
        ContentHash.of(ExtendedXyz.read(new StringReader(ExtendedXyz.format(decorated)), null)[0]) == ContentHash.of(structure)
    }

    def "elements, positions, cell and periodicity all count"() {
        given:
        def box = [3, 0, 0, 0, 3, 0, 0, 0, 3] as double[]
        def structures = [
            gold(0d, 0d, 0d),
            gold(0d, 0d, 1e-8d),
            Structure.cluster(78, 0d, 0d, 0d),
            gold(0d, 0d, 0d, 0d, 0d, 1d),
            Structure.of([79] as int[], [0, 0, 0] as double[], new Cell(box, [false, false, false] as boolean[])),
            Structure.of([79] as int[], [0, 0, 0] as double[], new Cell(box, [true, false, false] as boolean[])),
            Structure.of([79] as int[], [0, 0, 0] as double[], Cell.periodic(box)),
            Structure.of([79] as int[], [0, 0, 0] as double[], Cell.periodic(3, 0, 0, 0, 3, 0, 0, 0, 3.00000001))
        ]

        expect:
        structures.collect { ContentHash.of(it) }.toSet().size() == structures.size()
        ContentHash.of(gold(0d, 0d, 1e-9d)) == ContentHash.of(gold(0d, -1e-9d, 0d))
    }
}
