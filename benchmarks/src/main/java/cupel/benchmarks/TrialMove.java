package cupel.benchmarks;

import cupel.potential.TrialState;
import cupel.structure.Structure;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One Monte Carlo trial of one atom, energy and decision, the recomputations after every 200 accepted ones included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TrialMove {

    @Param({"13", "55"})
    public int atoms;

    private Structure start;
    private TrialState state;
    private UniformRandomProvider random;
    private boolean turn;

    @Setup
    public void make() {
        start = Gold.cluster(atoms);
        state = Gold.potential().trialState(start);
        random = RandomSource.XO_SHI_RO_256_PP.create(1);
    }

    /** Around the places of the start, so that the cluster stays what it is. */
    private double propose() {
        int atom = random.nextInt(atoms);
        return state.tryMove(
                atom,
                start.position(atom, 0) + 0.2 * random.nextDouble(),
                start.position(atom, 1) + 0.2 * random.nextDouble(),
                start.position(atom, 2) + 0.2 * random.nextDouble());
    }

    @Benchmark
    public double accepted() {
        double energy = propose();
        state.accept();
        return energy;
    }

    @Benchmark
    public double rejected() {
        double energy = propose();
        state.reject();
        return energy;
    }

    /** Every other one accepted: what the adapted step of a walk amounts to. */
    @Benchmark
    public double everyOtherAccepted() {
        double energy = propose();
        turn = !turn;
        if (turn) {
            state.accept();
        } else {
            state.reject();
        }
        return energy;
    }
}
