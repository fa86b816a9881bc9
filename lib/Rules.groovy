import java.nio.file.Path

/** What the parameters of a whole run, each of them right by itself, say together. */
class Rules {

    /**
     * What does not go together, one line each; empty when all does.
     *
     * @param values the parameters, typed
     * @param settings the file of --reference_settings, or null
     */
    static List<String> problems(Map values, Path settings) {
        boolean measures = values.potential != null || values.properties
        List<String> found = OwnFiles.problems(values.reference, settings)
        if (values.reference == 'handoff' && (values.handoff_dir == null || values.handoff_level == null)) {
            found << '--reference handoff needs --handoff_dir, the folder for requests and answers, and --handoff_level, what they are to be'
        }
        if (values.slurm_array != null && values.label_structures == null) {
            found << "--slurm_array ${values.slurm_array}: job arrays are for --label_structures alone. In a campaign an array that is not full waits for calculations that wait for it".toString()
        }
        if (measures && values.bulk_element != null && values.reference != 'xtb' && values.lattice_constant == null) {
            found << '--bulk_element needs --lattice_constant, about that of fcc in angstrom: crystals that the reference computes lie around it'
        }
        if ((values.potential == null) != (values.potential_pool == null)) {
            found << '--potential and --potential_pool go together: the potential that is measured, and the labelled structures that it has learnt'
        }
        if (values.dry_run && values.potential != null) {
            found << '--dry_run tells what a campaign would do, and with --potential there is none'
        }
        if (values.reference == 'handoff' && measures) {
            found << '--properties and --potential need a reference that answers while the pipeline runs: not handoff'
        }
        return found
    }
}
