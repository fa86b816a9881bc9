package cupel.reference.engine;

import java.util.List;

/**
 * What a VASP run left behind, from {@link VasprunReader} or {@link OutcarReader}.
 *
 * @param version version of the program, or null when the file does not tell
 * @param potentials titles of the potentials in the order of the types, such as {@code PAW_PBE Au 04Oct2007}
 * @param steps the geometries that were finished, in order
 * @param cutShort where the file ends before its time, because the run was stopped or the file damaged; null when it is whole
 */
public record IonicSteps(String version, List<String> potentials, List<IonicStep> steps, String cutShort) {}
