package cupel.reference;

import cupel.potential.EnergyModel;
import cupel.potential.Evaluation;
import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.NeighbourList;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The embedded-atom method, from the tables of a file.
 *
 * <pre>
 *   E = sum_i F_i(rho_i) + sum_{i&lt;j} z_ij(r_ij) / r_ij,    rho_i = sum_{j≠i} f_j(r_ij)
 * </pre>
 *
 * <p>M. S. Daw and M. I. Baskes, Phys. Rev. B 29, 6443 (1984), eqs. 1 to 3. Read are the files of DYNAMO and LAMMPS:
 * <em>setfl</em> ({@code .eam.alloy}, any number of elements, z = r φ in eV angstrom in the file) and <em>funcfl</em> ({@code
 * .eam}, one element, effective charges Z(r) with z = 27.2 · 0.529 Z²: hartree and bohr as DYNAMO has them, because tables were
 * fitted with those). Finnis-Sinclair files ({@code .eam.fs}), where the density depends on both elements, are not.
 *
 * <p>Between the points of a table is a cubic through both ends whose slopes there are differences of the points around, in the
 * middle of a table of fourth order; it is continuous with its first derivative, and the one that LAMMPS uses. A density above
 * the last of the table is embedded along the last slope. A cluster has the same cutoff as a crystal. Immutable.
 */
public final class EmbeddedAtom implements EnergyModel {

    /**
     * A function on a grid that begins at 0.
     *
     * @param step distance of the points, positive
     * @param values at the points, five or more, finite
     */
    record Table(double step, double[] values) {

        Table {
            if (!(step > 0) || Double.isInfinite(step)) {
                throw new IllegalArgumentException(
                        "illegal step of a table: " + step + ", must be positive and finite");
            }
            if (values.length < 5) {
                throw new IllegalArgumentException("illegal table: " + values.length + " values, must be 5 or more");
            }
            for (double value : values) {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException("illegal value of a table: " + value + ", must be finite");
                }
            }
        }
    }

    private final double cutoff;
    private final int[] elements;
    /** Index into the tables by atomic number; -1 where there are none. */
    private final int[] species = new int[119];

    private final Spline[] embedding;
    private final Spline[] density;
    /** z of two species, at the first's index times the number of species plus the second's. */
    private final Spline[] pair;

    /**
     * @param elements atomic numbers, each once
     * @param cutoff in angstrom
     * @param embedding F of each element in eV, by density
     * @param density f of each in the unit of the argument of F, by distance in angstrom
     * @param pair z = r φ in eV angstrom, by distance: of elements i and j, j not after i, at i (i + 1) / 2 + j
     */
    EmbeddedAtom(int[] elements, double cutoff, Table[] embedding, Table[] density, Table[] pair) {
        if (!(cutoff > 0) || Double.isInfinite(cutoff)) {
            throw new IllegalArgumentException("illegal cutoff: " + cutoff + ", must be positive and finite");
        }
        this.cutoff = cutoff;
        this.elements = elements.clone();
        Arrays.fill(species, -1);
        int n = elements.length;
        this.embedding = new Spline[n];
        this.density = new Spline[n];
        this.pair = new Spline[n * n];
        for (int i = 0; i < n; i++) {
            if (species[elements[i]] >= 0) {
                throw new IllegalArgumentException(
                        "illegal elements: " + Elements.symbol(elements[i]) + " is there twice");
            }
            species[elements[i]] = i;
            this.embedding[i] = new Spline(embedding[i]);
            this.density[i] = new Spline(density[i]);
            for (int j = 0; j <= i; j++) {
                this.pair[i * n + j] = new Spline(pair[i * (i + 1) / 2 + j]);
                this.pair[j * n + i] = this.pair[i * n + j];
            }
        }
    }

    /**
     * The model of a file, setfl or funcfl, told apart by what is in it.
     *
     * @throws InputException when the file is neither, naming the line
     */
    public static EmbeddedAtom read(Path file) {
        return EmbeddedAtomFile.read(file);
    }

    /** The elements that the file has tables for, in its order. */
    public int[] elements() {
        return elements.clone();
    }

    /** The cutoff in angstrom. */
    public double cutoff() {
        return cutoff;
    }

    @Override
    public double energy(Structure structure) {
        int[] kinds = kinds(structure);
        double[] rho = new double[kinds.length];
        return energy(kinds, NeighbourList.of(structure, cutoff), rho, new double[kinds.length]);
    }

    @Override
    public Evaluation evaluate(Structure structure) {
        int[] kinds = kinds(structure);
        int n = embedding.length;
        double[] slopes = new double[kinds.length];
        NeighbourList neighbours = NeighbourList.of(structure, cutoff);
        double energy = energy(kinds, neighbours, new double[kinds.length], slopes);
        double[] forces = new double[3 * kinds.length];
        double[] stress = new double[6];
        double[] term = new double[2];
        for (int i = 0; i < kinds.length; i++) {
            for (int p = neighbours.start(i); p < neighbours.end(i); p++) {
                double r = Math.sqrt(neighbours.r2(p));
                if (r == 0) {
                    continue; // no direction
                }
                int j = neighbours.neighbour(p);
                pair[kinds[i] * n + kinds[j]].at(r, term);
                double slope = (term[1] - term[0] / r) / r;
                density[kinds[j]].at(r, term);
                slope += slopes[i] * term[1];
                density[kinds[i]].at(r, term);
                slope += slopes[j] * term[1];
                double f = slope / r;
                double dx = neighbours.dx(p);
                double dy = neighbours.dy(p);
                double dz = neighbours.dz(p);
                forces[3 * i] += f * dx;
                forces[3 * i + 1] += f * dy;
                forces[3 * i + 2] += f * dz;
                stress[0] += 0.5 * f * dx * dx; // every pair is met from both its ends
                stress[1] += 0.5 * f * dy * dy;
                stress[2] += 0.5 * f * dz * dz;
                stress[3] += 0.5 * f * dy * dz;
                stress[4] += 0.5 * f * dx * dz;
                stress[5] += 0.5 * f * dx * dy;
            }
        }
        if (!structure.cell().isPeriodic()) {
            return new Evaluation(energy, forces, null);
        }
        double volume = structure.cell().volume();
        for (int k = 0; k < 6; k++) {
            stress[k] /= volume;
        }
        return new Evaluation(energy, forces, stress);
    }

    /** The energy; leaves the densities in {@code rho} and the slopes of the embedding functions there in {@code slopes}. */
    private double energy(int[] kinds, NeighbourList neighbours, double[] rho, double[] slopes) {
        int n = embedding.length;
        double[] term = new double[2];
        double energy = 0;
        for (int i = 0; i < kinds.length; i++) {
            for (int p = neighbours.start(i); p < neighbours.end(i); p++) {
                double r = Math.sqrt(neighbours.r2(p));
                if (r == 0) {
                    return Double.POSITIVE_INFINITY;
                }
                int kind = kinds[neighbours.neighbour(p)];
                pair[kinds[i] * n + kind].at(r, term);
                energy += 0.5 * term[0] / r;
                density[kind].at(r, term);
                rho[i] += term[0];
            }
        }
        for (int i = 0; i < kinds.length; i++) {
            Spline f = embedding[kinds[i]];
            f.at(rho[i], term);
            energy += term[0] + term[1] * Math.max(0, rho[i] - f.end());
            slopes[i] = term[1];
        }
        return energy;
    }

    private int[] kinds(Structure structure) {
        int[] kinds = new int[structure.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = species[structure.atomicNumber(i)];
            if (kinds[i] < 0) {
                throw new InputException("the file of the embedded-atom model has no "
                        + Elements.symbol(structure.atomicNumber(i)) + ", only "
                        + String.join(
                                ", ",
                                Arrays.stream(elements)
                                        .mapToObj(Elements::symbol)
                                        .toList()));
            }
        }
        return kinds;
    }

    /** A table as one cubic for each interval. */
    private static final class Spline {

        private final double step;
        /** Four coefficients for each interval, the constant one first, in the fraction of the interval. */
        private final double[] coefficients;

        private final int intervals;

        Spline(Table table) {
            double[] f = table.values();
            int last = f.length - 1;
            double[] slope = new double[f.length];
            slope[0] = f[1] - f[0];
            slope[1] = 0.5 * (f[2] - f[0]);
            slope[last - 1] = 0.5 * (f[last] - f[last - 2]);
            slope[last] = f[last] - f[last - 1];
            for (int m = 2; m < last - 1; m++) {
                slope[m] = (f[m - 2] - f[m + 2] + 8 * (f[m + 1] - f[m - 1])) / 12;
            }
            step = table.step();
            intervals = last;
            coefficients = new double[4 * last];
            for (int m = 0; m < last; m++) {
                double rise = f[m + 1] - f[m];
                coefficients[4 * m] = f[m];
                coefficients[4 * m + 1] = slope[m];
                coefficients[4 * m + 2] = 3 * rise - 2 * slope[m] - slope[m + 1];
                coefficients[4 * m + 3] = slope[m] + slope[m + 1] - 2 * rise;
            }
        }

        /** The last point of the table. */
        double end() {
            return step * intervals;
        }

        /** Value and derivative; before the first point and after the last those of that point. */
        void at(double x, double[] out) {
            double t = x / step;
            int m = Math.max(0, Math.min((int) t, intervals - 1));
            double p = Math.max(0, Math.min(t - m, 1));
            int c = 4 * m;
            double c1 = coefficients[c + 1];
            double c2 = coefficients[c + 2];
            double c3 = coefficients[c + 3];
            out[0] = coefficients[c] + p * (c1 + p * (c2 + p * c3));
            out[1] = (c1 + p * (2 * c2 + p * 3 * c3)) / step;
        }
    }
}
