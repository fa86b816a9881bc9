package cupel.descriptor

import com.fasterxml.jackson.databind.ObjectMapper
import cupel.structure.InputException
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class DescriptorSpec extends Specification {

    @TempDir
    Path folder

    def "behler2011-26 has #count functions for an atom among #elements"() {
        expect:
        Descriptor.named('behler2011-26', elements as int[]).count(79) == count

        where:
        elements     | count
        [79]         | 8 + 18
        [29, 79]     | 2 * 8 + 3 * 18
        [79, 47, 29] | 3 * 8 + 6 * 18
    }

    def "the functions come in the documented order"() {
        given:
        def d = Descriptor.behler2011(79, 29)

        expect:
        d.elements() == [29, 79] as int[]
        d.rc() == 6.0d
        d.radial(79)*.neighbour() == [29] * 8 + [79] * 8
        d.radial(79).take(8)*.eta() == [0.003214d, 0.035711d, 0.071421d, 0.124987d, 0.214264d, 0.357106d, 0.714213d, 1.428426d]
        d.angular(79).collect { [it.neighbour1(), it.neighbour2()] } == [[29, 29]] * 18 + [[29, 79]] * 18 + [[79, 79]] * 18
        d.angular(79).take(18)*.zeta() == [1d] * 6 + [2d] * 6 + [4d] * 6
        d.angular(79).take(6)*.lambda() == [-1d] * 3 + [1d] * 3
        d.angular(79).take(3)*.eta() == [0.000357d, 0.028569d, 0.089277d]
    }

    def "four-body-41 has #count functions for an atom among #elements"() {
        given:
        def d = Descriptor.named('four-body-41', elements as int[])

        expect:
        d.count(79) == count
        d.rc() == 8.0d
        d.radial(79) == Descriptor.behler2011(elements as int[]).radial(79)
        d.angular(79) == Descriptor.behler2011(elements as int[]).angular(79)

        where:
        elements | count
        [79]     | 26 + 15
        [29, 79] | 70 + 30
    }

    def "a four-body function with exponents #p #q #r is refused"() {
        when:
        new FourBodySymmetryFunction(79, 0.1d, p, q, r)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith("illegal exponents: $p, $q, $r, must be 1, 1, 0 or")

        where:
        p | q | r
        0 | 1 | 1
        2 | 2 | 2
        3 | 1 | 0
    }

    def "a name that is not known is refused"() {
        when:
        Descriptor.named('soap', 79)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'illegal descriptor name: soap, must be one of behler2011-26, four-body-41'
    }

    def "JSON brings back the same descriptor"() {
        expect:
        Descriptor.fromJson(new ObjectMapper().readTree(d.toJson().toString())) == d

        where:
        d << [Descriptor.behler2011(79), Descriptor.fourBody41(29, 79), DescriptorCalculatorSpec.mixed()]
    }

    def "a descriptor is read from a file, and refused with the file's name"() {
        given:
        def file = folder.resolve('d.json')
        file.toFile().text = Descriptor.behler2011(79).toJson().toString()

        expect:
        Descriptor.read(file) == Descriptor.behler2011(79)

        when:
        file.toFile().text = Descriptor.behler2011(79).toJson().toString().replaceFirst('"eta":', '"etta":')
        Descriptor.read(file)

        then:
        def e = thrown(InputException)
        e.message == "$file: field descriptor.elements[0].radial[0].eta: is missing"

        when:
        file.toFile().text = '{'
        Descriptor.read(file)

        then:
        e = thrown(InputException)
        e.message.startsWith("$file:1: not JSON")

        when:
        Descriptor.read(folder.resolve('none.json'))

        then:
        e = thrown(InputException)
        e.message.contains('none.json')
    }

    def "a neighbour must be an element of the descriptor"() {
        when:
        Descriptor.builder('x', 6).radial(79, new RadialSymmetryFunction(29, 0.1d, 0)).build()

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'a function of Au counts Cu neighbours, which the descriptor does not describe; elements: Au'
    }

    def "illegal parameters are refused: #message"() {
        when:
        make()

        then:
        def e = thrown(IllegalArgumentException)
        e.message.contains(message)

        where:
        make                                                     | message
        ({ new CutoffFunction(0) })                              | 'illegal cutoff radius: 0.0'
        ({ new CutoffFunction(Double.NaN) })                     | 'illegal cutoff radius: NaN'
        ({ new RadialSymmetryFunction(79, -1, 0) })              | 'illegal eta: -1.0'
        ({ new RadialSymmetryFunction(79, Double.NaN, 0) })      | 'illegal eta: NaN'
        ({ new RadialSymmetryFunction(79, 1, -0.5d) })           | 'illegal rs: -0.5'
        ({ new RadialSymmetryFunction(0, 1, 0) })                | 'illegal atomic number: 0'
        ({ angular(79, 29, 0.1d, 1, 1) })                        | 'illegal pair of neighbours: 79 and 29'
        ({ angular(79, 79, 0.1d, 2, 1) })                        | 'illegal lambda: 2.0'
        ({ angular(79, 79, 0.1d, Double.NaN, 1) })               | 'illegal lambda: NaN'
        ({ angular(79, 79, 0.1d, 1, 0.5d) })                     | 'illegal zeta: 0.5'
        ({ angular(79, 79, Double.POSITIVE_INFINITY, 1, 1) })    | 'illegal eta: Infinity'
        ({ Descriptor.builder('x', 6).build() })                 | 'at least one element'
    }

    static angular(int a, int b, double eta, double lambda, double zeta) {
        new AngularSymmetryFunction(AngularSymmetryFunction.Form.WIDE, a, b, eta, lambda, zeta)
    }
}
