package cupel.reference

import cupel.potential.EnergyModel
import cupel.structure.Cell
import cupel.structure.Structure

/** An fcc crystal of one metal at its lowest energy. */
class MetalCrystal {

    /** Lattice constant in angstrom, cohesive energy in eV per atom. */
    record Found(double a, double cohesion) {}

    /** Golden section within 5 % of a guess. */
    static Found relaxed(EnergyModel model, int z, double guess) {
        def energy = { double a ->
            model.energy(Structure.of([z] as int[], [0d, 0, 0] as double[],
                Cell.periodic(0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0)))
        }
        def ratio = (Math.sqrt(5d) - 1) / 2
        def low = 0.95d * guess
        def high = 1.05d * guess
        while (high - low > 1e-5d) {
            def one = high - ratio * (high - low)
            def two = low + ratio * (high - low)
            if (energy(one) < energy(two)) {
                high = two
            } else {
                low = one
            }
        }
        new Found((low + high) / 2, -energy((low + high) / 2))
    }
}
