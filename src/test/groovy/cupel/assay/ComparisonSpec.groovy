package cupel.assay

import cupel.structure.InputException
import cupel.structure.Label
import cupel.structure.Structure
import spock.lang.Specification

class ComparisonSpec extends Specification {

    def three = [
        Gold.labelled(Gold.cluster(4, 1), -10d, [0.1d] * 12 as double[]).withInfo('sid', 'a'),
        Gold.labelled(Gold.cluster(4, 2), -11d, [-0.2d] * 12 as double[]).withInfo('sid', 'b'),
        Gold.labelled(Gold.cluster(8, 3), -24d).withInfo('sid', 'c'),
    ]

    def "energies are per atom in meV, forces by component in meV per angstrom, overall and per size"() {
        when:
        def comparison = Comparison.of(Gold.model { it.size() * -2.5d - (it.size() == 8 ? 2.4d : 0d) }, three, 'test.xyz')
        def all = comparison.all()

        then: 'errors per atom are 0, 250 and 200 meV'
        all.structures() == 3
        all.energy().n() == 3
        Math.abs(all.energy().mae() - 150) < 1e-9
        Math.abs(all.energy().rmse() - Math.sqrt((250**2 + 200**2) / 3d)) < 1e-9
        all.forces().n() == 24
        Math.abs(all.forces().mae() - 150) < 1e-9
        comparison.bySize().keySet().toList() == [4, 8]
        Math.abs(comparison.bySize()[4].energy().mae() - 125) < 1e-9
        comparison.bySize()[8].forces().n() == 0
        comparison.level() == 'gupta'
        comparison.largestEnergyErrors(2)*.structure()*.info()*.sid == ['b', 'c']
        Math.abs(comparison.largestEnergyErrors(1)[0].energyError() - 250) < 1e-9
        comparison.largestForceErrors(5)*.structure()*.info()*.sid == ['b', 'a']
    }

    def "an alloy has errors by composition too, to the nearest quarter; a set of one element has not"() {
        given:
        def alloy = [[79, 79, 79, 79], [29, 79, 79, 79], [29, 79, 79, 79, 79], [29] + [79] * 7, [29] * 5 + [79] * 3, [29, 29, 29, 29]].collect { z ->
            def x = Gold.cluster(z.size(), 1).positions()
            Gold.labelled(Structure.of(z as int[], x, cupel.structure.Cell.NONE), z.size() * -3d)
        }

        when:
        def json = Comparison.of(Gold.model { it.size() * -3.1d }, alloy, 'x').toJson(0)

        then:
        json.get('by_composition').fieldNames().toList() == ['Au', 'Cu', 'Cu 25 % Au 75 %', 'Cu 75 % Au 25 %']
        json.get('by_composition').get('Cu 25 % Au 75 %').get('structures').intValue() == 3
        Math.abs(json.get('by_composition').get('Cu').get('energy').get('mae_mev_per_atom').doubleValue() - 100) < 1e-9
        !Comparison.of(Gold.model { 0d }, three, 'x').toJson(0).has('by_composition')
    }

    def "the energy error is that of the difference, whatever the order of magnitude of the energies"() {
        given:
        def labelled = [Gold.labelled(Gold.cluster(2, 1), -1e6d)]

        when:
        def errors = Comparison.of(Gold.model { -1e6d + 0.001d }, labelled, 'x').all().energy()

        then:
        Math.abs(errors.mae() - 0.5) < 1e-6
    }

    def "isolated atoms are left out and counted"() {
        given:
        def atom = Structure.cluster(79, 0, 0, 0).withInfo('config_type', 'IsolatedAtom').withInfo('level', 'gupta')
            .withLabel(new Label(-1.0d, null))

        when:
        def json = Comparison.of(Gold.model { 0d }, three + atom, 'x').toJson(1)

        then:
        json.get('structures').intValue() == 3
        json.get('isolated_atoms_left_out').intValue() == 1
    }

    def "labels of two levels of theory are refused, and both are shown"() {
        given:
        def mixed = three + Gold.labelled(Gold.cluster(3, 9), -6d, null, other)

        when:
        Comparison.of(Gold.model { 0d }, mixed, 'test.xyz')

        then:
        def e = thrown(InputException)
        e.message.contains('test.xyz')
        e.message.contains('gupta (structure 1)')
        e.message.contains("${other ?: 'none noted'} (structure 4)")

        where:
        other << ['pbe', null]
    }

    def "a structure without label is named, and an empty file is refused"() {
        when:
        Comparison.of(Gold.model { 0d }, structures, 'test.xyz')

        then:
        def e = thrown(InputException)
        e.message.contains(message)

        where:
        structures                                    | message
        [Gold.cluster(3, 1).withInfo('sid', 'h_zz')]  | 'test.xyz: structure 1 (h_zz) has no label'
        []                                            | 'test.xyz: holds no labelled structure'
    }

    def "a wild potential gives null statistics and leads the list of errors"() {
        when:
        def comparison = Comparison.of(Gold.model { it.size() == 8 ? Double.NaN : 0d }, three, 'x')
        def json = comparison.toJson(2)

        then:
        json.at('/energy/mae_mev_per_atom').isNull()
        json.at('/energy/predictions_not_finite').intValue() == 1
        !json.at('/by_size/4/energy/mae_mev_per_atom').isNull()
        json.at('/largest_energy_errors/0/sid').textValue() == 'c'
        json.at('/largest_energy_errors/0/error_mev_per_atom').isNull()
        !json.toString().contains('NaN')
    }
}
