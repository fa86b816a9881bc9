package cupel.reference.engine

import cupel.structure.Structure

/** The real CP2K, on hydrogen. */
class Cp2kEngineSpec extends EngineProgram {

    @Override
    String engine() { 'cp2k' }

    @Override
    Map quick() { [cutoff: 250, relative_cutoff: 30, vacuum: 2.0, scf_tolerance: 1e-7] }

    @Override
    Structure molecule() { Structure.cluster(1, 0, 0, 0, 0.1d, 0, 0.9d) }

    @Override
    double tolerance() { 0.02d }

    @Override
    String coincident() { 'ended with exit status 1: GEOMETRY wrong' }
}
