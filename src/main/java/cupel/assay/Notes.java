package cupel.assay;

import cupel.structure.ContentHash;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.List;

/** The notes of structures that this package reads. */
final class Notes {

    private Notes() {}

    /** Whether this is the isolated atom that gives an element its energy offset, and no training structure. */
    static boolean isIsolatedAtom(Structure structure) {
        return "IsolatedAtom".equals(structure.info().get("config_type"));
    }

    /** The structures without isolated atoms, in the same order. */
    static List<Structure> withoutIsolatedAtoms(List<Structure> structures) {
        List<Structure> rest = new ArrayList<>(structures.size());
        for (Structure structure : structures) {
            if (!isIsolatedAtom(structure)) {
                rest.add(structure);
            }
        }
        return rest;
    }

    /** The id of a structure: its note {@code sid}, or else its content hash. */
    static String sid(Structure structure) {
        Object sid = structure.info().get("sid");
        return sid == null ? ContentHash.of(structure) : sid.toString();
    }

    /** Refuses structures without label; {@code source} names the file in the message. */
    static void requireLabels(List<Structure> structures, String source) {
        for (int i = 0; i < structures.size(); i++) {
            if (structures.get(i).label() == null) {
                throw new InputException(source + ": structure " + (i + 1) + " (" + sid(structures.get(i))
                        + ") has no label, must have REF_energy");
            }
        }
    }
}
