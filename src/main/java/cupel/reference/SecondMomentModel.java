package cupel.reference;

import cupel.potential.Evaluation;
import cupel.potential.TrialState;
import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.NeighbourList;
import cupel.structure.Structure;
import java.util.Arrays;

/**
 * Metals in the second-moment approximation: pair repulsion, and a bond energy that grows as the square root of the
 * coordination.
 *
 * <pre>
 *   E = sum_{i&lt;j} V(r_ij) - sum_i w_i sqrt(rho_i),    rho_i = sum_{j≠i} phi(r_ij)
 * </pre>
 *
 * <p>A cluster is summed without a cutoff. In a periodic structure V and phi are multiplied by a quintic switch that falls
 * from 1 to 0, with two continuous derivatives, over the last angstrom before the cutoff, so that energy, forces and
 * stress belong to one smooth function. An atom alone has no energy.
 */
abstract class SecondMomentModel implements ReferenceModel {

    /** Over this many angstrom before the cutoff the interaction of a periodic structure is switched off. */
    static final double SWITCH_WIDTH = 1.0;

    private final double cutoff;
    /** Index into the parameter tables by atomic number; -1 where there are none. */
    private final int[] species;

    private final int speciesCount;
    /** w of each species in eV. */
    private final double[] weights;

    /**
     * @param atomicNumbers the elements, in the order of the parameter tables
     * @param weights w of each, in eV
     * @param cutoff for periodic structures, in angstrom
     */
    SecondMomentModel(int[] atomicNumbers, double[] weights, double cutoff) {
        if (!(cutoff > SWITCH_WIDTH) || Double.isInfinite(cutoff)) {
            throw new IllegalArgumentException(
                    "illegal cutoff: " + cutoff + ", must be more than " + SWITCH_WIDTH + " angstrom and finite");
        }
        this.cutoff = cutoff;
        this.weights = weights.clone();
        this.speciesCount = atomicNumbers.length;
        this.species = new int[119];
        Arrays.fill(species, -1);
        for (int s = 0; s < atomicNumbers.length; s++) {
            species[atomicNumbers[s]] = s;
        }
    }

    /**
     * V, dV/dr, phi and dphi/dr of two species at a distance, into the first four places.
     *
     * @param pair index of the first species times the number of species, plus index of the second
     */
    abstract void terms(int pair, double r, double[] out);

    /** The cutoff of periodic structures in angstrom. */
    public final double cutoff() {
        return cutoff;
    }

    @Override
    public final double energy(Structure structure) {
        int[] kinds = kinds(structure);
        double[] rho = new double[kinds.length];
        double repulsion = structure.cell().isPeriodic()
                ? periodicSums(kinds, NeighbourList.of(structure, cutoff), rho)
                : clusterSums(kinds, structure.positions(), rho);
        return total(repulsion, kinds, rho);
    }

    @Override
    public final Evaluation evaluate(Structure structure) {
        int[] kinds = kinds(structure);
        double[] rho = new double[kinds.length];
        double[] forces = new double[3 * kinds.length];
        if (!structure.cell().isPeriodic()) {
            double[] x = structure.positions();
            double energy = total(clusterSums(kinds, x, rho), kinds, rho);
            clusterForces(kinds, x, embeddingSlopes(kinds, rho), forces);
            return new Evaluation(energy, forces, null);
        }
        NeighbourList neighbours = NeighbourList.of(structure, cutoff);
        double energy = total(periodicSums(kinds, neighbours, rho), kinds, rho);
        double[] stress = new double[6];
        periodicForces(kinds, neighbours, embeddingSlopes(kinds, rho), forces, stress);
        double volume = structure.cell().volume();
        for (int k = 0; k < 6; k++) {
            stress[k] /= volume;
        }
        return new Evaluation(energy, forces, stress);
    }

    @Override
    public final TrialState trialState(Structure structure) {
        return structure.cell().isPeriodic()
                ? ReferenceModel.super.trialState(structure)
                : new SecondMomentTrialState(this, structure);
    }

    /** Index into the parameter tables of an element. */
    final int kind(int atomicNumber) {
        int kind = species[atomicNumber];
        if (kind < 0) {
            throw new InputException("the model " + engine() + " has no parameters for " + Elements.symbol(atomicNumber)
                    + ", only for " + knownElements());
        }
        return kind;
    }

    final int pair(int kind, int otherKind) {
        return kind * speciesCount + otherKind;
    }

    /** The bond energy of an atom, -w sqrt(rho), in eV. */
    final double embedding(int kind, double rho) {
        return -weights[kind] * Math.sqrt(rho);
    }

    private String knownElements() {
        StringBuilder names = new StringBuilder();
        for (int z = 1; z < species.length; z++) {
            if (species[z] >= 0) {
                names.append(names.isEmpty() ? "" : ", ").append(Elements.symbol(z));
            }
        }
        return names.toString();
    }

    private int[] kinds(Structure structure) {
        int[] kinds = new int[structure.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = kind(structure.atomicNumber(i));
        }
        return kinds;
    }

    private double total(double repulsion, int[] kinds, double[] rho) {
        // Atoms on top of each other: both sums overflow, and repulsion, which grows faster, decides.
        if (repulsion == Double.POSITIVE_INFINITY) {
            return repulsion;
        }
        double bonds = 0;
        for (int i = 0; i < kinds.length; i++) {
            bonds += embedding(kinds[i], rho[i]);
        }
        return repulsion + bonds;
    }

    /** d(-w sqrt(rho))/d(rho); 0 for an atom without neighbours, whose phi and dphi are 0 as well. */
    private double[] embeddingSlopes(int[] kinds, double[] rho) {
        double[] slopes = new double[rho.length];
        for (int i = 0; i < rho.length; i++) {
            slopes[i] = rho[i] > 0 ? -0.5 * weights[kinds[i]] / Math.sqrt(rho[i]) : 0;
        }
        return slopes;
    }

    private double clusterSums(int[] kinds, double[] x, double[] rho) {
        double[] terms = new double[4];
        double repulsion = 0;
        for (int i = 0; i < kinds.length; i++) {
            for (int j = i + 1; j < kinds.length; j++) {
                double dx = x[3 * j] - x[3 * i];
                double dy = x[3 * j + 1] - x[3 * i + 1];
                double dz = x[3 * j + 2] - x[3 * i + 2];
                terms(pair(kinds[i], kinds[j]), Math.sqrt(dx * dx + dy * dy + dz * dz), terms);
                repulsion += terms[0];
                rho[i] += terms[2];
                rho[j] += terms[2];
            }
        }
        return repulsion;
    }

    private void clusterForces(int[] kinds, double[] x, double[] slopes, double[] forces) {
        double[] terms = new double[4];
        for (int i = 0; i < kinds.length; i++) {
            for (int j = i + 1; j < kinds.length; j++) {
                double dx = x[3 * j] - x[3 * i];
                double dy = x[3 * j + 1] - x[3 * i + 1];
                double dz = x[3 * j + 2] - x[3 * i + 2];
                double r = Math.sqrt(dx * dx + dy * dy + dz * dz);
                if (r == 0) {
                    continue; // no direction: by symmetry the two push each other nowhere
                }
                terms(pair(kinds[i], kinds[j]), r, terms);
                double f = (terms[1] + (slopes[i] + slopes[j]) * terms[3]) / r;
                forces[3 * i] += f * dx;
                forces[3 * i + 1] += f * dy;
                forces[3 * i + 2] += f * dz;
                forces[3 * j] -= f * dx;
                forces[3 * j + 1] -= f * dy;
                forces[3 * j + 2] -= f * dz;
            }
        }
    }

    private double periodicSums(int[] kinds, NeighbourList neighbours, double[] rho) {
        double[] terms = new double[4];
        double repulsion = 0;
        for (int i = 0; i < kinds.length; i++) {
            for (int p = neighbours.start(i); p < neighbours.end(i); p++) {
                switchedTerms(pair(kinds[i], kinds[neighbours.neighbour(p)]), Math.sqrt(neighbours.r2(p)), terms);
                repulsion += 0.5 * terms[0]; // every pair is met from both its ends
                rho[i] += terms[2];
            }
        }
        return repulsion;
    }

    private void periodicForces(
            int[] kinds, NeighbourList neighbours, double[] slopes, double[] forces, double[] virial) {
        double[] terms = new double[4];
        for (int i = 0; i < kinds.length; i++) {
            for (int p = neighbours.start(i); p < neighbours.end(i); p++) {
                double r = Math.sqrt(neighbours.r2(p));
                if (r == 0) {
                    continue;
                }
                int j = neighbours.neighbour(p);
                double dx = neighbours.dx(p);
                double dy = neighbours.dy(p);
                double dz = neighbours.dz(p);
                switchedTerms(pair(kinds[i], kinds[j]), r, terms);
                double f = (terms[1] + (slopes[i] + slopes[j]) * terms[3]) / r;
                forces[3 * i] += f * dx;
                forces[3 * i + 1] += f * dy;
                forces[3 * i + 2] += f * dz;
                virial[0] += 0.5 * f * dx * dx;
                virial[1] += 0.5 * f * dy * dy;
                virial[2] += 0.5 * f * dz * dz;
                virial[3] += 0.5 * f * dy * dz;
                virial[4] += 0.5 * f * dx * dz;
                virial[5] += 0.5 * f * dx * dy;
            }
        }
    }

    private void switchedTerms(int pair, double r, double[] out) {
        terms(pair, r, out);
        double t = (r - (cutoff - SWITCH_WIDTH)) / SWITCH_WIDTH;
        if (t <= 0) {
            return;
        }
        t = Math.min(t, 1);
        double s = 1 - t * t * t * (10 - t * (15 - 6 * t));
        double ds = -30 * t * t * (1 - t) * (1 - t) / SWITCH_WIDTH;
        out[1] = out[1] * s + out[0] * ds;
        out[0] *= s;
        out[3] = out[3] * s + out[2] * ds;
        out[2] *= s;
    }
}
