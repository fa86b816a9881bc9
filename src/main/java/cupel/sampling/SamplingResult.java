package cupel.sampling;

import java.util.List;

/**
 * What came of a walk.
 *
 * @param samples in the order in which they were met
 * @param moves counts of each kind of move, the equilibration's left out
 * @param step largest displacement along an axis at the end, in angstrom
 * @param strata what the nested walk went through, high to low; empty for other samplers
 * @param remark what a person should know (no finite energy was found …), or null
 */
public record SamplingResult(
        List<Sample> samples, List<MoveCounts> moves, double step, List<Stratum> strata, String remark) {

    public SamplingResult {
        samples = List.copyOf(samples);
        moves = List.copyOf(moves);
        strata = List.copyOf(strata);
    }

    /**
     * One stratum of a nested walk.
     *
     * @param ceiling highest energy allowed, in eV
     * @param visits moves after which the walk was under the ceiling
     * @param lowest lowest energy visited, in eV; NaN without visits
     * @param median median of the energies visited, the next ceiling, in eV; NaN without visits
     * @param acceptance of the moves
     */
    public record Stratum(double ceiling, long visits, double lowest, double median, double acceptance) {}
}
