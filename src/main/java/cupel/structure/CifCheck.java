package cupel.structure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Looks into a CIF file for what the Chemistry Development Kit's reader passes over: it reads the listed atoms alone, whatever
 * the space group; it takes the element from the label; it ignores occupancies, and all blocks but one.
 */
final class CifCheck {

    /** ASE expands symmetry; the kit does not. */
    private static final String ADVICE =
            ": write out all atoms of the cell without symmetry, for instance with ASE: ase convert IN.cif OUT.extxyz";

    private CifCheck() {}

    static void refuseWhatWouldBeMisread(Path file, String text) {
        String[] lines = text.split("\\R", -1);
        List<String> columns = new ArrayList<>();
        boolean header = false;
        int blocks = 0;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("data_") && ++blocks > 1) {
                throw InputException.at(file, i + 1, "a second data block, '" + line + "': one structure per CIF file");
            }
            if (lower.equals("loop_")) {
                columns.clear();
                header = true;
            } else if (lower.startsWith("_")) {
                String tag = lower.split("\\s+", 2)[0];
                String value =
                        line.substring(tag.length()).strip().replace("'", "").replace("\"", "");
                if (!header || !value.isEmpty()) {
                    columns.clear();
                    header = false;
                    checkTag(file, i + 1, tag, value);
                } else {
                    columns.add(tag);
                }
            } else if (line.isEmpty() || line.startsWith("#")) {
                continue;
            } else if (!columns.isEmpty()) {
                header = false;
                checkRow(file, i + 1, columns, line);
            }
        }
    }

    private static void checkTag(Path file, int line, String tag, String value) {
        boolean named = tag.startsWith("_symmetry_space_group_name_h-m") || tag.startsWith("_space_group_name_h-m");
        boolean numbered = tag.equals("_symmetry_int_tables_number") || tag.equals("_space_group_it_number");
        String plain = value.replaceAll("\\s+", "");
        boolean unknown = plain.isEmpty() || plain.equals("?") || plain.equals(".");
        if (!unknown && ((named && !plain.equalsIgnoreCase("P1")) || (numbered && !plain.equals("1")))) {
            throw InputException.at(file, line, "space group " + value + ", must be P 1" + ADVICE);
        }
    }

    private static void checkRow(Path file, int line, List<String> columns, String row) {
        String first = columns.get(0);
        if (columns.stream()
                .anyMatch(
                        c -> c.equals("_symmetry_equiv_pos_as_xyz") || c.equals("_space_group_symop_operation_xyz"))) {
            String operation =
                    row.replaceAll("^\\d+\\s+", "").replaceAll("['\"\\s+]", "").toLowerCase(Locale.ROOT);
            if (!operation.equals("x,y,z")) {
                throw InputException.at(file, line, "symmetry operation " + row + ", must be x,y,z alone" + ADVICE);
            }
        }
        if (!first.startsWith("_atom_site_") || first.startsWith("_atom_site_aniso")) {
            return;
        }
        String[] words = row.split("\\s+");
        if (words.length != columns.size()) {
            throw InputException.at(
                    file,
                    line,
                    "an atom with " + words.length + " values, must be " + columns.size() + ": '" + row + "'");
        }
        int occupancy = columns.indexOf("_atom_site_occupancy");
        if (occupancy >= 0 && !words[occupancy].replaceAll("\\(\\d+\\)", "").matches("1(\\.0*)?|[?.]")) {
            throw InputException.at(file, line, "occupancy " + words[occupancy] + ", must be 1: a disordered crystal");
        }
        int type = columns.indexOf("_atom_site_type_symbol");
        int label = columns.indexOf("_atom_site_label");
        if (type >= 0 && label >= 0) {
            String element = letters(words[type]);
            if (!letters(words[label]).equals(element)) {
                throw InputException.at(
                        file,
                        line,
                        "label " + words[label] + " of an atom of " + words[type]
                                + ", must begin with the element's symbol");
            }
        }
    }

    /** The letters that a word begins with. */
    private static String letters(String word) {
        return word.replaceAll("[^A-Za-z].*", "");
    }
}
