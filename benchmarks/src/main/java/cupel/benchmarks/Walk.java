package cupel.benchmarks;

import cupel.potential.Potential;
import cupel.sampling.Connectivity;
import cupel.sampling.MetropolisSampler;
import cupel.sampling.MetropolisSettings;
import cupel.sampling.SamplingResult;
import cupel.structure.Structure;
import java.util.concurrent.TimeUnit;
import org.apache.commons.rng.simple.RandomSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One attempted move of a Metropolis walk as sample.jar makes it: random numbers, geometry checks, energy, decision, relocations
 * among the displacements; moves that do not fit are attempted moves too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Walk {

    private static final int EQUILIBRATION = 50;
    private static final int CYCLES = 200;

    private final Potential potential = Gold.potential();
    private final Structure small = Gold.cluster(13);
    private final Structure large = Gold.cluster(55);
    private long seed;

    @Benchmark
    @OperationsPerInvocation((EQUILIBRATION + CYCLES) * 13)
    public SamplingResult atoms13() {
        return walk(small);
    }

    @Benchmark
    @OperationsPerInvocation((EQUILIBRATION + CYCLES) * 55)
    public SamplingResult atoms55() {
        return walk(large);
    }

    private SamplingResult walk(Structure start) {
        MetropolisSettings settings =
                MetropolisSettings.standard().withEquilibration(EQUILIBRATION).withCycles(CYCLES, CYCLES);
        return new MetropolisSampler(settings, Connectivity.standard())
                .sample(potential, start, RandomSource.XO_SHI_RO_256_PP.create(seed++));
    }
}
