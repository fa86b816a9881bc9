package cupel.reference.engine

import cupel.structure.Structure

/** The real NWChem, on hydrogen and oxygen. */
class NwchemEngineSpec extends EngineProgram {

    @Override
    String engine() { 'nwchem' }

    @Override
    Map quick() { [energy_tolerance: 1e-8, density_tolerance: 1e-6] }

    @Override
    Structure molecule() { ProgramRun.molecule(['O', 'H'], 0, 0, 0, 0.1d, 0, 1.05d) }

    @Override
    double tolerance() { 0.01d }

    /** Helium, as one atom of it always converges. */
    @Override
    int doubled() { 2 }

    /** NWChem takes two atoms of one element in one place for one, and computes that. */
    @Override
    String coincident() { 'of another structure' }
}
