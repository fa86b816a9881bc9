package cupel.potential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cupel.descriptor.AtomSums;
import cupel.descriptor.Descriptor;
import cupel.descriptor.Workers;
import cupel.network.Network;
import cupel.structure.AtomicFile;
import cupel.structure.Cell;
import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.JsonFields;
import cupel.structure.Structure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A neural-network potential after Behler and Parrinello, Phys. Rev. Lett. 98, 146401 (2007): the energy is a sum over atoms,
 * each given by the network of its element from its standardised symmetry functions; see {@link ElementPotential}.
 *
 * <p>Immutable, and may be shared between threads. Besides the networks that give the energy it may carry a committee:
 * alternative networks with the same layers, descriptor, scaling and offsets, whose disagreement tells where it is unsure.
 *
 * <p>An element that the potential does not know is an {@link InputException} that names it. Nothing else about a structure
 * is: the energy of an untrained or broken potential may be NaN.
 */
public final class Potential implements EnergyModel {

    private static final String FORMAT = "cupel-potential";
    private static final int VERSION = 1;
    /** Structures above this size are shared between threads atom by atom, not as a whole. */
    private static final int LARGE = 10_000;

    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    /** The places of the atoms of the structure whose energy is written for readers to check themselves by. */
    private static final double[] CHECK_POSITIONS = {
        0.0, 0.0, 0.0, 2.7, 0.1, -0.2, 1.2, 2.4, 0.3, 0.9, 1.1, 2.6, -1.8, 1.7, 1.1, -0.6, -2.5, 1.3
    };

    private final Descriptor descriptor;
    private final TreeMap<Integer, ElementPotential> elements = new TreeMap<>();
    private final double pairing;
    private final List<Map<Integer, Network>> committee;
    private final ObjectNode provenance;
    /** One set of buffers per thread. They hold no state between calls, so results do not depend on threads. */
    private final ThreadLocal<PotentialEvaluator> evaluators;

    /**
     * A potential without committee and provenance.
     *
     * @param elements one for each element of the descriptor
     */
    public Potential(Descriptor descriptor, List<ElementPotential> elements) {
        this(descriptor, elements, 0, List.of(), JsonNodeFactory.instance.objectNode());
    }

    private Potential(
            Descriptor descriptor,
            List<ElementPotential> elements,
            double pairing,
            List<Map<Integer, Network>> committee,
            ObjectNode provenance) {
        this.descriptor = descriptor;
        if (!Double.isFinite(pairing)) {
            throw new IllegalArgumentException("illegal pairing energy: " + pairing + ", must be finite");
        }
        this.pairing = pairing;
        for (ElementPotential e : elements) {
            if (!descriptor.knows(e.atomicNumber())) {
                throw new IllegalArgumentException("illegal element: " + Elements.symbol(e.atomicNumber())
                        + ", must be one that the descriptor knows");
            }
            if (e.network().inputs() != descriptor.count(e.atomicNumber())) {
                throw new IllegalArgumentException("illegal network of " + Elements.symbol(e.atomicNumber()) + ": "
                        + e.network().inputs() + " inputs, but the descriptor has "
                        + descriptor.count(e.atomicNumber()) + " functions");
            }
            if (this.elements.put(e.atomicNumber(), e) != null) {
                throw new IllegalArgumentException(
                        "illegal elements: " + Elements.symbol(e.atomicNumber()) + " is there twice");
            }
        }
        for (int z : descriptor.elements()) {
            if (!this.elements.containsKey(z)) {
                throw new IllegalArgumentException(
                        "illegal elements: " + Elements.symbol(z) + " of the descriptor is missing");
            }
        }
        List<Map<Integer, Network>> copies = new ArrayList<>();
        for (Map<Integer, Network> member : committee) {
            if (!member.keySet().equals(this.elements.keySet())) {
                throw new IllegalArgumentException("illegal committee member " + copies.size()
                        + ": must have one network for each element of the descriptor");
            }
            member.forEach((z, network) -> {
                if (network.inputs() != descriptor.count(z)) {
                    throw new IllegalArgumentException("illegal committee network of " + Elements.symbol(z) + ": "
                            + network.inputs() + " inputs, but the descriptor has " + descriptor.count(z)
                            + " functions");
                }
            });
            copies.add(new TreeMap<>(member));
        }
        this.committee = List.copyOf(copies);
        this.provenance = provenance;
        this.evaluators = ThreadLocal.withInitial(() -> new PotentialEvaluator(this));
    }

    /** The same potential with other networks, one for each element by atomic number. */
    public Potential withNetworks(Map<Integer, Network> networks) {
        List<ElementPotential> changed = new ArrayList<>();
        for (ElementPotential e : elements.values()) {
            Network network = networks.get(e.atomicNumber());
            if (network == null) {
                throw new IllegalArgumentException("illegal networks: none for " + Elements.symbol(e.atomicNumber()));
            }
            changed.add(e.withNetwork(network));
        }
        return new Potential(descriptor, changed, pairing, committee, provenance);
    }

    /** The same potential with this committee: for each member the networks by atomic number. */
    public Potential withCommittee(List<Map<Integer, Network>> members) {
        return new Potential(descriptor, List.copyOf(elements.values()), pairing, members, provenance);
    }

    /** The same potential with these notes on where it came from: text, numbers, truth values, lists, maps. */
    public Potential withProvenance(Map<String, Object> notes) {
        return new Potential(
                descriptor, List.copyOf(elements.values()), pairing, committee, new ObjectMapper().valueToTree(notes));
    }

    /**
     * The same potential with this pairing energy, in eV: what a cluster with an odd number of electrons lies above, and one with
     * an even number below, the sum over its atoms. It has no forces and no place among the atoms: one electron more or less,
     * wherever it is, leaves the highest orbital half empty or full. Structures that are periodic in any direction are without.
     */
    public Potential withPairing(double energy) {
        return new Potential(descriptor, List.copyOf(elements.values()), energy, committee, provenance);
    }

    /** The pairing energy in eV; 0 for none. */
    public double pairing() {
        return pairing;
    }

    /** What pairing adds to the energy of a structure, in eV: plus the pairing energy, minus it, or 0. */
    public double pairing(Structure structure) {
        return pairing == 0 ? 0 : pairing * pairingSign(structure);
    }

    /** With which sign a structure has a pairing energy: 1 with an odd number of electrons, −1 with an even one, 0 if it is periodic. */
    public static int pairingSign(Structure structure) {
        if (structure.cell().isPeriodic()) {
            return 0;
        }
        int electrons = 0;
        for (int i = 0; i < structure.size(); i++) {
            electrons += structure.atomicNumber(i);
        }
        return (electrons & 1) == 1 ? 1 : -1;
    }

    /** The symmetry functions. */
    public Descriptor descriptor() {
        return descriptor;
    }

    /** The elements, ascending by atomic number. */
    public List<ElementPotential> elements() {
        return List.copyOf(elements.values());
    }

    /** One element; an {@link InputException} naming it when the potential does not know it. */
    public ElementPotential element(int atomicNumber) {
        ElementPotential e = elements.get(atomicNumber);
        if (e == null) {
            throw new InputException("the potential does not know the element " + Elements.symbol(atomicNumber)
                    + "; it knows "
                    + String.join(
                            ", ",
                            elements.keySet().stream().map(Elements::symbol).toList()));
        }
        return e;
    }

    /** Notes on where the potential came from; a copy. */
    public Map<String, Object> provenance() {
        return new ObjectMapper().convertValue(provenance, MAP);
    }

    /** Number of alternative sets of networks; may be 0. */
    public int committeeSize() {
        return committee.size();
    }

    /** The potential that one member of the committee makes, without a committee of its own. */
    public Potential committeeMember(int member) {
        return new Potential(descriptor, List.copyOf(elements.values()), pairing, List.of(), provenance)
                .withNetworks(committee.get(member));
    }

    /** The networks of the committee, by atomic number. */
    public List<Map<Integer, Network>> committee() {
        return committee;
    }

    @Override
    public double energy(Structure structure) {
        return evaluators.get().energy(structure);
    }

    @Override
    public Evaluation evaluate(Structure structure) {
        return evaluators.get().evaluate(structure);
    }

    /**
     * Energy, forces and stress of many structures on several threads: small ones are shared between the threads, the atoms of large
     * ones are. The same bits as one by one on one thread.
     */
    public List<Evaluation> evaluate(List<Structure> structures, int threads) {
        Evaluation[] evaluations = new Evaluation[structures.size()];
        Workers.run(threads, evaluations.length, () -> s -> {
            Structure structure = structures.get(s);
            evaluations[s] = structure.size() <= LARGE ? evaluate(structure) : null;
        });
        for (int s = 0; s < evaluations.length; s++) {
            if (evaluations[s] == null) {
                evaluations[s] = evaluators.get().evaluate(structures.get(s), threads);
            }
        }
        return List.of(evaluations);
    }

    /** Energy of each atom in eV, offset included; what {@link #pairing(Structure)} adds to their sum belongs to no atom. */
    public double[] atomicEnergies(Structure structure) {
        return evaluators.get().atomicEnergies(structure);
    }

    /**
     * A state whose trial moves touch only the atoms near the moved one, where the descriptor allows it (all angular functions
     * wide with zeta 1 to 4) and the cell is either none or at least two cutoffs high in each periodic direction; otherwise one
     * that recomputes.
     */
    @Override
    public TrialState trialState(Structure structure) {
        if (AtomSums.supports(descriptor, structure.cell())) {
            return new IncrementalTrialState(this, structure);
        }
        return EnergyModel.super.trialState(structure);
    }

    /** The potential as JSON; see {@code docs/potential-format.md}. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("version", VERSION);
        ObjectNode units = json.putObject("units");
        units.put("length", "angstrom");
        units.put("energy", "eV");
        json.set("provenance", provenance.deepCopy());
        json.set("descriptor", descriptor.toJson());
        ArrayNode list = json.putArray("elements");
        for (ElementPotential e : elements.values()) {
            ObjectNode node = list.addObject();
            node.put("element", Elements.symbol(e.atomicNumber()));
            node.put("offset", e.offset());
            put(node.putArray("shift"), e.shift());
            put(node.putArray("scale"), e.scale());
            node.set("network", e.network().toJson());
        }
        if (pairing != 0) {
            json.put("pairing", pairing);
        }
        ArrayNode members = json.putArray("committee");
        for (Map<Integer, Network> member : committee) {
            ObjectNode node = members.addObject();
            member.forEach((z, network) -> node.set(Elements.symbol(z), network.toJson()));
        }
        Structure probe = checkStructure();
        ObjectNode check = json.putObject("check");
        ArrayNode symbols = check.putArray("elements");
        for (int z : probe.atomicNumbers()) {
            symbols.add(Elements.symbol(z));
        }
        put(check.putArray("positions"), probe.positions());
        check.put("energy", energy(probe));
        return json;
    }

    private static void put(ArrayNode array, double[] numbers) {
        for (double number : numbers) {
            array.add(number);
        }
    }

    private Structure checkStructure() {
        int[] known = descriptor.elements();
        int[] numbers = new int[CHECK_POSITIONS.length / 3];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = known[i % known.length];
        }
        return Structure.of(numbers, CHECK_POSITIONS, Cell.NONE);
    }

    /**
     * Writes the potential, whole or not at all. The text is first read back, and must give the same potential bit by bit.
     *
     * @throws InputException when it cannot be written, or has a weight that is not a finite number
     */
    public void write(Path file) {
        elements.forEach((z, e) -> requireFinite(file, e.network(), "network of " + Elements.symbol(z)));
        for (int m = 0; m < committee.size(); m++) {
            int member = m;
            committee
                    .get(m)
                    .forEach((z, network) -> requireFinite(
                            file, network, "network of " + Elements.symbol(z) + " in committee member " + member));
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        String text;
        Potential back;
        try {
            text = new ObjectMapper().writer(printer).writeValueAsString(toJson()) + "\n";
            back = fromJson(JsonFields.of(new ObjectMapper().readTree(text), "potential"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a potential that was written is not JSON", e);
        }
        if (!back.sameModel(this)) {
            throw new IllegalStateException(file + ": not written: reading it back gives another potential");
        }
        AtomicFile.write(file, text);
    }

    private static void requireFinite(Path file, Network network, String name) {
        double[] parameters = network.parameters();
        for (int k = 0; k < parameters.length; k++) {
            if (!Double.isFinite(parameters[k])) {
                throw new InputException(file + ": not written: parameter " + k + " of the " + name + " is "
                        + parameters[k] + ", must be finite");
            }
        }
    }

    /** Whether descriptor, elements and committee are the same, bit by bit. */
    boolean sameModel(Potential other) {
        return descriptor.equals(other.descriptor)
                && elements.equals(other.elements)
                && Double.compare(pairing, other.pairing) == 0
                && committee.equals(other.committee);
    }

    /**
     * Reads a potential.
     *
     * @throws InputException naming the file and the field when it is not one
     */
    public static Potential read(Path file) {
        try {
            return fromJson(JsonFields.of(new ObjectMapper().readTree(Files.readString(file)), "potential"));
        } catch (JsonProcessingException e) {
            long line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw InputException.at(file, line, "not JSON: " + e.getOriginalMessage());
        } catch (NoSuchFileException e) {
            throw new InputException(file + ": no such potential file", e);
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
        } catch (InputException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    private static Potential fromJson(JsonFields json) {
        json.requireFormat(FORMAT, VERSION);
        JsonFields units = json.object("units");
        requireUnit(units, "length", "angstrom");
        requireUnit(units, "energy", "eV");
        Descriptor descriptor = Descriptor.fromJson(json.object("descriptor").node());
        List<ElementPotential> elements = new ArrayList<>();
        for (JsonFields e : json.objects("elements")) {
            int z = e.element("element");
            if (!descriptor.knows(z)) {
                throw e.wrong("element", "is " + Elements.symbol(z) + ", which the descriptor does not know");
            }
            try {
                elements.add(new ElementPotential(
                        z,
                        e.number("offset"),
                        e.numbers("shift"),
                        e.numbers("scale"),
                        Network.fromJson(e.object("network"))));
            } catch (IllegalArgumentException wrong) {
                throw new InputException("field " + e.path() + ": " + wrong.getMessage(), wrong);
            }
        }
        List<Map<Integer, Network>> committee = new ArrayList<>();
        if (json.has("committee")) {
            for (JsonFields member : json.objects("committee")) {
                Map<Integer, Network> networks = new TreeMap<>();
                member.node()
                        .fieldNames()
                        .forEachRemaining(symbol ->
                                networks.put(member.element(symbol, symbol), Network.fromJson(member.object(symbol))));
                committee.add(networks);
            }
        }
        ObjectNode provenance = json.has("provenance")
                ? (ObjectNode) json.object("provenance").node()
                : JsonNodeFactory.instance.objectNode();
        Potential potential;
        try {
            potential = new Potential(
                    descriptor, elements, json.has("pairing") ? json.number("pairing") : 0, committee, provenance);
        } catch (IllegalArgumentException e) {
            throw new InputException("field " + json.path() + ": " + e.getMessage(), e);
        }
        if (json.has("check")) {
            check(potential, json.object("check"));
        }
        return potential;
    }

    private static void requireUnit(JsonFields units, String quantity, String unit) {
        String found = units.text(quantity);
        if (!found.equals(unit)) {
            throw units.wrong(quantity, "must be " + unit + ", not " + found);
        }
    }

    /** Whoever wrote the file says what energy one structure has: what was read must give the same. */
    private static void check(Potential potential, JsonFields check) {
        List<String> symbols = check.texts("elements");
        int[] numbers = new int[symbols.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = check.element("elements", symbols.get(i));
        }
        Structure structure;
        try {
            structure = Structure.of(numbers, check.numbers("positions"), Cell.NONE);
        } catch (IllegalArgumentException e) {
            throw check.wrong("positions", e.getMessage());
        }
        double written = check.number("energy");
        double computed = potential.energy(structure);
        if (!(Math.abs(computed - written) <= 1e-9 * Math.max(1, Math.abs(written)))) {
            throw check.wrong(
                    "energy",
                    "is " + written + ", but the potential gives " + computed
                            + " for that structure: the file was changed, or written by a program that computes differently");
        }
    }
}
