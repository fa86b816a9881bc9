package cupel.assay.bulk;

import cupel.potential.EnergyModel;
import cupel.sampling.CovalentRadii;
import cupel.structure.Elements;
import java.util.OptionalDouble;

/**
 * Looks for the lattice constant of a crystal of which nothing is known: a scan of distances between neighbours from {@value
 * #SHORTEST} to {@value #LONGEST} times an estimate by steps of {@value #STEP}, then golden section in the lowest of the
 * valleys. What goes down towards an end of the scan is no valley: potentials have holes at distances that they were never
 * trained at.
 */
final class LatticeSearch {

    private static final double SHORTEST = 0.8;
    private static final double LONGEST = 1.3;
    private static final double STEP = 0.01;
    /** Metals are wider than single covalent bonds: distances in fcc are twice the covalent radius times 0.99 (Al 1.18). */
    private static final double OVER_COVALENT = 1.08;
    /** Distances in crystals with fewer neighbours are shorter: about as this power of their number (gold at PBE: 0.07 to 0.09). */
    private static final double COORDINATION_POWER = 0.08;

    private static final double TOLERANCE = 1e-7;

    private LatticeSearch() {}

    /** Where to look: the lattice constant of a crystal guessed from that of fcc. */
    static double guess(Crystal crystal, double fcc) {
        return crystal.latticeConstantAt(Crystal.FCC.neighbourDistance(fcc)
                * Math.pow((double) crystal.coordination() / Crystal.FCC.coordination(), COORDINATION_POWER));
    }

    /**
     * Where to look: the lattice constant of fcc guessed from the covalent radius.
     *
     * @throws IllegalArgumentException when there is none
     */
    static double guess(int element) {
        double radius = CovalentRadii.of(element);
        if (Double.isNaN(radius)) {
            throw new IllegalArgumentException("there is no covalent radius of " + Elements.symbol(element)
                    + " to guess its lattice constant from: give one");
        }
        return Crystal.FCC.latticeConstantAt(2 * radius * OVER_COVALENT);
    }

    /** The lattice constant of lowest energy, or nothing when there is no valley. */
    static OptionalDouble find(EnergyModel model, int element, Crystal crystal, double guess) {
        int steps = (int) Math.round(Math.log(LONGEST / SHORTEST) / Math.log1p(STEP));
        double[] places = new double[steps + 1];
        double[] energies = new double[steps + 1];
        for (int k = 0; k <= steps; k++) {
            places[k] = guess * SHORTEST * Math.pow(1 + STEP, k);
            energies[k] = energy(model, element, crystal, places[k]);
        }
        int lowest = -1;
        for (int k = 1; k < steps; k++) {
            // false where one of them is NaN
            if (energies[k] < energies[k - 1]
                    && energies[k] <= energies[k + 1]
                    && (lowest < 0 || energies[k] < energies[lowest])) {
                lowest = k;
            }
        }
        if (lowest < 0) {
            return OptionalDouble.empty();
        }
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = places[lowest - 1];
        double high = places[lowest + 1];
        double left = high - ratio * (high - low);
        double right = low + ratio * (high - low);
        double atLeft = energy(model, element, crystal, left);
        double atRight = energy(model, element, crystal, right);
        while (high - low > TOLERANCE * high) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - ratio * (high - low);
                atLeft = energy(model, element, crystal, left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + ratio * (high - low);
                atRight = energy(model, element, crystal, right);
            }
        }
        return OptionalDouble.of((low + high) / 2);
    }

    /** Energy of an atom in eV. */
    static double energy(EnergyModel model, int element, Crystal crystal, double latticeConstant) {
        var cell = crystal.primitive(element, latticeConstant);
        return model.energy(cell) / cell.size();
    }
}
