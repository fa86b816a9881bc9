package cupel.plugin

import cupel.structure.Elements
import spock.lang.Specification

class ElementsSpec extends Specification {

    def "has the symbols of the Chemistry Development Kit, which Cupel's tools read with"() {
        expect:
        (1..118).collect { Elements.symbol(it) } == (1..118).collect { org.openscience.cdk.config.Elements.ofNumber(it).symbol() }
        (1..118).every { Elements.atomicNumber(Elements.symbol(it)) == it }
    }

    def "refuses what is no element"() {
        when:
        Elements.atomicNumber('gold')

        then:
        def error = thrown(IllegalArgumentException)
        error.message == "unknown element: 'gold', must be a chemical symbol such as Au"

        when:
        Elements.symbol(119)

        then:
        error = thrown(IllegalArgumentException)
        error.message == 'illegal atomic number: 119, must be 1 to 118'
    }
}
