package cupel.sampling;

import cupel.potential.EnergyModel;
import cupel.potential.Evaluation;
import cupel.structure.Elements;
import cupel.structure.Structure;
import cupel.structure.Units;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Molecular dynamics with any model: Langevin by the BAOAB splitting (Leimkuhler, Matthews, Appl. Math. Res. Express 2013,
 * 34), which without friction is velocity Verlet.
 *
 * <pre>
 *   B  v += (dt/2) F/m        A  x += (dt/2) v        O  v = c v + sqrt((1 − c²) kT/m) R,  c = exp(−γ dt)
 *   one step: B A O A B
 * </pre>
 *
 * <p>A run stops by itself when the model's energy or a force is no finite number; the state is then the last finite one.
 * Mutable, not safe for threads. Positions in angstrom, velocities in angstrom/fs.
 */
public final class MolecularDynamics {

    private final EnergyModel model;
    private final Structure template;
    private final DynamicsSettings settings;
    private final NormalizedGaussianSampler gaussian;
    private final double[] masses;

    private double[] positions;
    private double[] velocities;
    private double[] forces;
    private double potentialEnergy;
    private long steps;
    private boolean finite;

    // the step under way; becomes the state if it is finite
    private double[] nextPositions;
    private double[] nextVelocities;

    /**
     * @param velocities x y z per atom in angstrom/fs; copied
     * @param random noise of the thermostat; not used without friction
     */
    public MolecularDynamics(
            EnergyModel model,
            Structure start,
            double[] velocities,
            DynamicsSettings settings,
            UniformRandomProvider random) {
        if (velocities.length != 3 * start.size()) {
            throw new IllegalArgumentException(
                    start.size() + " atoms need " + 3 * start.size() + " velocities, not " + velocities.length);
        }
        this.model = model;
        this.template = start.withLabel(null);
        this.settings = settings;
        this.gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        this.masses = masses(start);
        this.positions = start.positions();
        this.velocities = velocities.clone();
        this.nextPositions = new double[positions.length];
        this.nextVelocities = new double[positions.length];
        evaluate(start);
    }

    /** Velocities drawn from the Maxwell-Boltzmann distribution at the temperature of the settings. */
    public static MolecularDynamics thermal(
            EnergyModel model, Structure start, DynamicsSettings settings, UniformRandomProvider random) {
        NormalizedGaussianSampler gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        double[] masses = masses(start);
        double[] velocities = new double[3 * start.size()];
        for (int i = 0; i < velocities.length; i++) {
            velocities[i] = thermalSpeed(settings.temperature(), masses[i / 3]) * gaussian.sample();
        }
        return new MolecularDynamics(model, start, velocities, settings, random);
    }

    private static double[] masses(Structure structure) {
        double[] masses = new double[structure.size()];
        for (int i = 0; i < masses.length; i++) {
            masses[i] = Elements.mass(structure.atomicNumber(i));
        }
        return masses;
    }

    /** sqrt(kT/m) in angstrom/fs. */
    private static double thermalSpeed(double temperature, double mass) {
        return Math.sqrt(Units.BOLTZMANN * temperature * Units.ACCELERATION / mass);
    }

    /**
     * Goes on by some steps, fewer if the model fails.
     *
     * @return whether all steps were made
     */
    public boolean run(int stepsToMake) {
        double half = 0.5 * settings.timeStep();
        double keep = Math.exp(-settings.friction() * settings.timeStep());
        double noise = Math.sqrt(1 - keep * keep);
        for (int s = 0; s < stepsToMake && finite; s++) {
            for (int i = 0; i < positions.length; i++) {
                double mass = masses[i / 3];
                double v = velocities[i] + half * forces[i] / mass * Units.ACCELERATION;
                double x = positions[i] + half * v;
                if (settings.friction() > 0) {
                    v = keep * v + noise * thermalSpeed(settings.temperature(), mass) * gaussian.sample();
                }
                nextPositions[i] = x + half * v;
                nextVelocities[i] = v;
            }
            if (!allFinite(nextPositions)) {
                finite = false;
                break;
            }
            if (!evaluate(template.withPositions(nextPositions))) {
                break;
            }
            for (int i = 0; i < positions.length; i++) {
                nextVelocities[i] += half * forces[i] / masses[i / 3] * Units.ACCELERATION;
            }
            double[] swap = positions;
            positions = nextPositions;
            nextPositions = swap;
            swap = velocities;
            velocities = nextVelocities;
            nextVelocities = swap;
            steps++;
        }
        return finite;
    }

    private boolean evaluate(Structure structure) {
        Evaluation evaluation = model.evaluate(structure);
        finite = Double.isFinite(evaluation.energy()) && allFinite(evaluation.forces());
        if (finite) {
            potentialEnergy = evaluation.energy();
            forces = evaluation.forces();
        }
        return finite;
    }

    private static boolean allFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the model has answered with finite numbers so far; if not, the run is over. */
    public boolean isFinite() {
        return finite;
    }

    /** Steps made. */
    public long steps() {
        return steps;
    }

    /** The present structure, without label. */
    public Structure structure() {
        return template.withPositions(positions);
    }

    /** Velocities in angstrom/fs; a copy. */
    public double[] velocities() {
        return velocities.clone();
    }

    /** In eV; NaN if even the start has no finite energy. */
    public double potentialEnergy() {
        return forces == null ? Double.NaN : potentialEnergy;
    }

    /** In eV. */
    public double kineticEnergy() {
        double sum = 0;
        for (int i = 0; i < velocities.length; i++) {
            sum += masses[i / 3] * velocities[i] * velocities[i];
        }
        return 0.5 * sum / Units.ACCELERATION;
    }

    /** From the kinetic energy of all 3N degrees of freedom, in kelvin. */
    public double temperature() {
        return 2 * kineticEnergy() / (velocities.length * Units.BOLTZMANN);
    }
}
