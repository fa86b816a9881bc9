package cupel.training;

import cupel.descriptor.Descriptor;
import cupel.network.Network;
import cupel.potential.ElementPotential;
import cupel.potential.Potential;
import cupel.structure.Elements;
import cupel.structure.InputException;
import cupel.structure.Structure;
import cupel.training.TrainingResult.CurvePoint;
import cupel.training.TrainingResult.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Trains a potential on a pool of labelled structures.
 *
 * <p>K networks (each a set of one network per element) are trained, each with its own fold of the pool held out; the best of
 * them is the potential, all K are its committee. With an initial potential every member goes on from its predecessor; it
 * is never left worse, by its own measure, than it was. What is minimised, and how, is in {@link TrainingSettings} and in
 * {@code docs/theory.md}.
 *
 * <p>The result depends on the pool, the settings, the seed and the initial potential, and not on the number of threads.
 */
public final class Trainer {

    private Trainer() {}

    /**
     * Trains.
     *
     * @param pool labelled structures in any number, at least one that is not an isolated atom. A single atom that is not periodic
     *     gives the offset E0 of its element
     * @param seed of initial weights, batches and force components
     * @param threads at least 1; members are trained side by side
     * @param initial what to go on from, or null to begin at random
     * @throws InputException when the pool cannot be trained on
     */
    public static TrainingResult train(
            List<Structure> pool, TrainingSettings settings, long seed, int threads, Potential initial) {
        if (threads < 1) {
            throw new IllegalArgumentException("illegal number of threads: " + threads + ", must be at least 1");
        }
        requireLabels(pool, settings);
        List<Structure> structures = AtomicEnergies.withoutIsolatedAtoms(pool);
        if (structures.isEmpty()) {
            throw new InputException("the pool has no structure to train on"
                    + (pool.isEmpty() ? "" : ", only isolated atoms") + ": at least one is needed");
        }
        Descriptor descriptor = descriptor(pool, settings, initial);
        int[] elements = descriptor.elements();
        int[][] layers = layers(descriptor, settings);
        if (initial != null) {
            requireSameLayers(initial, layers);
        }
        double pairing = settings.pairing() ? PairingEnergy.fit(structures, descriptor) : 0;
        structures = PairingEnergy.without(pairing, structures);
        Map<Integer, AtomicEnergies.Source> sources = new TreeMap<>();
        Map<Integer, Double> atomicEnergies = atomicEnergies(pool, structures, elements, initial, sources);

        CommitteeTraining training = new CommitteeTraining(
                structures, settings, descriptor, elements, layers, atomicEnergies, seed, threads);
        CommitteeTraining.Trained trained =
                training.train(initial == null ? null : initial(initial), random -> randomNetworks(layers, random));
        return result(structures, settings, seed, descriptor, layers, atomicEnergies, pairing, sources, trained);
    }

    private static void requireLabels(List<Structure> pool, TrainingSettings settings) {
        Object level = null;
        boolean forces = false;
        for (int s = 0; s < pool.size(); s++) {
            Structure structure = pool.get(s);
            if (structure.size() == 0) {
                throw new InputException("structure " + (s + 1) + " of the pool" + name(structure) + " has no atoms");
            }
            if (structure.label() == null) {
                throw new InputException("structure " + (s + 1) + " of the pool" + name(structure)
                        + " has no energy: every structure of the pool must be labelled (REF_energy)");
            }
            forces |= structure.label().forces() != null && !AtomicEnergies.isIsolatedAtom(structure);
            Object own = structure.info().get("level");
            if (own != null) {
                if (level != null && !level.equals(own)) {
                    throw new InputException("structure " + (s + 1) + " of the pool" + name(structure)
                            + " was labelled at the level " + own + ", those before it at " + level
                            + ": levels of theory must not be mixed in a pool");
                }
                level = own;
            }
        }
        if (settings.target() == TrainingSettings.Target.ENERGY_AND_FORCES && !forces && !pool.isEmpty()) {
            throw new InputException(
                    "no structure of the pool has forces (REF_forces): train on energies alone, or label forces");
        }
    }

    private static String name(Structure structure) {
        Object sid = structure.info().get("sid");
        return sid == null ? "" : " (" + sid + ")";
    }

    private static Descriptor descriptor(List<Structure> pool, TrainingSettings settings, Potential initial) {
        TreeSet<Integer> present = new TreeSet<>();
        for (Structure structure : pool) {
            for (int z : structure.atomicNumbers()) {
                present.add(z);
            }
        }
        Descriptor descriptor = settings.descriptor();
        if (descriptor == null) {
            descriptor = initial != null
                    ? initial.descriptor()
                    : Descriptor.behler2011(
                            present.stream().mapToInt(Integer::intValue).toArray());
        } else if (initial != null && !initial.descriptor().equals(descriptor)) {
            throw new InputException("the initial potential has other symmetry functions ("
                    + initial.descriptor().name() + ") than those asked for (" + descriptor.name()
                    + "): leave out one or the other");
        }
        for (int z : present) {
            if (!descriptor.knows(z)) {
                throw new InputException("the pool has " + Elements.symbol(z) + ", which "
                        + (initial != null ? "the initial potential" : "the descriptor " + descriptor.name())
                        + " does not know: "
                        + (initial != null ? "train without an initial potential" : "add symmetry functions for it"));
            }
        }
        return descriptor;
    }

    private static int[][] layers(Descriptor descriptor, TrainingSettings settings) {
        int[] hidden = settings.hiddenLayers();
        int[] elements = descriptor.elements();
        int[][] layers = new int[elements.length][hidden.length + 2];
        for (int e = 0; e < elements.length; e++) {
            layers[e][0] = descriptor.count(elements[e]);
            System.arraycopy(hidden, 0, layers[e], 1, hidden.length);
            layers[e][hidden.length + 1] = 1;
        }
        return layers;
    }

    private static void requireSameLayers(Potential initial, int[][] layers) {
        List<Map<Integer, Network>> members = new ArrayList<>(initial.committee());
        if (members.isEmpty()) {
            members.add(networks(initial)); // with a committee it may be the mean of that, and wider
        }
        for (Map<Integer, Network> member : members) {
            int e = 0;
            for (Network network : member.values()) {
                if (!java.util.Arrays.equals(network.layers(), layers[e])) {
                    throw new InputException("the initial potential has layers "
                            + java.util.Arrays.toString(network.layers()) + " where "
                            + java.util.Arrays.toString(layers[e])
                            + " are asked for: ask for the same hidden layers, or train without an initial potential");
                }
                e++;
            }
        }
    }

    private static Map<Integer, Double> atomicEnergies(
            List<Structure> pool,
            List<Structure> structures,
            int[] elements,
            Potential initial,
            Map<Integer, AtomicEnergies.Source> sources) {
        TreeMap<Integer, Double> known = AtomicEnergies.fromIsolatedAtoms(pool);
        known.keySet().forEach(z -> sources.put(z, AtomicEnergies.Source.ISOLATED_ATOM));
        List<Integer> unknown = new ArrayList<>();
        for (int z : elements) {
            if (!known.containsKey(z)) {
                if (initial != null) {
                    known.put(z, initial.element(z).offset());
                    sources.put(z, AtomicEnergies.Source.INITIAL);
                } else {
                    unknown.add(z);
                    sources.put(z, AtomicEnergies.Source.COMPOSITION);
                }
            }
        }
        known.putAll(AtomicEnergies.fit(structures, Map.copyOf(known), unknown));
        return known;
    }

    private static Map<Integer, Network> networks(Potential potential) {
        Map<Integer, Network> networks = new TreeMap<>();
        for (ElementPotential e : potential.elements()) {
            networks.put(e.atomicNumber(), e.network());
        }
        return networks;
    }

    private static CommitteeTraining.Initial initial(Potential potential) {
        List<ElementPotential> elements = potential.elements();
        Scaling[] scalings = new Scaling[elements.size()];
        Map<Integer, Double> offsets = new TreeMap<>();
        for (int e = 0; e < scalings.length; e++) {
            scalings[e] = new Scaling(elements.get(e).shift(), elements.get(e).scale());
            offsets.put(elements.get(e).atomicNumber(), elements.get(e).offset());
        }
        List<Map<Integer, Network>> members =
                potential.committeeSize() == 0 ? List.of(networks(potential)) : potential.committee();
        double[][] parameters = new double[members.size()][];
        for (int m = 0; m < parameters.length; m++) {
            parameters[m] = joined(members.get(m).values());
        }
        return new CommitteeTraining.Initial(scalings, offsets, parameters);
    }

    private static double[] joined(Iterable<Network> networks) {
        double[] all = {};
        for (Network network : networks) {
            double[] own = network.parameters();
            int at = all.length;
            all = java.util.Arrays.copyOf(all, at + own.length);
            System.arraycopy(own, 0, all, at, own.length);
        }
        return all;
    }

    private static double[] randomNetworks(int[][] layers, UniformRandomProvider random) {
        List<Network> networks = new ArrayList<>();
        for (int[] layer : layers) {
            networks.add(Network.random(layer, random));
        }
        return joined(networks);
    }

    private static TrainingResult result(
            List<Structure> structures,
            TrainingSettings settings,
            long seed,
            Descriptor descriptor,
            int[][] layers,
            Map<Integer, Double> atomicEnergies,
            double pairing,
            Map<Integer, AtomicEnergies.Source> sources,
            CommitteeTraining.Trained trained) {
        int[] elements = descriptor.elements();
        List<Map<Integer, Network>> committee = new ArrayList<>();
        for (double[] parameters : trained.members()) {
            Map<Integer, Network> networks = new TreeMap<>();
            int at = 0;
            for (int e = 0; e < elements.length; e++) {
                int count = Network.parameterCount(layers[e]);
                networks.put(
                        elements[e], Network.of(layers[e], java.util.Arrays.copyOfRange(parameters, at, at + count)));
                at += count;
            }
            committee.add(networks);
        }
        List<ElementPotential> first = new ArrayList<>();
        for (int e = 0; e < elements.length; e++) {
            Scaling scaling = trained.scalings()[e];
            first.add(new ElementPotential(
                    elements[e],
                    atomicEnergies.get(elements[e]),
                    scaling.shift(),
                    scaling.scale(),
                    committee.get(0).get(elements[e])));
        }
        List<Member> members = new ArrayList<>();
        List<CurvePoint> curve = new ArrayList<>();
        for (int k = 0; k < committee.size(); k++) {
            MemberTraining.Outcome outcome = trained.outcomes().get(k);
            Fit.Errors heldOut = outcome.heldOut();
            members.add(new Member(
                    k,
                    trained.starts().get(k),
                    outcome.epochs(),
                    outcome.bestEpoch(),
                    trained.heldOut()[k],
                    outcome.train().energyRmse(),
                    heldOut == null ? Double.NaN : heldOut.energyRmse(),
                    outcome.train().forceRmse(),
                    heldOut == null ? Double.NaN : heldOut.forceRmse(),
                    outcome.reason()));
            curve.addAll(outcome.curve());
        }
        Potential candidates =
                new Potential(descriptor, first).withPairing(pairing).withCommittee(committee);
        int best = BestMember.of(candidates, structures, settings, trained.poolCosts());
        Potential potential = candidates
                .withNetworks(settings.mean() ? mean(committee) : committee.get(best))
                .withProvenance(provenance(structures, settings, seed, sources, members, best));
        return new TrainingResult(potential, best, members, curve, structures.size());
    }

    private static Map<Integer, Network> mean(List<Map<Integer, Network>> committee) {
        Map<Integer, Network> mean = new TreeMap<>();
        for (int z : committee.get(0).keySet()) {
            mean.put(z, MeanNetwork.of(committee.stream().map(m -> m.get(z)).toList()));
        }
        return mean;
    }

    private static Map<String, Object> provenance(
            List<Structure> structures,
            TrainingSettings settings,
            long seed,
            Map<Integer, AtomicEnergies.Source> sources,
            List<Member> members,
            int best) {
        Map<String, Object> notes = new LinkedHashMap<>();
        notes.put("structures", structures.size());
        for (Structure structure : structures) {
            Object level = structure.info().get("level");
            if (level != null) {
                notes.put("level", level);
                break;
            }
        }
        notes.put("trained_on", settings.target() == TrainingSettings.Target.ENERGY ? "energy" : "energy+forces");
        notes.put("seed", seed);
        Map<String, Object> offsets = new LinkedHashMap<>();
        sources.forEach((z, source) -> offsets.put(Elements.symbol(z), source.toString()));
        notes.put("offsets_from", offsets);
        notes.put("best_member", best);
        List<Object> rows = new ArrayList<>();
        for (Member member : members) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("start", member.start() == TrainingResult.Start.INITIAL ? "initial" : "random");
            row.put("epochs", member.epochs());
            row.put("best_epoch", member.bestEpoch());
            row.put("stopped", member.reason());
            row.put("held_out_structures", member.heldOut());
            putMilli(row, "train_energy_rmse_mev_per_atom", member.trainEnergy());
            putMilli(row, "held_out_energy_rmse_mev_per_atom", member.heldOutEnergy());
            putMilli(row, "train_force_rmse_mev_per_angstrom", member.trainForce());
            putMilli(row, "held_out_force_rmse_mev_per_angstrom", member.heldOutForce());
            rows.add(row);
        }
        notes.put("members", rows);
        return notes;
    }

    private static void putMilli(Map<String, Object> row, String key, double value) {
        if (Double.isFinite(value)) {
            row.put(key, Math.round(value * 1e6) / 1e3);
        }
    }
}
