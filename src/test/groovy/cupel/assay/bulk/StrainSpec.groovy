package cupel.assay.bulk

import spock.lang.Specification

class StrainSpec extends Specification {

    static double determinant(double[] f) {
        f[0] * (f[4] * f[8] - f[5] * f[7]) - f[1] * (f[3] * f[8] - f[5] * f[6]) + f[2] * (f[3] * f[7] - f[4] * f[6])
    }

    def "the #strain strain by #delta conserves the volume"() {
        expect:
        Math.abs(determinant(strain.deformation(delta)) - 1) < 1e-15d
        def cell = Crystal.FCC.primitive(79, 4.08d)
        Math.abs(strain.apply(cell, delta).cell().volume() / cell.cell().volume() - 1) < 1e-14d

        where:
        [strain, delta] << [[Strain.TETRAGONAL, Strain.SHEAR], [-0.3d, -0.02d, 0d, 0.005d, 0.02d, 0.3d]].combinations()
    }

    def "components are those of the table: e1, e2, e3 on the diagonal, half of e6 beside it"() {
        given:
        def d = 0.02d

        expect:
        Strain.TETRAGONAL.deformation(d) == [1 + d, 0, 0, 0, 1 + d, 0, 0, 0, 1 / ((1 + d) * (1 + d))] as double[]
        Strain.VOLUMETRIC.deformation(d) == [1 + d, 0, 0, 0, 1 + d, 0, 0, 0, 1 + d] as double[]
        Strain.SHEAR.deformation(d) == [1, d / 2, 0, d / 2, 1, 0, 0, 0, 1 + d * d / (4 - d * d)] as double[]
    }

    def "atoms move with their cell"() {
        given:
        def d = 0.04d
        def strained = Strain.SHEAR.apply(Crystal.DIAMOND.primitive(14, 4d), d)

        expect: 'the second atom at (1, 1, 1)'
        Math.abs(strained.position(1, 0) - (1 + d / 2)) < 1e-15d
        Math.abs(strained.position(1, 1) - (1 + d / 2)) < 1e-15d
        Math.abs(strained.position(1, 2) - (1 + d * d / (4 - d * d))) < 1e-15d
    }

    def "refuses a strain of #delta"() {
        when:
        Strain.SHEAR.deformation(delta)

        then:
        thrown(IllegalArgumentException)

        where:
        delta << [Double.NaN, 0.5d, -1d]
    }
}
