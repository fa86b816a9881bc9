package cupel.sampling

import cupel.potential.EnergyModel
import cupel.potential.Evaluation
import cupel.structure.Structure
import groovy.transform.CompileStatic

/** Small models whose statistics are known in closed form, and one that is as bad as an untrained network. */
@CompileStatic
class TestModels {

    /** Lennard-Jones pairs, no cutoff. */
    static EnergyModel lennardJones(double epsilon, double sigma) {
        new LennardJones(epsilon, sigma)
    }

    /** Every atom on a spring of its own to where it stands here: E = k/2 sum |r - r0|^2. */
    static EnergyModel springs(double k, Structure rest) {
        new Springs(k, rest.positions())
    }

    /** Nothing inside the box from 0 to edge along each axis, infinite outside. */
    static EnergyModel box(double edge) {
        new Box(edge)
    }

    /** No energy at all. */
    static EnergyModel free() {
        new Box(Double.POSITIVE_INFINITY)
    }

    /** The model, broken in places: not a number, infinite, holes of -1e9 eV and spikes of 1e6 eV. */
    static EnergyModel wild(EnergyModel model) {
        new Wild(model)
    }

    /** No finite number for anything. */
    static EnergyModel hopeless() {
        new Hopeless()
    }

    static double pair(double epsilon, double sigma, double r) {
        double s6 = Math.pow(sigma / r, 6)
        4 * epsilon * (s6 * s6 - s6)
    }

    static class LennardJones implements EnergyModel {
        final double epsilon
        final double sigma

        LennardJones(double epsilon, double sigma) {
            this.epsilon = epsilon
            this.sigma = sigma
        }

        @Override
        Evaluation evaluate(Structure structure) {
            double[] x = structure.positions()
            double[] f = new double[x.length]
            double energy = 0
            double s2 = sigma * sigma
            for (int i = 0; i < x.length; i += 3) {
                for (int j = 0; j < i; j += 3) {
                    double dx = x[i] - x[j]
                    double dy = x[i + 1] - x[j + 1]
                    double dz = x[i + 2] - x[j + 2]
                    double r2 = dx * dx + dy * dy + dz * dz
                    double s6 = (s2 / r2) * (s2 / r2) * (s2 / r2)
                    energy += 4 * epsilon * (s6 * s6 - s6)
                    double g = 24 * epsilon * (2 * s6 * s6 - s6) / r2
                    f[i] += g * dx
                    f[i + 1] += g * dy
                    f[i + 2] += g * dz
                    f[j] -= g * dx
                    f[j + 1] -= g * dy
                    f[j + 2] -= g * dz
                }
            }
            new Evaluation(energy, f, null)
        }
    }

    static class Springs implements EnergyModel {
        final double k
        final double[] rest

        Springs(double k, double[] rest) {
            this.k = k
            this.rest = rest
        }

        @Override
        Evaluation evaluate(Structure structure) {
            double[] x = structure.positions()
            double[] f = new double[x.length]
            double energy = 0
            for (int i = 0; i < x.length; i++) {
                double d = x[i] - rest[i]
                energy += 0.5d * k * d * d
                f[i] = -k * d
            }
            new Evaluation(energy, f, null)
        }
    }

    static class Box implements EnergyModel {
        final double edge

        Box(double edge) {
            this.edge = edge
        }

        @Override
        Evaluation evaluate(Structure structure) {
            double[] x = structure.positions()
            boolean inside = true
            if (!Double.isInfinite(edge)) {
                for (double c : x) {
                    inside = inside && c >= 0 && c < edge
                }
            }
            new Evaluation(inside ? 0d : Double.POSITIVE_INFINITY, new double[x.length], null)
        }
    }

    static class Wild implements EnergyModel {
        final EnergyModel model

        Wild(EnergyModel model) {
            this.model = model
        }

        @Override
        Evaluation evaluate(Structure structure) {
            Evaluation sane = model.evaluate(structure)
            // any function of distances that comes and goes as atoms move
            double[] x = structure.positions()
            double sum = 0
            for (int i = 3; i < x.length; i++) {
                sum += Math.abs(x[i] - x[i % 3])
            }
            int place = ((int) Math.floor(sum / 0.3d)) % 9
            double[] forces = sane.forces()
            double energy = sane.energy()
            switch (place) {
                case 0: energy = Double.NaN; break
                case 1: energy = -1e9d; break
                case 2: energy = 1e6d; break
                case 3: energy = Double.POSITIVE_INFINITY; break
                case 4: energy = Double.NEGATIVE_INFINITY; break
            }
            if (place == 0) {
                forces = new double[x.length]
                Arrays.fill(forces, Double.NaN)
            }
            new Evaluation(energy, forces, null)
        }
    }

    static class Hopeless implements EnergyModel {
        @Override
        Evaluation evaluate(Structure structure) {
            double[] f = new double[3 * structure.size()]
            Arrays.fill(f, Double.NaN)
            new Evaluation(Double.NaN, f, null)
        }
    }

    /** A compact cluster of gold to start from: the nearest points of a simple cubic lattice of this spacing. */
    static Structure lattice(int size, double spacing) {
        List<double[]> sites = []
        int m = (int) Math.ceil(Math.cbrt((double) size)) + 1
        for (int i = -m; i <= m; i++) {
            for (int j = -m; j <= m; j++) {
                for (int k = -m; k <= m; k++) {
                    sites << ([i * spacing, j * spacing, k * spacing] as double[])
                }
            }
        }
        sites.sort { double[] s -> s[0] * s[0] + s[1] * s[1] + s[2] * s[2] + 1e-6d * s[0] + 1e-7d * s[1] + 1e-8d * s[2] }
        double[] x = new double[3 * size]
        for (int i = 0; i < size; i++) {
            System.arraycopy(sites[i], 0, x, 3 * i, 3)
        }
        Structure.cluster(79, x)
    }

    static double distance(Structure s, int i, int j) {
        double dx = s.position(i, 0) - s.position(j, 0)
        double dy = s.position(i, 1) - s.position(j, 1)
        double dz = s.position(i, 2) - s.position(j, 2)
        Math.sqrt(dx * dx + dy * dy + dz * dz)
    }

    /** The least width of a cluster, over a fixed set of directions. */
    static double thickness(Structure s) {
        double least = Double.POSITIVE_INFINITY
        int directions = 2000
        for (int d = 0; d < directions; d++) {
            // a spiral over the half sphere
            double u = (d + 0.5d) / directions
            double f = d * Math.PI * (3 - Math.sqrt(5d))
            double w = Math.sqrt(1 - u * u)
            double low = Double.POSITIVE_INFINITY
            double high = Double.NEGATIVE_INFINITY
            for (int i = 0; i < s.size(); i++) {
                double p = s.position(i, 0) * w * Math.cos(f) + s.position(i, 1) * w * Math.sin(f) + s.position(i, 2) * u
                low = Math.min(low, p)
                high = Math.max(high, p)
            }
            least = Math.min(least, high - low)
        }
        least
    }
}
