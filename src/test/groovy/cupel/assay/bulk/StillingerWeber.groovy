package cupel.assay.bulk

import cupel.potential.EnergyModel
import cupel.potential.Evaluation
import cupel.structure.NeighbourList
import cupel.structure.Structure
import groovy.transform.CompileStatic

/**
 * Silicon of F. H. Stillinger and T. A. Weber, Phys. Rev. B 31, 5262 (1985), eqs. 2.3 to 2.6: a crystal of diamond whose atoms
 * move against each other under shear, with elastic constants that are well known. Forces by central differences.
 */
@CompileStatic
class StillingerWeber implements EnergyModel {

    static final double EPSILON = 2.1683d
    static final double SIGMA = 2.0951d
    static final double RANGE = 1.8d

    @Override
    double energy(Structure structure) {
        def list = NeighbourList.of(structure, RANGE * SIGMA)
        double energy = 0
        for (int i = 0; i < structure.size(); i++) {
            for (int p = list.start(i); p < list.end(i); p++) {
                double r = Math.sqrt(list.r2(p)) / SIGMA
                energy += 0.5 * 7.049556277d * (0.6022245584d * Math.pow(r, -4) - 1) * Math.exp(1 / (r - RANGE))
                for (int q = list.start(i); q < p; q++) {
                    double s = Math.sqrt(list.r2(q)) / SIGMA
                    double cosine = (list.dx(p) * list.dx(q) + list.dy(p) * list.dy(q) + list.dz(p) * list.dz(q)) /
                        (r * s * SIGMA * SIGMA)
                    energy += 21 * Math.exp(1.2d / (r - RANGE) + 1.2d / (s - RANGE)) * (cosine + 1 / 3d) * (cosine + 1 / 3d)
                }
            }
        }
        return EPSILON * energy
    }

    @Override
    Evaluation evaluate(Structure structure) {
        double h = 1e-5d
        double[] x = structure.positions()
        double[] forces = new double[x.length]
        for (int k = 0; k < x.length; k++) {
            double middle = x[k]
            x[k] = middle + h
            double above = energy(structure.withPositions(x))
            x[k] = middle - h
            forces[k] = (energy(structure.withPositions(x)) - above) / (2 * h)
            x[k] = middle
        }
        return new Evaluation(energy(structure), forces, null)
    }
}
