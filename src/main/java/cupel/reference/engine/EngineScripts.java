package cupel.reference.engine;

import cupel.structure.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The scripts that run where a reference program runs: {@code bin/} of the repository, which travels inside the jar, so that whoever
 * prepares calculations with it has all that they need. That place has no Java, and may be another machine.
 */
public final class EngineScripts {

    /** Their names, in the order of the alphabet. */
    public static final List<String> NAMES = List.of(
            "identify_engine.sh",
            "label_ase.py",
            "label_batch.sh",
            "label_command.sh",
            "label_gpaw.py",
            "label_vasp.sh");

    private EngineScripts() {}

    /**
     * Writes all of them into a folder, which is made if need be; anybody may run them.
     *
     * @throws IOException when the folder cannot be written to
     */
    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : NAMES) {
            try (InputStream script = EngineScripts.class.getResourceAsStream("scripts/" + name)) {
                Path file = folder.resolve(name);
                AtomicFile.write(file, script.readAllBytes());
                if (!file.toFile().setExecutable(true, false)) {
                    throw new IOException(file + " cannot be made executable");
                }
            }
        }
    }
}
