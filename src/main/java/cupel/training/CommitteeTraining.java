package cupel.training;

import cupel.descriptor.Descriptor;
import cupel.descriptor.DescriptorCalculator;
import cupel.descriptor.StructureFeatures;
import cupel.structure.Seeds;
import cupel.structure.Structure;
import cupel.training.TrainingResult.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Trains the K members of a committee in parallel, in terms of parameter vectors: the networks of all elements one after the
 * other. {@link Trainer} makes these of potentials, and potentials of these.
 */
final class CommitteeTraining {

    /** A fold has to hold this many structures; a pool that cannot give them trains without. */
    static final int LEAST_FOLD = 2;

    private static final long WEIGHTS = Seeds.key("initial weights");
    private static final long BATCHES = Seeds.key("batches");
    private static final long FOLDS = Seeds.key("folds");

    /**
     * What the members begin as.
     *
     * @param scalings of the inputs, one per element
     * @param atomicEnergies E0 by atomic number
     * @param members parameters; folds beyond them begin at random
     */
    record Initial(Scaling[] scalings, Map<Integer, Double> atomicEnergies, double[][] members) {}

    /** Makes random networks of all elements as one vector. */
    interface RandomNetworks {
        double[] create(UniformRandomProvider random);
    }

    /**
     * A trained committee.
     *
     * @param scalings of the inputs, one per element
     * @param members parameters of each
     * @param outcomes what training says of each
     * @param starts what each began as
     * @param heldOut number of structures held out from each
     * @param poolCosts ½ Σ r² per structure over the whole pool, what each was not trained on included
     */
    record Trained(
            Scaling[] scalings,
            double[][] members,
            List<MemberTraining.Outcome> outcomes,
            List<Start> starts,
            int[] heldOut,
            double[] poolCosts) {}

    private final List<Structure> structures;
    private final TrainingSettings settings;
    private final Descriptor descriptor;
    private final int[] elements;
    private final int[][] layers;
    private final Map<Integer, Double> atomicEnergies;
    private final long seed;
    private final int threads;

    /**
     * @param structures labelled, no isolated atoms, at least one
     * @param elements those of the descriptor, ascending
     * @param layers of the network of each element
     * @param atomicEnergies E0 of each element
     */
    CommitteeTraining(
            List<Structure> structures,
            TrainingSettings settings,
            Descriptor descriptor,
            int[] elements,
            int[][] layers,
            Map<Integer, Double> atomicEnergies,
            long seed,
            int threads) {
        this.structures = structures;
        this.settings = settings;
        this.descriptor = descriptor;
        this.elements = elements;
        this.layers = layers;
        this.atomicEnergies = atomicEnergies;
        this.seed = seed;
        this.threads = threads;
    }

    Trained train(Initial initial, RandomNetworks randomNetworks) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            return train(initial, randomNetworks, executor);
        } finally {
            executor.shutdownNow();
        }
    }

    private Trained train(Initial initial, RandomNetworks randomNetworks, ExecutorService executor) {
        List<StructureFeatures> features = features(executor);
        Scaling[] scalings = scalings(features, initial);
        // What is left of the energy on average goes into the output biases at the end: the solver, and its ridge, see
        // targets around zero.
        TreeMap<Integer, Double> shift = new TreeMap<>();
        List<Integer> present = new ArrayList<>();
        for (int e = 0; e < elements.length; e++) {
            shift.put(elements[e], 0.0);
            if (Scaling.of(features, elements[e]) != null) {
                present.add(elements[e]);
            }
        }
        shift.putAll(AtomicEnergies.fit(structures, atomicEnergies, present));
        TreeMap<Integer, Double> total = new TreeMap<>();
        shift.forEach((z, energy) -> total.put(z, energy + atomicEnergies.get(z)));

        Examples maker = new Examples(elements, scalings, total, settings, seed);
        List<Example> examples = new ArrayList<>();
        for (int s = 0; s < structures.size(); s++) {
            examples.add(maker.of(s, structures.get(s), features.get(s)));
            features.set(s, null); // the derivatives are large, and copied
        }

        int[] foldOf = folds();
        List<Callable<MemberTraining.Outcome>> tasks = new ArrayList<>();
        List<Start> starts = new ArrayList<>();
        int[] heldOutCount = new int[settings.folds()];
        boolean[] begunAnew = new boolean[settings.folds()]; // each by its own task
        for (int k = 0; k < settings.folds(); k++) {
            int fold = k;
            List<Example> train = new ArrayList<>();
            List<Example> heldOut = new ArrayList<>();
            for (int s = 0; s < examples.size(); s++) {
                (foldOf[s] == fold ? heldOut : train).add(examples.get(s));
            }
            heldOutCount[k] = heldOut.size();
            double[] random =
                    randomNetworks.create(RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(seed, WEIGHTS, k)));
            boolean goesOn = initial != null && k < initial.members().length;
            double[] start = goesOn ? adopted(initial, initial.members()[k], scalings, shift) : random;
            starts.add(goesOn ? Start.INITIAL : Start.RANDOM);
            tasks.add(() -> {
                long batches = Seeds.derive(seed, BATCHES, fold);
                MemberTraining.Outcome outcome =
                        new MemberTraining(fold, settings, layers, train, heldOut).run(start, batches);
                if (!goesOn || settings.maxEpochs() == 0 || !isDead(train, outcome)) {
                    return outcome;
                }
                MemberTraining.Outcome anew =
                        new MemberTraining(fold, settings, layers, train, heldOut).run(random, batches);
                begunAnew[fold] = anew.judged().meanCost() < outcome.judged().meanCost();
                return begunAnew[fold] ? anew : outcome;
            });
        }
        List<MemberTraining.Outcome> outcomes = inParallel(executor, tasks);
        for (int k = 0; k < begunAnew.length; k++) {
            if (begunAnew[k]) {
                starts.set(k, Start.RANDOM);
            }
        }
        Fit all = new Fit(layers, examples);
        double[] poolCosts = new double[outcomes.size()];
        double[][] members = new double[outcomes.size()][];
        for (int k = 0; k < members.length; k++) {
            members[k] = outcomes.get(k).parameters().clone();
            poolCosts[k] = all.errors(members[k]).meanCost();
            shiftOutput(members[k], shift, 1);
        }
        return new Trained(scalings, members, outcomes, starts, heldOutCount, poolCosts);
    }

    /**
     * Whether a network explains less than half of how the energies of its structures vary. One that was trained on a structure or two
     * may have inputs so large for others that all of its tanh are at their ends, and no derivative leads away from there.
     */
    private boolean isDead(List<Example> train, MemberTraining.Outcome outcome) {
        double constant = new Fit(layers, train)
                .errors(new double[outcome.parameters().length])
                .energySquare();
        return constant > 1e-12 && outcome.train().energySquare() > 0.5 * constant;
    }

    private List<StructureFeatures> features(ExecutorService executor) {
        boolean derivatives = settings.target() == TrainingSettings.Target.ENERGY_AND_FORCES;
        ThreadLocal<DescriptorCalculator> calculators = ThreadLocal.withInitial(descriptor::calculator);
        List<Callable<StructureFeatures>> tasks = new ArrayList<>();
        for (Structure structure : structures) {
            tasks.add(() -> derivatives && structure.label().forces() != null
                    ? calculators.get().featuresWithJacobian(structure)
                    : calculators.get().features(structure));
        }
        return inParallel(executor, tasks);
    }

    private Scaling[] scalings(List<StructureFeatures> features, Initial initial) {
        Scaling[] scalings = new Scaling[elements.length];
        for (int e = 0; e < elements.length; e++) {
            Scaling own = Scaling.of(features, elements[e]);
            if (initial == null) {
                if (own == null) { // an element of the descriptor that the pool has not: its network sees nothing
                    int count = descriptor.count(elements[e]);
                    own = new Scaling(new double[count], new double[count]);
                }
                scalings[e] = own;
            } else {
                Scaling before = initial.scalings()[e];
                scalings[e] = own == null ? before : own.orWhereDead(before);
            }
        }
        return scalings;
    }

    /** A member of the initial committee as the same function under another scaling and other offsets. */
    private double[] adopted(Initial initial, double[] member, Scaling[] scalings, Map<Integer, Double> shift) {
        double[] w = member.clone();
        int start = 0;
        for (int e = 0; e < elements.length; e++) {
            scalings[e].adopt(w, start, layers[e][1], initial.scalings()[e]);
            int end = start + Fit.parameterCount(layers[e]);
            w[end - 1] += initial.atomicEnergies().get(elements[e]) - atomicEnergies.get(elements[e]);
            start = end;
        }
        shiftOutput(w, shift, -1);
        return w;
    }

    /** Adds to the output bias, which is the last parameter of each network. */
    private void shiftOutput(double[] w, Map<Integer, Double> shift, int sign) {
        int end = 0;
        for (int e = 0; e < elements.length; e++) {
            end += Fit.parameterCount(layers[e]);
            w[end - 1] += sign * shift.get(elements[e]);
        }
    }

    /**
     * The fold of each structure, or −1 for all where the pool is too small, or nothing is to be held out. Of each K structures in a row every fold gets
     * one, whatever the seed: a structure stays in its fold while the pool grows at its end, and what a network was not
     * trained on in one generation it is not trained on in the next.
     */
    private int[] folds() {
        int n = structures.size();
        int k = settings.folds() == 1 ? TrainingSettings.SINGLE_NETWORK_FOLDS : settings.folds();
        int[] fold = new int[n];
        if (!settings.holdOut() || n < LEAST_FOLD * k) {
            java.util.Arrays.fill(fold, -1);
            return fold;
        }
        int[] order = new int[k];
        for (int block = 0; block * k < n; block++) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(Seeds.derive(FOLDS, k, block));
            for (int i = 0; i < k; i++) {
                int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            for (int i = 0; i < k && block * k + i < n; i++) {
                fold[block * k + i] = order[i];
            }
        }
        return fold;
    }

    /** Runs tasks on the threads; results in the order of the tasks. */
    private static <T> List<T> inParallel(ExecutorService executor, List<Callable<T>> tasks) {
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> task : tasks) {
            futures.add(executor.submit(task));
        }
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> future : futures) {
                results.add(future.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
        return results;
    }
}
