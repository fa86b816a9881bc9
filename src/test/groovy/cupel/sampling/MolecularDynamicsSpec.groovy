package cupel.sampling

import cupel.structure.Elements
import cupel.structure.Structure
import cupel.structure.Units
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class MolecularDynamicsSpec extends Specification {

    static random(long seed) {
        RandomSource.XO_SHI_RO_256_PP.create(seed)
    }

    /** Largest change of the total energy over a time, in eV. */
    static double drift(double timeStep) {
        def start = TestModels.lattice(7, 2.8)
        def settings = new DynamicsSettings(timeStep, 600, 0)
        def dynamics = MolecularDynamics.thermal(TestModels.lennardJones(0.3, 2.5), start, settings, random(1))
        double first = dynamics.potentialEnergy() + dynamics.kineticEnergy()
        double worst = 0
        int steps = (int) Math.round(400 / timeStep)
        steps.times {
            dynamics.run(1)
            worst = Math.max(worst, Math.abs(dynamics.potentialEnergy() + dynamics.kineticEnergy() - first))
        }
        worst
    }

    def "without a thermostat energy is conserved to second order in the time step"() {
        given:
        def coarse = drift(4)
        def middle = drift(2)
        def fine = drift(1)

        expect: "half the step, a quarter of the error"
        fine < 1e-3
        coarse / middle > 3.5 && coarse / middle < 4.6
        middle / fine > 3.7 && middle / fine < 4.3
    }

    def "without a thermostat it is velocity Verlet: a spring's orbit, step by step"() {
        given:
        def rest = Structure.cluster(79, 0, 0, 0)
        def start = Structure.cluster(79, 0.1, 0, 0)
        double k = 2
        double dt = 5
        double a = k / Elements.mass(79) * Units.ACCELERATION
        double x = 0.1
        double v = 0
        def dynamics = new MolecularDynamics(TestModels.springs(k, rest), start, new double[3], new DynamicsSettings(dt, 0, 0), random(1))

        expect:
        200.times {
            double half = v - 0.5 * dt * a * x
            x += dt * half
            v = half - 0.5 * dt * a * x
            dynamics.run(1)
            assert Math.abs(dynamics.structure().position(0, 0) - x) < 1e-12
            assert Math.abs(dynamics.velocities()[0] - v) < 1e-12
        }
        dynamics.steps() == 200
    }

    def "momentum and angular momentum are conserved without a thermostat"() {
        given:
        def dynamics = MolecularDynamics.thermal(TestModels.lennardJones(0.3, 2.5), TestModels.lattice(6, 2.8),
                new DynamicsSettings(2, 500, 0), random(3))
        def momenta = {
            def x = dynamics.structure().positions().toList().collate(3)
            def v = dynamics.velocities().toList().collate(3)
            def p = (0..2).collect { a -> v.sum { it[a] } }
            def l = (0..2).collect { a -> (0..5).sum { x[it][(a + 1) % 3] * v[it][(a + 2) % 3] - x[it][(a + 2) % 3] * v[it][(a + 1) % 3] } }
            p + l
        }
        def before = momenta()

        when:
        dynamics.run(500)

        then:
        [before, momenta()].transpose().every { a, b -> Math.abs(a - b) < 1e-12 }
    }

    def "Langevin dynamics has positions and velocities of the bath's temperature, also at a long time step"() {
        given: "64 atoms on springs with a period of 630 fs and a step of 60: omega dt = 0.6"
        double k = 2
        double temperature = 500
        def rest = TestModels.lattice(64, 3)
        def settings = new DynamicsSettings(60, temperature, 0.004)
        def dynamics = MolecularDynamics.thermal(TestModels.springs(k, rest), rest, settings, random(5))
        dynamics.run(100)
        double[] home = rest.positions()
        double sum2 = 0
        int looks = 100

        when: "looks are 25 steps apart, six relaxation times of the noise"
        looks.times {
            dynamics.run(25)
            double[] x = dynamics.structure().positions()
            for (int i = 0; i < x.length; i++) {
                sum2 += (x[i] - home[i])**2
            }
        }
        double variance = sum2 / (looks * 192)
        double expected = Units.BOLTZMANN * temperature / k

        then: "BAOAB is exact for positions on springs, whatever the step; four sigmas of 19200 numbers"
        Math.abs(variance / expected - 1) < 4 * Math.sqrt(2 / 19200)
    }

    def "kinetic temperature is the bath's at a short time step"() {
        given:
        def rest = TestModels.lattice(64, 3)
        def settings = new DynamicsSettings(5, 500, 0.02)
        def dynamics = MolecularDynamics.thermal(TestModels.springs(2, rest), rest, settings, random(6))
        double sum = 0

        when: "looks 40 steps apart, four relaxation times"
        100.times {
            dynamics.run(40)
            sum += dynamics.temperature()
        }

        then: "the mean is off by (omega dt)^2/4 = 0.06 %, the statistics by four sigmas of 19200 numbers"
        Math.abs(sum / 100 / 500 - 1) < 0.0006 + 4 * Math.sqrt(2 / 19200)
    }

    def "velocities are drawn from Maxwell and Boltzmann's distribution, by mass"() {
        given:
        def positions = TestModels.lattice(1000, 3).positions()
        def start = Structure.of((0..<1000).collect { it % 2 ? 79 : 29 } as int[], positions, cupel.structure.Cell.NONE)

        when:
        def v = MolecularDynamics.thermal(TestModels.free(), start, DynamicsSettings.standard(), random(7)).velocities()
        def sums = [0d, 0d]
        v.eachWithIndex { c, i -> sums[i.intdiv(3) % 2] += c * c }

        then: "500 atoms of each, four sigmas"
        [29, 79].eachWithIndex { z, i ->
            assert Math.abs(sums[i] / 1500 / (Units.BOLTZMANN * 300 * Units.ACCELERATION / Elements.mass(z)) - 1) < 4 * Math.sqrt(2 / 1500)
        }
    }

    def "stops at the last finite state when the model fails"() {
        given:
        def start = TestModels.lattice(5, 2.8)

        when:
        def wild = (1..5).collect {
            MolecularDynamics.thermal(TestModels.wild(TestModels.lennardJones(0.3, 2.5)), start,
                    new DynamicsSettings(5, 1500, 0.01), random(it))
        }.findAll { it.isFinite() }
        wild*.run(5000)
        def hopeless = MolecularDynamics.thermal(TestModels.hopeless(), start, DynamicsSettings.standard(), random(1))

        then:
        wild.every { !it.isFinite() && it.steps() < 5000 && Double.isFinite(it.potentialEnergy()) }
        wild.every { it.structure().positions().every { c -> Double.isFinite(c) } }
        !hopeless.run(10)
        hopeless.steps() == 0
        Double.isNaN(hopeless.potentialEnergy())
    }

    def "rejects settings that make no sense"() {
        when:
        make()

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(message)

        where:
        message                   | make
        'illegal time step: 0.0'  | { DynamicsSettings.standard().withTimeStep(0) }
        'illegal temperature: -1' | { DynamicsSettings.standard().withTemperature(-1) }
        'illegal friction: NaN'   | { DynamicsSettings.standard().withFriction(Double.NaN) }
    }
}
