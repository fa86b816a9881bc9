package cupel.descriptor

import cupel.structure.Cell
import cupel.structure.Structure
import groovy.transform.CompileStatic

/** The formulas of the symmetry functions written out plainly, as loops over atoms and images: what the fast ways must agree with. */
@CompileStatic
class Reference {

    /** Functions of every atom, one array each. */
    static double[][] values(Descriptor descriptor, Structure s) {
        double[][] result = new double[s.size()][]
        for (int i = 0; i < s.size(); i++) {
            result[i] = valuesOfAtom(descriptor, s, i)
        }
        return result
    }

    private static double[] valuesOfAtom(Descriptor descriptor, Structure s, int i) {
        double rc = descriptor.rc()
        CutoffFunction fc = descriptor.cutoff()
        List<double[]> near = []
        List<Integer> element = []
        double[] c = s.cell().vectors()
        boolean[] periodic = s.cell().periodic()
        int m0 = images(c, periodic, 0, rc)
        int m1 = images(c, periodic, 1, rc)
        int m2 = images(c, periodic, 2, rc)
        for (int j = 0; j < s.size(); j++) {
            for (int a = -m0; a <= m0; a++) {
                for (int b = -m1; b <= m1; b++) {
                    for (int k = -m2; k <= m2; k++) {
                        double[] d = new double[3]
                        for (int x = 0; x < 3; x++) {
                            d[x] = s.position(j, x) - s.position(i, x) + a * c[x] + b * c[3 + x] + k * c[6 + x]
                        }
                        boolean self = j == i && a == 0 && b == 0 && k == 0
                        if (!self && norm(d) < rc) {
                            near << d
                            element << s.atomicNumber(j)
                        }
                    }
                }
            }
        }
        List<Double> values = []
        for (RadialSymmetryFunction f : descriptor.radial(s.atomicNumber(i))) {
            double sum = 0
            for (int j = 0; j < near.size(); j++) {
                if (element[j] == f.neighbour()) {
                    sum += f.value(norm(near[j]), fc)
                }
            }
            values << sum
        }
        for (AngularSymmetryFunction f : descriptor.angular(s.atomicNumber(i))) {
            double sum = 0
            for (int j = 0; j < near.size(); j++) {
                for (int k = j + 1; k < near.size(); k++) {
                    if (Math.min(element[j], element[k]) != f.neighbour1()
                            || Math.max(element[j], element[k]) != f.neighbour2()) {
                        continue
                    }
                    double rj = norm(near[j])
                    double rk = norm(near[k])
                    double dot = 0
                    double apart2 = 0
                    for (int x = 0; x < 3; x++) {
                        dot += near[j][x] * near[k][x]
                        apart2 += (near[j][x] - near[k][x]) * (near[j][x] - near[k][x])
                    }
                    double base = Math.max(0d, 1 + f.lambda() * dot / (rj * rk))
                    double squares = rj * rj + rk * rk
                    double cut = fc.value(rj) * fc.value(rk)
                    if (f.form() == AngularSymmetryFunction.Form.NARROW) {
                        squares += apart2
                        cut *= fc.value(Math.sqrt(apart2))
                    }
                    sum += Math.pow(2, 1 - f.zeta()) * Math.pow(base, f.zeta()) * Math.exp(-f.eta() * squares) * cut
                }
            }
            values << sum
        }
        for (FourBodySymmetryFunction f : descriptor.fourBody(s.atomicNumber(i))) {
            double sum = 0
            for (int j = 0; j < near.size(); j++) {
                for (int k = 0; k < near.size(); k++) {
                    for (int l = 0; l < near.size(); l++) {
                        if (element[j] == f.neighbour() && element[k] == f.neighbour() && element[l] == f.neighbour()) {
                            sum += Math.pow(cosine(near[j], near[k]), f.p()) * Math.pow(cosine(near[k], near[l]), f.q()) *
                                    Math.pow(cosine(near[l], near[j]), f.r()) *
                                    weight(near[j], f.eta(), fc) * weight(near[k], f.eta(), fc) * weight(near[l], f.eta(), fc)
                        }
                    }
                }
            }
            values << sum
        }
        return values as double[]
    }

    /** How many images to each side can be near, for atoms inside the cell: rc over the height, and one more. */
    private static int images(double[] c, boolean[] periodic, int axis, double rc) {
        if (!periodic[axis]) {
            return 0
        }
        int a = 3 * ((axis + 1) % 3)
        int b = 3 * ((axis + 2) % 3)
        double[] normal = [
                c[a + 1] * c[b + 2] - c[a + 2] * c[b + 1],
                c[a + 2] * c[b] - c[a] * c[b + 2],
                c[a] * c[b + 1] - c[a + 1] * c[b]] as double[]
        double volume = c[3 * axis] * normal[0] + c[3 * axis + 1] * normal[1] + c[3 * axis + 2] * normal[2]
        return (int) (rc * norm(normal) / Math.abs(volume)) + 2
    }

    private static double weight(double[] d, double eta, CutoffFunction fc) {
        Math.exp(-eta * norm(d) * norm(d)) * fc.value(norm(d))
    }

    private static double cosine(double[] a, double[] b) {
        (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (norm(a) * norm(b))
    }

    private static double norm(double[] d) {
        return Math.sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2])
    }

    /** A cluster of atoms at random places in a cube, none closer than 2 angstrom; elements in turn. */
    static Structure randomCluster(long seed, int n, double edge, int... elements) {
        return place(seed, n, [edge, 0d, 0d, 0d, edge, 0d, 0d, 0d, edge] as double[], false, elements)
    }

    /** Atoms at random places in a periodic cell, none closer than 2 angstrom, images included. */
    static Structure randomCrystal(long seed, int n, double[] cell, int... elements) {
        return place(seed, n, cell, true, elements)
    }

    private static Structure place(long seed, int n, double[] c, boolean periodic, int[] elements) {
        Random random = new Random(seed)
        double[] positions = new double[3 * n]
        int[] numbers = new int[n]
        for (int i = 0; i < n; i++) {
            numbers[i] = elements[i % elements.length]
            boolean free = false
            while (!free) {
                double[] f = [random.nextDouble(), random.nextDouble(), random.nextDouble()] as double[]
                for (int x = 0; x < 3; x++) {
                    positions[3 * i + x] = f[0] * c[x] + f[1] * c[3 + x] + f[2] * c[6 + x]
                }
                free = true
                int m = periodic ? 1 : 0
                for (int j = 0; j < i && free; j++) {
                    for (int a = -m; a <= m; a++) {
                        for (int b = -m; b <= m; b++) {
                            for (int k = -m; k <= m; k++) {
                                double[] d = new double[3]
                                for (int x = 0; x < 3; x++) {
                                    d[x] = positions[3 * i + x] - positions[3 * j + x] +
                                            a * c[x] + b * c[3 + x] + k * c[6 + x]
                                }
                                free &= norm(d) > 2
                            }
                        }
                    }
                }
            }
        }
        Cell cell = periodic ? Cell.periodic(c) : Cell.NONE
        return Structure.of(numbers, positions, cell)
    }
}
