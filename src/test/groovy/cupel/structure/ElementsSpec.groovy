package cupel.structure

import spock.lang.Specification

class ElementsSpec extends Specification {

    def "#symbol is element #number with mass #mass"() {
        expect: 'standard atomic weights of IUPAC 2021'
        Elements.atomicNumber(symbol) == number
        Elements.symbol(number) == symbol
        Math.abs(Elements.mass(number) / mass - 1) < 2e-4

        where:
        symbol | number | mass
        'H'    | 1      | 1.008d
        'C'    | 6      | 12.011d
        'Cu'   | 29     | 63.546d
        'Ag'   | 47     | 107.868d
        'Au'   | 79     | 196.967d
        'U'    | 92     | 238.029d
    }

    def "every element has a symbol of its own that leads back to it"() {
        expect:
        (1..118).every { Elements.atomicNumber(Elements.symbol(it)) == it }
    }

    def "refuses the symbol '#symbol'"() {
        when:
        Elements.atomicNumber(symbol)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains("'$symbol'")

        where:
        symbol << ['', 'AU', 'au', 'gold', '79', 'X', 'Xx', ' Au']
    }

    def "refuses the atomic number #number"() {
        when:
        Elements.symbol(number)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains("$number")

        where:
        number << [-1, 0, 119]
    }

    def "an element that nature has no isotopes of has no mean mass"() {
        when:
        Elements.mass(43)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains('Tc')
    }
}
