package cupel.reference.engine

import cupel.structure.Structure

/** The real pw.x, on silicon: Debian has no PBE pseudopotential of gold. */
class EspressoEngineSpec extends EngineProgram {

    @Override
    String engine() { 'espresso' }

    @Override
    Map quick() { [ecutwfc: 14, ecutrho: 56, vacuum: 2.5, scf_tolerance: 1e-9, pseudopotentials: [Si: 'Si.pbe-rrkj.UPF']] }

    @Override
    Structure molecule() { Structure.cluster(14, 0, 0, 0, 0.1d, 0, 2.1d) }

    @Override
    double tolerance() { 0.01d }

    @Override
    String coincident() { 'overlap!' }
}
