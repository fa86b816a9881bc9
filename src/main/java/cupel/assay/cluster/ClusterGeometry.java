package cupel.assay.cluster;

import cupel.structure.Structure;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Measures of the geometry of clusters: flatness, distance of two geometries, likeness of two clusters. */
public final class ClusterGeometry {

    /**
     * A cluster whose {@link #planarity} is not above this, in angstrom, counts as planar. One atom on top of a flake of 20
     * gold atoms, 2.4 Å above it, makes 0.5; a flake whose atoms lie 0.3 Å above and below their plane in turn makes 0.3.
     */
    public static final double PLANAR = 0.4;

    private ClusterGeometry() {}

    /**
     * Root mean square distance of the atoms from the plane that makes it smallest, in angstrom: the root of the smallest
     * eigenvalue of the gyration tensor. 0 for flat clusters, and for any of three atoms or fewer.
     *
     * <pre>
     *   S_ab = 1/N Σ_i (r_ia − m_a)(r_ib − m_b),   m the mean position
     * </pre>
     *
     * <p>All atoms have the same weight, whatever their mass (Theodorou, Suter, Macromolecules 18, 1206 (1985)).
     */
    public static double planarity(Structure cluster) {
        if (cluster.size() <= 3) {
            return 0;
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = gyration(cluster);
        double smallest = eigen.getEigenvalue(thinnest(eigen)).getReal();
        // A flat cluster's smallest eigenvalue is rounding noise, on either side of zero.
        return smallest < 1e-12 ? 0 : Math.sqrt(smallest);
    }

    /** Unit vector at right angles to the plane of {@link #planarity}; one of many for a cluster that is thin in two directions. */
    static double[] normal(Structure cluster) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = gyration(cluster);
        return eigen.getEigenVector(thinnest(eigen)).data.clone();
    }

    /** The cluster projected onto its plane and turned, z = 0 for every atom, its middle at the origin; without label and notes. */
    static Structure flattened(Structure cluster) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = gyration(cluster);
        int thinnest = thinnest(eigen);
        double[] u = eigen.getEigenVector((thinnest + 1) % 3).data;
        double[] v = eigen.getEigenVector((thinnest + 2) % 3).data;
        double[] x = centred(cluster);
        for (int i = 0; i < x.length; i += 3) {
            double first = u[0] * x[i] + u[1] * x[i + 1] + u[2] * x[i + 2];
            double second = v[0] * x[i] + v[1] * x[i + 1] + v[2] * x[i + 2];
            x[i] = first;
            x[i + 1] = second;
            x[i + 2] = 0;
        }
        return Structure.of(cluster.atomicNumbers(), x, cluster.cell());
    }

    private static EigenDecomposition_F64<DMatrixRMaj> gyration(Structure cluster) {
        double[] x = centred(cluster);
        DMatrixRMaj tensor = new DMatrixRMaj(3, 3);
        for (int i = 0; i < x.length; i += 3) {
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    tensor.add(a, b, x[i + a] * x[i + b] / cluster.size());
                }
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(3, true, true);
        if (!eigen.decompose(tensor)) {
            throw new IllegalStateException("the gyration tensor has no eigenvalues");
        }
        return eigen;
    }

    private static int thinnest(EigenDecomposition_F64<DMatrixRMaj> eigen) {
        int thinnest = 0;
        for (int k = 1; k < 3; k++) {
            if (eigen.getEigenvalue(k).getReal() < eigen.getEigenvalue(thinnest).getReal()) {
                thinnest = k;
            }
        }
        return thinnest;
    }

    /** Whether {@link #planarity} is not above {@link #PLANAR}. */
    public static boolean isPlanar(Structure cluster) {
        return planarity(cluster) <= PLANAR;
    }

    /**
     * Root mean square distance between the atoms of two clusters, atom 1 with atom 1 and so on, when one is shifted, turned
     * and if need be reflected to make it smallest, in angstrom: by singular value decomposition (Kabsch, Acta Cryst. A 32, 922
     * (1976); Umeyama, IEEE Trans. Pattern Anal. Mach. Intell. 13, 376 (1991)). A reflection is no change of a cluster's
     * energy, so it is none here.
     *
     * @throws IllegalArgumentException if the clusters do not have the same elements in the same order
     */
    public static double rmsd(Structure a, Structure b) {
        if (!Arrays.equals(a.atomicNumbers(), b.atomicNumbers())) {
            throw new IllegalArgumentException("clusters of " + a.size() + " and " + b.size()
                    + " atoms cannot be laid upon each other: they must have the same elements in the same order");
        }
        int n = a.size();
        double[] x = centred(a);
        double[] y = centred(b);
        DMatrixRMaj covariance = new DMatrixRMaj(3, 3);
        double squares = 0;
        for (int i = 0; i < x.length; i += 3) {
            for (int p = 0; p < 3; p++) {
                squares += x[i + p] * x[i + p] + y[i + p] * y[i + p];
                for (int q = 0; q < 3; q++) {
                    covariance.add(p, q, x[i + p] * y[i + q]);
                }
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(3, 3, true, true, false);
        if (!svd.decompose(covariance)) {
            throw new IllegalStateException("the positions' covariance has no singular values");
        }
        // The rotation itself, and not the closed form with the singular values alone, whose difference of large
        // numbers would
        // leave 1e-8 of equal geometries.
        DMatrixRMaj rotation = new DMatrixRMaj(3, 3);
        CommonOps_DDRM.multTransB(svd.getV(null, false), svd.getU(null, false), rotation);
        double sum = 0;
        for (int i = 0; i < x.length; i += 3) {
            for (int p = 0; p < 3; p++) {
                double turned = 0;
                for (int q = 0; q < 3; q++) {
                    turned += rotation.get(p, q) * x[i + q];
                }
                double d = turned - y[i + p];
                sum += d * d;
            }
        }
        return squares == 0 ? 0 : Math.sqrt(sum / n);
    }

    /**
     * All interatomic distances in angstrom, sorted within each pair of elements: the same for a cluster however it is shifted, turned,
     * reflected and numbered.
     */
    public static double[] sortedDistances(Structure cluster) {
        int n = cluster.size();
        double[] distances = new double[n * (n - 1) / 2];
        long[] kinds = new long[distances.length];
        int k = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double dx = cluster.position(i, 0) - cluster.position(j, 0);
                double dy = cluster.position(i, 1) - cluster.position(j, 1);
                double dz = cluster.position(i, 2) - cluster.position(j, 2);
                distances[k] = Math.sqrt(dx * dx + dy * dy + dz * dz);
                int p = cluster.atomicNumber(i);
                int q = cluster.atomicNumber(j);
                kinds[k] = Math.min(p, q) * 119L + Math.max(p, q);
                k++;
            }
        }
        long[] present = Arrays.stream(kinds).distinct().sorted().toArray();
        double[] sorted = new double[distances.length];
        int filled = 0;
        for (long kind : present) {
            int from = filled;
            for (int m = 0; m < kinds.length; m++) {
                if (kinds[m] == kind) {
                    sorted[filled++] = distances[m];
                }
            }
            Arrays.sort(sorted, from, filled);
        }
        return sorted;
    }

    /**
     * Whether two clusters, given by their {@link #sortedDistances}, are the same geometry: no distance differs by more than the
     * tolerance, in angstrom.
     */
    static boolean same(double[] a, double[] b, double tolerance) {
        if (a.length != b.length) {
            return false;
        }
        for (int k = 0; k < a.length; k++) {
            if (!(Math.abs(a[k] - b[k]) <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    /** Largest distance that one atom has from the same atom of another geometry, as they stand, in angstrom. */
    static double largestDisplacement(double[] a, double[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i += 3) {
            double dx = a[i] - b[i];
            double dy = a[i + 1] - b[i + 1];
            double dz = a[i + 2] - b[i + 2];
            largest = Math.max(largest, dx * dx + dy * dy + dz * dz);
        }
        return Math.sqrt(largest);
    }

    /** Largest force on an atom, in the unit of the forces; NaN if any component is. */
    public static double largestForce(double[] forces) {
        double largest = 0;
        for (int i = 0; i < forces.length; i += 3) {
            // Math.max, unlike a comparison, lets a NaN through
            largest = Math.max(
                    largest, forces[i] * forces[i] + forces[i + 1] * forces[i + 1] + forces[i + 2] * forces[i + 2]);
        }
        return Math.sqrt(largest);
    }

    /** The cluster with its middle at the origin, without label and notes. */
    static Structure atOrigin(Structure cluster) {
        return Structure.of(cluster.atomicNumbers(), centred(cluster), cluster.cell());
    }

    private static double[] centred(Structure cluster) {
        double[] x = cluster.positions();
        int n = cluster.size();
        for (int axis = 0; axis < 3; axis++) {
            double sum = 0;
            for (int i = axis; i < x.length; i += 3) {
                sum += x[i];
            }
            double mean = sum / n;
            for (int i = axis; i < x.length; i += 3) {
                x[i] -= mean;
            }
        }
        return x;
    }
}
