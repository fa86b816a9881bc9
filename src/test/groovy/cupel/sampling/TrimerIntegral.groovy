package cupel.sampling

import groovy.transform.CompileStatic

/** Exact averages of a Lennard-Jones trimer in one piece, by quadrature over its three sides. */
@CompileStatic
class TrimerIntegral {

    double[] weights
    double meanEnergy

    /** Weights of the first side in equal bins from low to 2 high, and the mean energy. */
    static TrimerIntegral of(double epsilon, double sigma, double low, double high, double kT, int bins) {
        int perBin = 8
        int n = bins * perBin
        double h = (2 * high - low) / n
        double[] r = new double[n]
        double[] v = new double[n]
        double[] w = new double[n]
        for (int i = 0; i < n; i++) {
            r[i] = low + (i + 0.5d) * h
            v[i] = TestModels.pair(epsilon, sigma, r[i])
            w[i] = r[i] * Math.exp(-v[i] / kT)
        }
        double[] weights = new double[bins]
        double total = 0
        double energy = 0
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int joined = (r[i] < high ? 1 : 0) + (r[j] < high ? 1 : 0)
                if (joined == 0) {
                    continue
                }
                // the third side, from |a-b| to a+b, and joined if neither of two is
                for (int k = 0; k < n; k++) {
                    if (r[k] <= Math.abs(r[i] - r[j]) || r[k] >= r[i] + r[j]) {
                        continue
                    }
                    if (joined + (r[k] < high ? 1 : 0) < 2) {
                        continue
                    }
                    double p = w[i] * w[j] * w[k]
                    weights[i.intdiv(perBin)] += p
                    total += p
                    energy += p * (v[i] + v[j] + v[k])
                }
            }
        }
        new TrimerIntegral(weights: weights, meanEnergy: energy / total)
    }
}
