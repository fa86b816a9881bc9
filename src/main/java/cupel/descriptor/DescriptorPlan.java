package cupel.descriptor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A descriptor rewritten for computing: which exponentials a pair of elements needs, which moments an atom keeps, and how each
 * function is made of moments.
 *
 * <p>What an atom keeps are its <em>sums</em>, one array: first the radial functions, in the order of the descriptor; then one
 * <em>moment set</em> of {@link Moments#SIZE} numbers for each pair (neighbour element, eta) that a wide function with zeta
 * 1 … {@link Moments#DEGREE} or a four-body function needs. Other angular functions are summed triplet by triplet.
 */
final class DescriptorPlan {

    /** What a pair of atoms of two elements needs to know of its distance: the same from both sides. */
    static final class PairPlan {
        final double[] radialEta;
        final double[] radialRs;
        final double[] angularEta;

        PairPlan(List<double[]> radial, List<Double> angular) {
            radialEta = radial.stream().mapToDouble(k -> k[0]).toArray();
            radialRs = radial.stream().mapToDouble(k -> k[1]).toArray();
            angularEta = angular.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /** Wide functions of one central element made of the moments of two sets (perhaps the same one). */
    static final class MomentGroup {
        final int setA;
        final int setB;
        final int[] slots;
        /** (DEGREE + 1) numbers for each function: the factor of T_p. */
        final double[] coefficients;

        MomentGroup(int setA, int setB, List<Integer> slots, List<double[]> coefficients) {
            this.setA = setA;
            this.setB = setB;
            this.slots = slots.stream().mapToInt(Integer::intValue).toArray();
            this.coefficients =
                    coefficients.stream().flatMapToDouble(Arrays::stream).toArray();
        }
    }

    /** Four-body functions of one central element made of the moments of one set. */
    static final class FourBodyGroup {
        final int set;
        /** Where each of the sums of {@link FourBodySums} goes, or -1. */
        final int[] slots;

        FourBodyGroup(int set) {
            this.set = set;
            this.slots = new int[FourBodySums.EXPONENTS.length];
            Arrays.fill(slots, -1);
        }
    }

    /** An angular function that is summed over triplets. */
    static final class TripletFunction {
        final int slot;
        final boolean narrow;
        final double eta;
        final double lambda;
        final double zeta;
        final int wholeZeta;
        final double norm;
        /** Which of the angular eta of the pair plans with the first and the second neighbour element. */
        final int key1;

        final int key2;

        TripletFunction(int slot, AngularSymmetryFunction f, int key1, int key2) {
            this.slot = slot;
            this.narrow = f.form() == AngularSymmetryFunction.Form.NARROW;
            this.eta = f.eta();
            this.lambda = f.lambda();
            this.zeta = f.zeta();
            this.wholeZeta = f.isWhole() && f.zeta() <= 64 ? (int) f.zeta() : -1;
            this.norm = Math.pow(2, 1 - f.zeta());
            this.key1 = key1;
            this.key2 = key2;
        }
    }

    final Descriptor descriptor;
    final double rc;
    /** Number of elements; types are 0 … types - 1 in ascending order of atomic number. */
    final int types;

    final int[] atomicNumber;
    private final int[] typeOf = new int[119];
    /** Functions of an atom of each type. */
    final int[] count;
    /** Radial functions of an atom of each type. */
    final int[] radialCount;

    final int maxCount;
    /** Length of the sums of an atom, the longest of all types. */
    final int sumsStride;
    /** Length of what is kept of a pair, the longest of all pairs of types. */
    final int pairStride;

    /** By type * types + type. */
    final PairPlan[] pairs;
    /** By central type * types + neighbour type: slots of the radial functions, and which radial key of the pair each uses. */
    final int[][] radialSlots;

    final int[][] radialKeys;
    /** By central * types + neighbour: for each angular eta of the pair, where the moment set is in the sums, or -1. */
    final int[][] momentSets;
    /** By central type. */
    final MomentGroup[][] groups;

    final FourBodyGroup[][] fourBody;
    /** By (central * types + neighbour) * types + other neighbour, both orders. */
    final TripletFunction[][] triplets;

    final boolean hasTriplets;

    DescriptorPlan(Descriptor descriptor) {
        this.descriptor = descriptor;
        this.rc = descriptor.rc();
        this.atomicNumber = descriptor.elements();
        this.types = atomicNumber.length;
        Arrays.fill(typeOf, -1);
        for (int t = 0; t < types; t++) {
            typeOf[atomicNumber[t]] = t;
        }
        count = new int[types];
        radialCount = new int[types];
        pairs = new PairPlan[types * types];
        radialSlots = new int[types * types][];
        radialKeys = new int[types * types][];
        momentSets = new int[types * types][];
        groups = new MomentGroup[types][];
        fourBody = new FourBodyGroup[types][];
        triplets = new TripletFunction[types * types * types][0];

        int longestPair = 0;
        for (int a = 0; a < types; a++) {
            count[a] = descriptor.count(atomicNumber[a]);
            radialCount[a] = descriptor.radial(atomicNumber[a]).size();
            for (int b = a; b < types; b++) {
                List<double[]> radial = new ArrayList<>();
                List<Double> angular = new ArrayList<>();
                collect(atomicNumber[a], atomicNumber[b], radial, angular);
                collect(atomicNumber[b], atomicNumber[a], radial, angular);
                PairPlan plan = new PairPlan(radial, angular);
                pairs[a * types + b] = plan;
                pairs[b * types + a] = plan;
                longestPair = Math.max(longestPair, PairKernel.RADIAL + 2 * (radial.size() + angular.size()));
            }
        }
        pairStride = longestPair;

        int longestSums = 0;
        boolean anyTriplets = false;
        for (int t = 0; t < types; t++) {
            List<RadialSymmetryFunction> radial = descriptor.radial(atomicNumber[t]);
            List<AngularSymmetryFunction> angular = descriptor.angular(atomicNumber[t]);
            List<FourBodySymmetryFunction> four = descriptor.fourBody(atomicNumber[t]);
            int next = radial.size();
            for (int s = 0; s < types; s++) {
                int ts = t * types + s;
                int index = s;
                PairPlan plan = pairs[ts];
                List<Integer> slots = new ArrayList<>();
                List<Integer> keys = new ArrayList<>();
                for (int k = 0; k < radial.size(); k++) {
                    RadialSymmetryFunction f = radial.get(k);
                    if (f.neighbour() == atomicNumber[s]) {
                        slots.add(k);
                        keys.add(radialKey(plan, f));
                    }
                }
                radialSlots[ts] = slots.stream().mapToInt(Integer::intValue).toArray();
                radialKeys[ts] = keys.stream().mapToInt(Integer::intValue).toArray();
                momentSets[ts] = new int[plan.angularEta.length];
                for (int k = 0; k < plan.angularEta.length; k++) {
                    momentSets[ts][k] = -1;
                    double eta = plan.angularEta[k];
                    boolean needed =
                            four.stream().anyMatch(f -> f.eta() == eta && f.neighbour() == atomicNumber[index]);
                    for (AngularSymmetryFunction f : angular) {
                        needed |= byMoments(f)
                                && f.eta() == eta
                                && (f.neighbour1() == atomicNumber[s] || f.neighbour2() == atomicNumber[s]);
                    }
                    if (needed) {
                        momentSets[ts][k] = next;
                        next += Moments.SIZE;
                    }
                }
            }
            longestSums = Math.max(longestSums, next);
            anyTriplets |= planAngular(t, angular, radial.size());
            planFourBody(t, four, radial.size() + angular.size());
        }
        sumsStride = longestSums;
        hasTriplets = anyTriplets;
        maxCount = Arrays.stream(count).max().orElse(0);
    }

    private void collect(int central, int neighbour, List<double[]> radial, List<Double> angular) {
        for (RadialSymmetryFunction f : descriptor.radial(central)) {
            if (f.neighbour() == neighbour && radial.stream().noneMatch(k -> k[0] == f.eta() && k[1] == f.rs())) {
                radial.add(new double[] {f.eta(), f.rs()});
            }
        }
        for (AngularSymmetryFunction f : descriptor.angular(central)) {
            if ((f.neighbour1() == neighbour || f.neighbour2() == neighbour) && !angular.contains(f.eta())) {
                angular.add(f.eta());
            }
        }
        for (FourBodySymmetryFunction f : descriptor.fourBody(central)) {
            if (f.neighbour() == neighbour && !angular.contains(f.eta())) {
                angular.add(f.eta());
            }
        }
    }

    private void planFourBody(int t, List<FourBodySymmetryFunction> four, int firstSlot) {
        List<FourBodyGroup> found = new ArrayList<>();
        for (int k = 0; k < four.size(); k++) {
            FourBodySymmetryFunction f = four.get(k);
            int ts = t * types + type(f.neighbour());
            int set = momentSets[ts][angularKey(pairs[ts], f.eta())];
            int sum = FourBodySums.indexOf(f.p(), f.q(), f.r());
            FourBodyGroup group = null;
            for (FourBodyGroup g : found) {
                if (g.set == set && g.slots[sum] < 0) {
                    group = g;
                }
            }
            if (group == null) { // the first of its set, or a function that is there twice
                group = new FourBodyGroup(set);
                found.add(group);
            }
            group.slots[sum] = firstSlot + k;
        }
        fourBody[t] = found.toArray(new FourBodyGroup[0]);
    }

    /** Plans the angular functions of a central type; says whether any of them goes the triplet way. */
    private boolean planAngular(int t, List<AngularSymmetryFunction> angular, int firstSlot) {
        List<MomentGroup> found = new ArrayList<>();
        boolean anyTriplets = false;
        for (int a = 0; a < types; a++) {
            for (int b = a; b < types; b++) {
                PairPlan planA = pairs[t * types + a];
                PairPlan planB = pairs[t * types + b];
                List<TripletFunction> direct = new ArrayList<>();
                List<TripletFunction> swapped = new ArrayList<>();
                List<Double> etas = new ArrayList<>();
                List<List<Integer>> slots = new ArrayList<>();
                List<List<double[]>> coefficients = new ArrayList<>();
                for (int k = 0; k < angular.size(); k++) {
                    AngularSymmetryFunction f = angular.get(k);
                    if (f.neighbour1() != atomicNumber[a] || f.neighbour2() != atomicNumber[b]) {
                        continue;
                    }
                    if (byMoments(f)) {
                        int g = etas.indexOf(f.eta());
                        if (g < 0) {
                            g = etas.size();
                            etas.add(f.eta());
                            slots.add(new ArrayList<>());
                            coefficients.add(new ArrayList<>());
                        }
                        slots.get(g).add(firstSlot + k);
                        coefficients.get(g).add(coefficients(f));
                    } else {
                        int keyA = angularKey(planA, f.eta());
                        int keyB = angularKey(planB, f.eta());
                        direct.add(new TripletFunction(firstSlot + k, f, keyA, keyB));
                        swapped.add(new TripletFunction(firstSlot + k, f, keyB, keyA));
                        anyTriplets = true;
                    }
                }
                for (int g = 0; g < etas.size(); g++) {
                    found.add(new MomentGroup(
                            momentSets[t * types + a][angularKey(planA, etas.get(g))],
                            momentSets[t * types + b][angularKey(planB, etas.get(g))],
                            slots.get(g),
                            coefficients.get(g)));
                }
                triplets[(t * types + a) * types + b] = direct.toArray(new TripletFunction[0]);
                triplets[(t * types + b) * types + a] = (a == b ? direct : swapped).toArray(new TripletFunction[0]);
            }
        }
        groups[t] = found.toArray(new MomentGroup[0]);
        return anyTriplets;
    }

    /** Whether a function is made of moments: see the decision note on moments up to degree four. */
    static boolean byMoments(AngularSymmetryFunction f) {
        return f.form() == AngularSymmetryFunction.Form.WIDE && f.isWhole() && f.zeta() <= Moments.DEGREE;
    }

    /** Factors of T_0 … T_DEGREE in 2^(1-zeta) (1 + lambda c)^zeta, binomially. */
    private static double[] coefficients(AngularSymmetryFunction f) {
        double[] c = new double[Moments.DEGREE + 1];
        int zeta = (int) f.zeta();
        double binomial = 1;
        for (int p = 0; p <= zeta; p++) {
            c[p] = Math.pow(2, 1 - zeta) * binomial * Math.pow(f.lambda(), p);
            binomial = binomial * (zeta - p) / (p + 1);
        }
        return c;
    }

    private static int radialKey(PairPlan plan, RadialSymmetryFunction f) {
        for (int k = 0; k < plan.radialEta.length; k++) {
            if (plan.radialEta[k] == f.eta() && plan.radialRs[k] == f.rs()) {
                return k;
            }
        }
        throw new AssertionError("radial function without a key: " + f);
    }

    private static int angularKey(PairPlan plan, double eta) {
        for (int k = 0; k < plan.angularEta.length; k++) {
            if (plan.angularEta[k] == eta) {
                return k;
            }
        }
        throw new AssertionError("angular function without a key: eta " + eta);
    }

    /** Type of an element; {@link cupel.structure.InputException} naming it when it is not described. */
    int type(int z) {
        int t = typeOf[z];
        if (t < 0) {
            throw descriptor.unknown(z);
        }
        return t;
    }
}
