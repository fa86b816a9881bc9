package cupel.potential.export;

import cupel.potential.Potential;
import java.nio.file.Path;
import java.util.Map;

/** How one other program writes potentials down. */
interface ForeignFormat {

    /**
     * An {@link cupel.structure.InputException} that says what of the potential the program has no words for, and why, and what to do
     * instead.
     */
    void requireExpressible(Potential potential);

    /** The files of a potential that was found expressible: name in the folder, and text, in the order in which people should read them. */
    Map<String, String> files(Potential potential, ExportSettings settings, FunctionRange range);

    /** What the program would take the files of a folder for; an {@link cupel.structure.InputException} naming file and line. */
    Potential read(Path folder);
}
