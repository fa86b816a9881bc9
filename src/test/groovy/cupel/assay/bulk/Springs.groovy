package cupel.assay.bulk

import cupel.potential.EnergyModel
import cupel.potential.Evaluation
import cupel.structure.NeighbourList
import cupel.structure.Structure
import groovy.transform.CompileStatic

/** Atoms bound by springs to those of the shells nearest to certain distances: each spring gains 0.1 eV, each atom 2.5 eV. */
@CompileStatic
class Springs implements EnergyModel {

    final double[] lengths
    final double[] stiffnesses

    Springs(double[] lengths, double[] stiffnesses) {
        this.lengths = lengths
        this.stiffnesses = stiffnesses
    }

    @Override
    double energy(Structure structure) {
        double cutoff = 1.15d * lengths[lengths.length - 1]
        def list = NeighbourList.of(structure, cutoff)
        double energy = -2.5d * structure.size()
        for (int p = 0; p < list.size(); p++) {
            double r = Math.sqrt(list.r2(p))
            int shell = 0
            for (int s = 1; s < lengths.length; s++) {
                if (Math.abs(r - lengths[s]) < Math.abs(r - lengths[shell])) {
                    shell = s
                }
            }
            energy += -0.05d + 0.25d * stiffnesses[shell] * (r - lengths[shell]) * (r - lengths[shell])
        }
        return energy
    }

    @Override
    Evaluation evaluate(Structure structure) {
        throw new UnsupportedOperationException('no forces are needed where atoms have no freedom')
    }
}
