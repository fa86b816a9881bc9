package cupel.assay

import spock.lang.Specification

class ErrorStatisticsSpec extends Specification {

    def "gives the numbers that can be had by hand"() {
        when:
        def errors = ErrorStatistics.of([1, 2, 5] as double[], [1, 3, 2] as double[])

        then:
        errors.n() == 3
        Math.abs(errors.mae() - 4 / 3d) < 1e-15
        Math.abs(errors.rmse() - Math.sqrt(10 / 3d)) < 1e-15
        errors.largest() == 3
        Math.abs(errors.r2() - (1 - 10 / 2d)) < 1e-14
    }

    def "a perfect prediction has R2 = 1 and no error"() {
        when:
        def errors = ErrorStatistics.of([1, 2, 5] as double[], [1, 2, 5] as double[])

        then:
        [errors.mae(), errors.rmse(), errors.largest(), errors.r2()] == [0d, 0d, 0d, 1d]
    }

    def "R2 is undefined for #reference"() {
        expect:
        Double.isNaN(ErrorStatistics.of(new double[reference.size()], reference as double[]).r2())

        where:
        reference << [[], [3d], [2d, 2d, 2d]]
    }

    def "one prediction that is no number makes all statistics undefined, and is counted"() {
        when:
        def errors = ErrorStatistics.of([1, bad, 3] as double[], [1, 2, 3] as double[])

        then:
        errors.n() == 3
        errors.notFinite() == 1
        [errors.mae(), errors.rmse(), errors.r2(), errors.largest()].every { Double.isNaN(it) }
        errors.toJson('mev').toString() ==
            '{"n":3,"mae_mev":null,"rmse_mev":null,"largest_mev":null,"r2":null,"predictions_not_finite":1}'

        where:
        bad << [Double.NaN, Double.POSITIVE_INFINITY]
    }

    def "refuses lists of different lengths"() {
        when:
        ErrorStatistics.of([1] as double[], [] as double[])

        then:
        thrown(IllegalArgumentException)
    }
}
