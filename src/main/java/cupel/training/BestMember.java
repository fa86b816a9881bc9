package cupel.training;

import cupel.potential.Potential;
import cupel.structure.Structure;
import java.util.List;

/**
 * Chooses the member of a committee that becomes the potential.
 *
 * <p>The held-out error of a member says as much about how hard its fold is as about the member, so members are compared on the
 * same structures: the whole pool, by the cost that was minimised. Where no forces were trained that alone would choose the
 * member that fits its own training structures most closely. Their forces tell: a network that was trained on energies has them
 * free, where it overfits they go astray, and the mean of the committee knows them better than any member. Each member's
 * mean square distance from that mean stands in for an error of forces.
 */
final class BestMember {

    /** Structures on which forces are compared: spread evenly over the pool. */
    private static final int SAMPLE = 50;

    private BestMember() {}

    /**
     * @param candidates a potential with the members as its committee
     * @param poolCosts ½ Σ r² per structure of each member over the pool
     * @return number of the best member
     */
    static int of(Potential candidates, List<Structure> structures, TrainingSettings settings, double[] poolCosts) {
        int members = poolCosts.length;
        double[] cost = poolCosts.clone();
        if (settings.target() == TrainingSettings.Target.ENERGY
                && members > 2) { // of two, both are as far from the mean
            double[] distance = distances(candidates, structures, members);
            double weight = settings.forceWeight() * settings.forceWeight();
            for (int m = 0; m < members; m++) {
                cost[m] += 0.5 * weight * distance[m];
            }
        }
        int best = 0;
        for (int m = 1; m < members; m++) {
            if (cost[m] < cost[best]) {
                best = m;
            }
        }
        return best;
    }

    /** Mean square distance of a force component of each member from the mean of all, (eV/angstrom)². */
    private static double[] distances(Potential candidates, List<Structure> structures, int members) {
        Potential[] member = new Potential[members];
        for (int m = 0; m < members; m++) {
            member[m] = candidates.committeeMember(m);
        }
        double[] sum = new double[members];
        long components = 0;
        int count = Math.min(SAMPLE, structures.size());
        for (int s = 0; s < count; s++) {
            Structure structure = structures.get((int) ((long) s * structures.size() / count));
            double[][] forces = new double[members][];
            double[] mean = new double[3 * structure.size()];
            for (int m = 0; m < members; m++) {
                forces[m] = member[m].evaluate(structure).forces();
                for (int c = 0; c < mean.length; c++) {
                    mean[c] += forces[m][c] / members;
                }
            }
            for (int m = 0; m < members; m++) {
                for (int c = 0; c < mean.length; c++) {
                    double d = forces[m][c] - mean[c];
                    sum[m] += d * d;
                }
            }
            components += mean.length;
        }
        for (int m = 0; m < members; m++) {
            sum[m] /= components;
        }
        return sum;
    }
}
