package cupel.training;

import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.linsol.svd.SolvePseudoInverseSvd_DDRM;

/**
 * Energies of the free atoms, E0, and what they leave for the networks.
 *
 * <p>A structure of a single atom that is not periodic, or is marked {@code config_type=IsolatedAtom}, gives the E0 of its element and is not trained on. An element without
 * one takes the E0 of the initial potential; without that either, E0 is fitted: the numbers that bring Σ E0 closest to the
 * energies per atom of the pool, in the sense of least squares (the shortest such vector where there are many, as in a pool of one
 * composition). Cohesive energies then have no absolute meaning; everything else does.
 */
final class AtomicEnergies {

    /** Where an E0 came from. */
    enum Source {
        ISOLATED_ATOM("isolated atom"),
        INITIAL("initial potential"),
        COMPOSITION("least squares on composition");

        private final String words;

        Source(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private AtomicEnergies() {}

    static boolean isIsolatedAtom(Structure structure) {
        return structure.size() == 1
                && (!structure.cell().isPeriodic()
                        || "IsolatedAtom".equals(structure.info().get("config_type")));
    }

    /** Structures that are not isolated atoms, in order. */
    static List<Structure> withoutIsolatedAtoms(List<Structure> pool) {
        List<Structure> rest = new ArrayList<>();
        for (Structure structure : pool) {
            if (!isIsolatedAtom(structure)) {
                rest.add(structure);
            }
        }
        return rest;
    }

    /** E0 by atomic number from the isolated atoms of the pool. */
    static TreeMap<Integer, Double> fromIsolatedAtoms(List<Structure> pool) {
        TreeMap<Integer, Double> known = new TreeMap<>();
        for (Structure structure : pool) {
            if (isIsolatedAtom(structure)) {
                double energy = structure.label().energy();
                Double other = known.put(structure.atomicNumber(0), energy);
                if (other != null && Math.abs(other - energy) > 1e-6) {
                    throw new InputException("two isolated atoms of " + Elements.symbol(structure.atomicNumber(0))
                            + " with different energies, " + other + " and " + energy
                            + " eV: keep the one of the level of theory of the pool");
                }
            }
        }
        return known;
    }

    /**
     * Fits one energy per element to energies that are left.
     *
     * @param elements atomic numbers in ascending order
     * @param known energies already given to elements, subtracted first
     * @param fitted the elements to fit, a subset
     * @return energy by element, of the fitted ones
     */
    static Map<Integer, Double> fit(List<Structure> structures, Map<Integer, Double> known, List<Integer> fitted) {
        Map<Integer, Double> result = new TreeMap<>();
        if (fitted.isEmpty() || structures.isEmpty()) {
            fitted.forEach(z -> result.put(z, 0.0));
            return result;
        }
        DMatrixRMaj a = new DMatrixRMaj(structures.size(), fitted.size());
        DMatrixRMaj b = new DMatrixRMaj(structures.size(), 1);
        for (int s = 0; s < structures.size(); s++) {
            Structure structure = structures.get(s);
            double left = structure.label().energy();
            for (int i = 0; i < structure.size(); i++) {
                int z = structure.atomicNumber(i);
                left -= known.getOrDefault(z, 0.0);
                int column = fitted.indexOf(z);
                if (column >= 0) {
                    a.data[s * fitted.size() + column] += 1.0 / structure.size();
                }
            }
            b.data[s] = left / structure.size();
        }
        DMatrixRMaj x = new DMatrixRMaj(fitted.size(), 1);
        if (fitted.size() == 1) {
            double ab = 0;
            double aa = 0;
            for (int s = 0; s < structures.size(); s++) {
                ab += a.data[s] * b.data[s];
                aa += a.data[s] * a.data[s];
            }
            x.data[0] = aa > 0 ? ab / aa : 0;
        } else {
            SolvePseudoInverseSvd_DDRM solver = new SolvePseudoInverseSvd_DDRM(structures.size(), fitted.size());
            if (!solver.setA(a)) {
                throw new InputException("energies of atoms cannot be fitted to the composition of the pool: "
                        + "add a structure of one isolated atom of each element");
            }
            solver.solve(b, x);
        }
        for (int e = 0; e < fitted.size(); e++) {
            result.put(fitted.get(e), x.data[e]);
        }
        return result;
    }
}
