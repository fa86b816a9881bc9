package cupel.assay

import cupel.potential.Evaluation
import spock.lang.Specification

class DirectTestSpec extends Specification {

    static final OFF = Double.POSITIVE_INFINITY

    def verdict(DirectTest test, double energyError, double force = 0d, boolean withForces = true) {
        def forces = new double[12]
        forces[4] = force
        test.test(
            Gold.labelled(Gold.cluster(4, 1), -8d, withForces ? new double[12] : null),
            new Evaluation(-8d + energyError, forces, null))
    }

    def "an error of #error eV for 4 atoms #fate at 20 meV/atom"() {
        expect:
        verdict(new DirectTest(0.02d, true, OFF), error).fails() == fails

        where:
        error      | fails
        0          | false
        0.0799     | false
        -0.0799    | false
        0.0801     | true
        -0.0801    | true
        Double.NaN | true
        OFF        | true
        fate = fails ? 'fails' : 'passes'
    }

    def "per structure the error is not divided"() {
        expect:
        verdict(new DirectTest(0.02d, false, OFF), 0.021d).fails()
        !verdict(new DirectTest(0.02d, false, OFF), 0.019d).fails()
        Math.abs(verdict(new DirectTest(0.02d, false, OFF), 0.02d).energyError() - 0.005d) < 1e-15
    }

    def "forces are tested only when asked for, and only where labels have them"() {
        expect:
        verdict(new DirectTest(0.02d, true, OFF), 0, 5d).token() == 'passed'
        verdict(new DirectTest(0.02d, true, 0.3d), 0, 0.2d).token() == 'passed'
        verdict(new DirectTest(0.02d, true, 0.3d), 0, -0.4d).token() == 'force'
        verdict(new DirectTest(0.02d, true, 0.3d), 1, 0.4d).token() == 'energy+force'
        verdict(new DirectTest(0.02d, true, 0.3d), 1, 0.2d).token() == 'energy'
        verdict(new DirectTest(0.02d, true, 0.3d), 0, Double.NaN).token() == 'force'
        verdict(new DirectTest(0.02d, true, 0.3d), 0, 0.4d, false).token() == 'passed'
    }

    def "refuses a tolerance of #tolerance"() {
        when:
        new DirectTest(tolerance, true, OFF)

        then:
        thrown(IllegalArgumentException)

        where:
        tolerance << [0d, -1d, Double.NaN]
    }
}
