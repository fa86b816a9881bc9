package cupel.assay.bulk

import cupel.structure.Units
import java.util.function.DoubleSupplier
import org.apache.commons.rng.sampling.distribution.ZigguratSampler
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class ElasticConstantsSpec extends Specification {

    static final double C11 = 190, C12 = 160, C44 = 42
    static final Map<Strain, Double> MODULI = [(Strain.TETRAGONAL): C11 - C12, (Strain.VOLUMETRIC): C11 + 2 * C12, (Strain.SHEAR): C44]

    /** Energies of these constants at the nine usual strains, with noise of a normal distribution, in eV/angstrom^3. */
    static List<StrainPoint> points(DoubleSupplier noise) {
        Strain.values().collectMany { strain ->
            (-4..4).collect { k ->
                double delta = 0.005d * k
                new StrainPoint(strain, delta, MODULI[strain] / Units.GIGAPASCAL * strain.factor() * delta * delta + noise.asDouble)
            }
        }
    }

    def "energies without noise give the constants, and no error"() {
        when:
        def fit = ElasticConstants.fit(points({ 0d }), 4)

        then:
        Math.abs(fit.c11() - C11) < 1e-9 && Math.abs(fit.c12() - C12) < 1e-9 && Math.abs(fit.c44() - C44) < 1e-9
        [fit.c11Error(), fit.c12Error(), fit.c44Error(), fit.bulkModulusError()].every { it < 1e-9 }
    }

    def "with noise the standard errors are what the constants scatter by, degree #degree"() {
        given: 'a tenth of a meV in the cell of gold'
        def normal = ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_RO_SHI_RO_128_PP.create(5))
        def fits = (1..3000).collect { ElasticConstants.fit(points({ normal.sample() * 1e-4d / 18 }), degree) }
        def mean = { Closure<Double> value -> fits.sum { value(it) } / fits.size() }
        def within = { Closure<Double> value, Closure<Double> error, double exact ->
            double scatter = Math.sqrt(mean { (value(it) - exact)**2 })
            double said = Math.sqrt(mean { error(it)**2 })
            Math.abs(mean(value) - exact) < 4 * scatter / Math.sqrt(fits.size()) && Math.abs(said / scatter - 1) < 0.06
        }

        expect:
        within({ it.c11() }, { it.c11Error() }, C11)
        within({ it.c12() }, { it.c12Error() }, C12)
        within({ it.c44() }, { it.c44Error() }, C44)
        within({ it.bulkModulus() }, { it.bulkModulusError() }, (C11 + 2 * C12) / 3)

        where:
        degree << [2, 3, 4]
    }

    def "through all points there is no telling how far off they are"() {
        expect:
        Double.isNaN(ElasticConstants.fit(points({ 0d }), 8).c44Error())
    }
}
