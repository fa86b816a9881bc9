package cupel.reference

import spock.lang.Specification

class SanityWindowSpec extends Specification {

    static final double NAN = Double.NaN
    static final double INF = Double.POSITIVE_INFINITY

    def window = new SanityWindow(-15, 5, 50)

    def "an answer inside is not complained of"() {
        expect: 'the bounds themselves are inside'
        window.complaint(2 * energyPerAtom as double, [3, 4, 0, 0, 0, force] as double[]) == null

        where:
        energyPerAtom | force
        -2.5          | 1
        -15           | 0
        5             | 50
    }

    def "says what is wrong: #complaint"() {
        expect:
        window.complaint(energy as double, forces as double[]) == complaint

        where:
        energy  | forces                   || complaint
        -2.4    | [0, 0, 0, 0, 61.23, 0]   || 'largest force 61.2 eV/angstrom, on atom 2, allowed 50'
        -2.4    | [36, 0, 36, 0, 0, 0]     || 'largest force 50.9 eV/angstrom, on atom 1, allowed 50'
        -408    | [0, 0, 0, 0, 0, 0]       || 'energy -204.00 eV per atom relative to isolated atoms, allowed -15 to 5'
        10.2    | [0, 0, 0, 0, 0, 0]       || 'energy 5.10 eV per atom relative to isolated atoms, allowed -15 to 5'
        NAN     | [0, 0, 0, 0, 0, 0]       || 'energy is not a number: NaN'
        INF     | [0, 0, 0, 0, 0, 0]       || 'energy is not a number: Infinity'
        -2.4    | [0, 0, 0, 1, NAN, 0]     || 'force on atom 2 is not a number: 1.0 NaN 0.0'
        -2.4    | [-INF, 0, 0, 0, 0, 0]    || 'force on atom 1 is not a number: -Infinity 0.0 0.0'
    }

    def "the widest window still refuses what is no number"() {
        expect:
        SanityWindow.FINITE.complaint(-1e9d, [1e9d, 0, 0] as double[]) == null
        SanityWindow.FINITE.complaint(NAN, [0d, 0, 0] as double[]) != null
    }

    def "rejects a window #min..#max with forces up to #force"() {
        when:
        new SanityWindow(min, max, force)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(message)

        where:
        min | max | force || message
        5d  | 5d  | 50d   || 'illegal energy window: 5.0..5.0'
        NAN | 5d  | 50d   || 'illegal energy window: NaN..5.0'
        -5d | 5d  | 0d    || 'illegal largest force: 0.0'
        -5d | 5d  | NAN   || 'illegal largest force: NaN'
    }
}
