package cupel.descriptor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * The symmetry functions of each element, and their common cutoff. Immutable; may be shared between threads.
 *
 * <p>The functions of an atom are those of its element in this order: the radial ones as listed, then the angular ones, then
 * the four-body ones. {@link #calculator()} gives what computes them.
 */
public final class Descriptor {

    private static final String FORMAT = "cupel-descriptor";
    private static final int VERSION = 1;

    private static final String BEHLER = "behler2011-26";
    private static final String FOUR_BODY = "four-body-41";

    private static final double[] BEHLER_RADIAL_ETA = {
        0.003214, 0.035711, 0.071421, 0.124987, 0.214264, 0.357106, 0.714213, 1.428426
    };
    private static final double[] BEHLER_ANGULAR_ETA = {0.000357, 0.028569, 0.089277};

    /** The functions of one element. */
    private record Functions(
            List<RadialSymmetryFunction> radial,
            List<AngularSymmetryFunction> angular,
            List<FourBodySymmetryFunction> fourBody) {}

    private final String name;
    private final CutoffFunction cutoff;
    private final TreeMap<Integer, Functions> functions = new TreeMap<>();
    private final DescriptorPlan plan;

    private Descriptor(String name, CutoffFunction cutoff, TreeMap<Integer, Functions> functions) {
        this.name = name;
        this.cutoff = cutoff;
        this.functions.putAll(functions);
        this.plan = new DescriptorPlan(this);
    }

    /** Starts a descriptor function by function. */
    public static Builder builder(String name, double rc) {
        return new Builder(name, rc);
    }

    /** Collects the functions of a {@link Descriptor}. */
    public static final class Builder {

        private final String name;
        private final CutoffFunction cutoff;
        private final TreeMap<Integer, Functions> functions = new TreeMap<>();

        private Builder(String name, double rc) {
            this.name = name;
            this.cutoff = new CutoffFunction(rc);
        }

        /** An element that has functions of its own, perhaps none. */
        public Builder element(int atomicNumber) {
            RadialSymmetryFunction.requireAtomicNumber(atomicNumber);
            functions.computeIfAbsent(
                    atomicNumber, z -> new Functions(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
            return this;
        }

        /** One more radial function of a central element. */
        public Builder radial(int central, RadialSymmetryFunction function) {
            element(central);
            functions.get(central).radial.add(function);
            return this;
        }

        /** One more angular function of a central element. */
        public Builder angular(int central, AngularSymmetryFunction function) {
            element(central);
            functions.get(central).angular.add(function);
            return this;
        }

        /** One more four-body function of a central element. */
        public Builder fourBody(int central, FourBodySymmetryFunction function) {
            element(central);
            functions.get(central).fourBody.add(function);
            return this;
        }

        /** The descriptor; every neighbour named by a function must be an element of its own. */
        public Descriptor build() {
            if (functions.isEmpty()) {
                throw new IllegalArgumentException("a descriptor needs at least one element");
            }
            TreeMap<Integer, Functions> copies = new TreeMap<>();
            functions.forEach((z, f) -> {
                for (RadialSymmetryFunction r : f.radial) {
                    requireKnown(z, r.neighbour());
                }
                for (AngularSymmetryFunction a : f.angular) {
                    requireKnown(z, a.neighbour1());
                    requireKnown(z, a.neighbour2());
                }
                for (FourBodySymmetryFunction four : f.fourBody) {
                    requireKnown(z, four.neighbour());
                }
                copies.put(z, new Functions(List.copyOf(f.radial), List.copyOf(f.angular), List.copyOf(f.fourBody)));
            });
            return new Descriptor(name, cutoff, copies);
        }

        private void requireKnown(int central, int neighbour) {
            if (!functions.containsKey(neighbour)) {
                throw new IllegalArgumentException("a function of " + Elements.symbol(central) + " counts "
                        + Elements.symbol(neighbour) + " neighbours, which the descriptor does not describe; elements: "
                        + symbols(functions));
            }
        }
    }

    /**
     * The default set {@code behler2011-26}: for each neighbour element 8 radial functions with rs = 0, for each unordered pair
     * of neighbour elements 18 wide angular functions (zeta 1, 2, 4; within it lambda -1, +1; within it three eta); rc = 6
     * angstrom. The parameters are those of the set that aenet documents as Behler's of 2011; that the gold paper used it is an
     * inference.
     *
     * @param atomicNumbers the elements, in any order
     */
    public static Descriptor behler2011(int... atomicNumbers) {
        return behler(builder(BEHLER, 6.0), atomicNumbers).build();
    }

    /**
     * The set {@code four-body-41}: the functions of {@code behler2011-26} and, for each neighbour element and each of the three
     * angular eta, the five four-body functions; rc = 8 angstrom. They are made of the same moments, so that it costs little more
     * for each pair of atoms; the larger cutoff takes in more pairs.
     *
     * @param atomicNumbers the elements, in any order
     */
    public static Descriptor fourBody41(int... atomicNumbers) {
        Builder builder = behler(builder(FOUR_BODY, 8.0), atomicNumbers);
        int[] elements = Arrays.stream(atomicNumbers).sorted().distinct().toArray();
        for (int central : elements) {
            for (int neighbour : elements) {
                for (double eta : BEHLER_ANGULAR_ETA) {
                    for (int[] e : FourBodySums.EXPONENTS) {
                        builder.fourBody(central, new FourBodySymmetryFunction(neighbour, eta, e[0], e[1], e[2]));
                    }
                }
            }
        }
        return builder.build();
    }

    private static Builder behler(Builder builder, int[] atomicNumbers) {
        int[] elements = Arrays.stream(atomicNumbers).sorted().distinct().toArray();
        for (int central : elements) {
            for (int neighbour : elements) {
                for (double eta : BEHLER_RADIAL_ETA) {
                    builder.radial(central, new RadialSymmetryFunction(neighbour, eta, 0));
                }
            }
            for (int a = 0; a < elements.length; a++) {
                for (int b = a; b < elements.length; b++) {
                    for (double zeta : new double[] {1, 2, 4}) {
                        for (double lambda : new double[] {-1, 1}) {
                            for (double eta : BEHLER_ANGULAR_ETA) {
                                builder.angular(
                                        central,
                                        new AngularSymmetryFunction(
                                                AngularSymmetryFunction.Form.WIDE,
                                                elements[a],
                                                elements[b],
                                                eta,
                                                lambda,
                                                zeta));
                            }
                        }
                    }
                }
            }
        }
        return builder;
    }

    /** The names that {@link #named} knows. */
    public static List<String> names() {
        return List.of(BEHLER, FOUR_BODY);
    }

    /** A set by its name, for these elements. */
    public static Descriptor named(String name, int... atomicNumbers) {
        if (name.equals(BEHLER)) {
            return behler2011(atomicNumbers);
        }
        if (name.equals(FOUR_BODY)) {
            return fourBody41(atomicNumbers);
        }
        throw new IllegalArgumentException(
                "illegal descriptor name: " + name + ", must be one of " + String.join(", ", names()));
    }

    /** What the set is called. */
    public String name() {
        return name;
    }

    /** Common cutoff function of all functions. */
    public CutoffFunction cutoff() {
        return cutoff;
    }

    /** Cutoff radius in angstrom. */
    public double rc() {
        return cutoff.rc();
    }

    /** Atomic numbers of the elements described, ascending. */
    public int[] elements() {
        return functions.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Whether atoms of this element are described. */
    public boolean knows(int atomicNumber) {
        return functions.containsKey(atomicNumber);
    }

    /** Number of functions of an atom of this element. */
    public int count(int atomicNumber) {
        Functions f = require(atomicNumber);
        return f.radial.size() + f.angular.size() + f.fourBody.size();
    }

    /** Radial functions of an element. */
    public List<RadialSymmetryFunction> radial(int atomicNumber) {
        return require(atomicNumber).radial;
    }

    /** Angular functions of an element. */
    public List<AngularSymmetryFunction> angular(int atomicNumber) {
        return require(atomicNumber).angular;
    }

    /** Four-body functions of an element. */
    public List<FourBodySymmetryFunction> fourBody(int atomicNumber) {
        return require(atomicNumber).fourBody;
    }

    private Functions require(int atomicNumber) {
        Functions f = functions.get(atomicNumber);
        if (f == null) {
            throw unknown(atomicNumber);
        }
        return f;
    }

    InputException unknown(int atomicNumber) {
        return new InputException("the descriptor does not know the element " + Elements.symbol(atomicNumber)
                + "; it knows " + symbols(functions));
    }

    private static String symbols(TreeMap<Integer, Functions> functions) {
        return String.join(
                ", ", functions.keySet().stream().map(Elements::symbol).toList());
    }

    /** Something to compute the functions with; one per thread. */
    public DescriptorCalculator calculator() {
        return new DescriptorCalculator(this);
    }

    /** Running sums for structures that change one atom at a time; see {@link AtomSums}. */
    public AtomSums atomSums() {
        return new AtomSums(this);
    }

    DescriptorPlan plan() {
        return plan;
    }

    /** Reads a descriptor from a JSON file; see {@code docs/potential-format.md}. */
    public static Descriptor read(Path file) {
        try {
            return fromJson(new ObjectMapper().readTree(Files.readString(file)));
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw InputException.at(file, line, "not JSON: " + e.getOriginalMessage());
        } catch (InputException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** The descriptor as JSON; see {@code docs/potential-format.md}. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("version", VERSION);
        json.put("name", name);
        json.put("rc", rc());
        ArrayNode elements = json.putArray("elements");
        functions.forEach((z, f) -> {
            ObjectNode element = elements.addObject();
            element.put("element", Elements.symbol(z));
            ArrayNode radial = element.putArray("radial");
            for (RadialSymmetryFunction r : f.radial) {
                ObjectNode node = radial.addObject();
                node.put("neighbour", Elements.symbol(r.neighbour()));
                node.put("eta", r.eta());
                node.put("rs", r.rs());
            }
            ArrayNode angular = element.putArray("angular");
            for (AngularSymmetryFunction a : f.angular) {
                ObjectNode node = angular.addObject();
                node.put("form", a.form().name().toLowerCase(Locale.ROOT));
                ArrayNode pair = node.putArray("neighbours");
                pair.add(Elements.symbol(a.neighbour1()));
                pair.add(Elements.symbol(a.neighbour2()));
                node.put("eta", a.eta());
                node.put("lambda", a.lambda());
                node.put("zeta", a.zeta());
            }
            if (!f.fourBody.isEmpty()) {
                ArrayNode fourBody = element.putArray("four_body");
                for (FourBodySymmetryFunction b : f.fourBody) {
                    ObjectNode node = fourBody.addObject();
                    node.put("neighbour", Elements.symbol(b.neighbour()));
                    node.put("eta", b.eta());
                    node.putArray("exponents").add(b.p()).add(b.q()).add(b.r());
                }
            }
        });
        return json;
    }

    /**
     * The descriptor that {@link #toJson} wrote.
     *
     * @throws InputException naming the field, when it is not one
     */
    public static Descriptor fromJson(JsonNode json) {
        JsonFields root = JsonFields.of(json, "descriptor");
        root.requireFormat(FORMAT, VERSION);
        String field = "rc";
        try {
            Builder builder = builder(root.text("name"), root.number("rc"));
            int number = 0;
            for (JsonFields element : root.objects("elements")) {
                field = "elements[" + number++ + "]";
                int central = element.element("element");
                if (builder.functions.containsKey(central)) {
                    throw element.wrong("element", "is there twice: " + Elements.symbol(central));
                }
                builder.element(central);
                for (JsonFields r : element.objects("radial")) {
                    field = r.path();
                    builder.radial(
                            central,
                            new RadialSymmetryFunction(r.element("neighbour"), r.number("eta"), r.number("rs")));
                }
                for (JsonFields a : element.objects("angular")) {
                    field = a.path();
                    List<String> pair = a.texts("neighbours");
                    if (pair.size() != 2) {
                        throw a.wrong("neighbours", "needs two elements, not " + pair.size());
                    }
                    int first = a.element("neighbours", pair.get(0));
                    int second = a.element("neighbours", pair.get(1));
                    builder.angular(
                            central,
                            new AngularSymmetryFunction(
                                    form(a),
                                    Math.min(first, second),
                                    Math.max(first, second),
                                    a.number("eta"),
                                    a.number("lambda"),
                                    a.number("zeta")));
                }
                if (element.has("four_body")) {
                    for (JsonFields b : element.objects("four_body")) {
                        field = b.path();
                        double[] e = b.numbers("exponents");
                        if (e.length != 3 || e[0] != (int) e[0] || e[1] != (int) e[1] || e[2] != (int) e[2]) {
                            throw b.wrong("exponents", "needs three whole numbers");
                        }
                        builder.fourBody(
                                central,
                                new FourBodySymmetryFunction(
                                        b.element("neighbour"), b.number("eta"), (int) e[0], (int) e[1], (int) e[2]));
                    }
                }
            }
            field = "elements";
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new InputException("descriptor, field " + field + ": " + e.getMessage(), e);
        }
    }

    private static AngularSymmetryFunction.Form form(JsonFields fields) {
        String text = fields.text("form");
        return switch (text) {
            case "wide" -> AngularSymmetryFunction.Form.WIDE;
            case "narrow" -> AngularSymmetryFunction.Form.NARROW;
            default -> throw fields.wrong("form", "must be wide or narrow, not " + text);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Descriptor d
                && name.equals(d.name)
                && cutoff.equals(d.cutoff)
                && functions.equals(d.functions);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + cutoff.hashCode()) + functions.hashCode();
    }

    @Override
    public String toString() {
        return "Descriptor " + name + " rc " + rc() + " of " + symbols(functions);
    }
}
