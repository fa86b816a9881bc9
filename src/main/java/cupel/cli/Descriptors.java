package cupel.cli;

import cupel.descriptor.Descriptor;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The option {@code --descriptor}, which several tools have: a name, or a file. */
final class Descriptors {

    /** Help text of the option. */
    static final String HELP =
            "symmetry functions: a set by its name (" + String.join(", ", Descriptor.names()) + "), or a JSON file";

    private Descriptors() {}

    /** The descriptor that the option names; a set by its name is made for the elements of the structures. */
    static Descriptor of(Arguments arguments, String option, List<Structure> structures) {
        String value = arguments.text(option);
        if (Descriptor.names().contains(value)) {
            return Descriptor.named(value, elements(structures));
        }
        Path file = arguments.path(option);
        if (!Files.exists(file)) {
            throw arguments.wrong(
                    option, "must be one of " + String.join(", ", Descriptor.names()) + ", or a file, is " + value);
        }
        return Descriptor.read(file);
    }

    private static int[] elements(List<Structure> structures) {
        int[] elements = structures.stream()
                .flatMapToInt(structure -> java.util.Arrays.stream(structure.atomicNumbers()))
                .sorted()
                .distinct()
                .toArray();
        if (elements.length == 0) {
            throw new InputException("no structures, so no elements to make symmetry functions for");
        }
        return elements;
    }
}
