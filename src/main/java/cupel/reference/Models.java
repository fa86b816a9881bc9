package cupel.reference;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The built-in models by name. */
public final class Models {

    private static final Map<String, Function<int[], ReferenceModel>> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("gupta", Gupta::of);
        KNOWN.put("sutton-chen", SuttonChen::of);
        KNOWN.put("none", elements -> new NoInteraction());
    }

    private Models() {}

    /** The names of all built-in models, comma-separated, as for a help text. */
    public static String names() {
        return String.join(", ", KNOWN.keySet());
    }

    /**
     * A built-in model with its published parameters.
     *
     * @param name one of {@link #names()}
     * @param atomicNumbers the elements it must know; none for all that have published parameters
     * @throws IllegalArgumentException if there is no such model, or it has no parameters for one of the elements
     */
    public static ReferenceModel named(String name, int... atomicNumbers) {
        Function<int[], ReferenceModel> model = KNOWN.get(name);
        if (model == null) {
            throw new IllegalArgumentException("unknown model: " + name + ", must be one of " + names());
        }
        return model.apply(Arrays.copyOf(atomicNumbers, atomicNumbers.length));
    }
}
