package cupel.reference;

import cupel.structure.Elements;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A level of theory: all that decides the number that a reference calculation gives for a structure. Labels of different
 * levels never mix in one pool. Immutable.
 *
 * <p>It is one word, in the note {@code level} of a structure, made of pairs in the order in which an engine gives them:
 *
 * <pre>
 *   engine=gpaw,version=22.8.0,functional=PBE,cutoff=300,spin=parity,data.Au.PBE=aed0ebb38e9bce09
 * </pre>
 *
 * <p>The order does not count: two levels are equal when their pairs are. Pairs whose key is {@code data.Au} or begins with
 * {@code data.Au.} (any chemical symbol) tell which data file was used for that element. A structure's level has those of
 * its own elements only ({@link #restrictedTo}), so that a label of gold does not depend on the copper file of a
 * calculation on an alloy; and only one that is periodic has {@code kpoint_density} and {@code crystal_smearing}, so that labels of
 * clusters outlive another choice for crystals. {@link #isCompatible} says how two such levels compare.
 *
 * <p>A word without {@code =}, such as {@code gupta-cleri-rosato-1993}, is a level too: a bare name, compatible with itself alone.
 */
public final class Level {

    /** The note of a structure that holds the level. */
    public static final String NOTE = "level";

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
    private static final Pattern VALUE = Pattern.compile("[^\\s\\p{Cntrl},=\"'\\\\]+");
    private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}=\"'\\\\]+");
    private static final String DATA = "data.";
    /** What every periodic structure has in its level, and no other. */
    private static final String KPOINT_DENSITY = "kpoint_density";
    /** Of no account without a periodic direction. */
    private static final Set<String> PERIODIC = Set.of(KPOINT_DENSITY, "crystal_smearing");

    private static final Set<String> SYMBOLS = symbols();

    /** The bare name, or null when there are pairs. */
    private final String name;

    private final Map<String, String> pairs;

    private Level(String name, Map<String, String> pairs) {
        this.name = name;
        this.pairs = pairs;
    }

    /**
     * A level of pairs.
     *
     * @param pairs at least one; keys are letters, digits, {@code _ . -} and begin with a letter; values are one word
     *     without {@code , = \ "} and {@code '} ({@link #word} makes one of any text); copied
     */
    public static Level of(Map<String, String> pairs) {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("illegal level: no pairs at all, must have one at least");
        }
        pairs.forEach((key, value) -> {
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("illegal key of a level: '" + key
                        + "', must be letters, digits, _ . - and begin with a letter");
            }
            if (value == null || !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException("illegal value of " + key + " in a level: '" + value
                        + "', must be one word without , = \\ and quotes");
            }
        });
        return new Level(null, Collections.unmodifiableMap(new LinkedHashMap<>(pairs)));
    }

    /**
     * The level that a token stands for.
     *
     * @throws IllegalArgumentException when it is neither pairs {@code key=value} with commas between nor a bare name
     */
    public static Level parse(String token) {
        if (token.indexOf('=') < 0) {
            if (!NAME.matcher(token).matches()) {
                throw new IllegalArgumentException(
                        "illegal level: '" + token + "', must be one word, such as engine=gpaw,functional=PBE");
            }
            return new Level(token, Map.of());
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : token.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "illegal level: '" + token + "': '" + pair + "' must be of the form key=value");
            }
            if (pairs.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(
                        "illegal level: '" + token + "': " + pair.substring(0, equals) + " is given twice");
            }
        }
        return of(pairs);
    }

    /** The level in the notes of a structure, or nothing when it has none. */
    public static Optional<Level> of(Structure structure) {
        Object token = structure.info().get(NOTE);
        return token == null ? Optional.empty() : Optional.of(parse(token.toString()));
    }

    /** Any text as a value of a level: what a value cannot hold becomes {@code _}. */
    public static String word(String text) {
        String word = text.strip().replaceAll("[\\s\\p{Cntrl},=\"'\\\\]+", "_");
        return word.isEmpty() ? "_" : word;
    }

    /** Whether it is a bare name without pairs. */
    public boolean isName() {
        return name != null;
    }

    /** The pairs in their order, none for a bare name; unmodifiable. */
    public Map<String, String> pairs() {
        return pairs;
    }

    /** The value of a key, or null. */
    public String get(String key) {
        return pairs.get(key);
    }

    /** The same level with one pair set, behind the others if it is new. */
    public Level with(String key, String value) {
        if (isName()) {
            throw new IllegalStateException("the level " + name + " is a bare name, no pair can be added");
        }
        Map<String, String> changed = new LinkedHashMap<>(pairs);
        changed.put(key, value);
        return of(changed);
    }

    /**
     * The level of this structure: without the data files of elements that it does not have, and without the density of k-points
     * when it is periodic in no direction.
     */
    public Level restrictedTo(Structure structure) {
        Set<String> own = new HashSet<>();
        for (int z : structure.atomicNumbers()) {
            own.add(Elements.symbol(z));
        }
        boolean periodic = structure.cell().isPeriodic();
        return without(key -> !isOf(own, key) || !periodic && PERIODIC.contains(key));
    }

    /** The level without the data files of elements other than these chemical symbols. */
    public Level restrictedTo(Collection<String> symbols) {
        return without(key -> !isOf(symbols, key));
    }

    private Level without(Predicate<String> dropped) {
        Map<String, String> kept = new LinkedHashMap<>(pairs);
        kept.keySet().removeIf(dropped);
        // a level of nothing but data files of other elements has nothing left to be told by
        return kept.isEmpty() ? this : new Level(name, Collections.unmodifiableMap(kept));
    }

    private static boolean isOf(Collection<String> symbols, String key) {
        return elementOf(key) == null || symbols.contains(elementOf(key));
    }

    /**
     * Whether labels of the two may stand in one pool: all pairs are equal, but for data files of elements and a density of
     * k-points that only one of them names.
     *
     * <p>This is not transitive: a level that names no data file goes with two that name different ones. To compare many,
     * compare each with the {@link #union} of those before it.
     */
    public boolean isCompatible(Level other) {
        return differences(other).isEmpty();
    }

    /**
     * The level with the data files and the density of k-points of both.
     *
     * @throws IllegalArgumentException when the two are not compatible, with what differs
     */
    public Level union(Level other) {
        List<String> differences = differences(other);
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("levels of theory differ: " + String.join("; ", differences));
        }
        Map<String, String> both = new LinkedHashMap<>(pairs);
        other.pairs.forEach(both::putIfAbsent);
        return new Level(name, Collections.unmodifiableMap(both));
    }

    /**
     * What keeps the two apart, for people, in this level's order: {@code cutoff is 300 and 400}; empty when they are
     * compatible.
     */
    public List<String> differences(Level other) {
        List<String> differences = new ArrayList<>();
        if (isName() || other.isName()) {
            if (!equals(other)) {
                differences.add("level is " + this + " and " + other);
            }
            return differences;
        }
        Set<String> keys = new java.util.LinkedHashSet<>(pairs.keySet());
        keys.addAll(other.pairs.keySet());
        for (String key : keys) {
            String mine = pairs.get(key);
            String others = other.pairs.get(key);
            boolean oneSided = mine == null || others == null;
            boolean ofCrystals = PERIODIC.contains(key)
                    && (!pairs.containsKey(KPOINT_DENSITY) || !other.pairs.containsKey(KPOINT_DENSITY));
            if (oneSided ? elementOf(key) == null && !ofCrystals : !mine.equals(others)) {
                differences.add(key + " is " + (mine == null ? "not given" : mine) + " and "
                        + (others == null ? "not given" : others));
            }
        }
        return differences;
    }

    /** The token with its pairs sorted by key: the same for equal levels, whatever their order. */
    public String canonical() {
        return isName() ? name : join(new TreeMap<>(pairs));
    }

    /** The token, as {@link #parse} reads it. */
    @Override
    public String toString() {
        return isName() ? name : join(pairs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Level level && canonical().equals(level.canonical());
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }

    private static String join(Map<String, String> pairs) {
        List<String> joined = new ArrayList<>();
        pairs.forEach((key, value) -> joined.add(key + "=" + value));
        return String.join(",", joined);
    }

    /** The chemical symbol that a key belongs to, or null. */
    private static String elementOf(String key) {
        if (!key.startsWith(DATA)) {
            return null;
        }
        int end = key.indexOf('.', DATA.length());
        String symbol = key.substring(DATA.length(), end < 0 ? key.length() : end);
        return SYMBOLS.contains(symbol) ? symbol : null;
    }

    private static Set<String> symbols() {
        Set<String> symbols = new HashSet<>();
        for (int z = 1; z <= 118; z++) {
            symbols.add(Elements.symbol(z));
        }
        return symbols;
    }
}
