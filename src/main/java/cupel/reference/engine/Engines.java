package cupel.reference.engine;

import java.util.List;
import java.util.stream.Collectors;

/** The engines by name. */
public final class Engines {

    private static final List<Engine> ALL = List.of(
            new Xtb(), new Gpaw(), new Cp2k(), new Espresso(), new Nwchem(), new Vasp(), new Ase(), new Command());

    private Engines() {}

    /** All names, in the order of the documentation. */
    public static List<String> names() {
        return ALL.stream().map(Engine::name).collect(Collectors.toList());
    }

    /**
     * An engine.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static Engine named(String name) {
        for (Engine engine : ALL) {
            if (engine.name().equals(name)) {
                return engine;
            }
        }
        throw new IllegalArgumentException(
                "unknown engine: " + name + ", must be one of " + String.join(", ", names()));
    }
}
