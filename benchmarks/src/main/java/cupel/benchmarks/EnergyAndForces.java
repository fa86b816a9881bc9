package cupel.benchmarks;

import cupel.descriptor.DescriptorCalculator;
import cupel.descriptor.StructureFeatures;
import cupel.potential.Evaluation;
import cupel.potential.Potential;
import cupel.structure.Structure;
import java.util.concurrent.TimeUnit;
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

/** Whole structures on one thread; divide by the number of atoms. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class EnergyAndForces {

    /** Clusters. */
    @State(Scope.Thread)
    public static class Cluster {

        @Param({"13", "30", "55"})
        public int atoms;

        @Param({"behler2011-26"})
        public String functions;

        private Potential potential;
        private DescriptorCalculator calculator;
        private Structure structure;

        @Setup
        public void make() {
            potential = Gold.potential(functions);
            calculator = potential.descriptor().calculator();
            structure = Gold.cluster(atoms);
        }
    }

    /** Crystals. */
    @State(Scope.Thread)
    public static class Crystal {

        @Param({"108", "1000", "4000", "32000", "100000", "1000000"})
        public int atoms;

        @Param({"behler2011-26"})
        public String functions;

        private Potential potential;
        private DescriptorCalculator calculator;
        private Structure structure;

        @Setup
        public void make() {
            potential = Gold.potential(functions);
            calculator = potential.descriptor().calculator();
            structure = Gold.crystal(atoms);
        }
    }

    @Benchmark
    public Evaluation cluster(Cluster c) {
        return c.potential.evaluate(c.structure);
    }

    @Benchmark
    public Evaluation crystal(Crystal c) {
        return c.potential.evaluate(c.structure);
    }

    @Benchmark
    public StructureFeatures clusterFeatures(Cluster c) {
        return c.calculator.features(c.structure);
    }

    @Benchmark
    public StructureFeatures clusterFeaturesWithJacobian(Cluster c) {
        return c.calculator.featuresWithJacobian(c.structure);
    }

    @Benchmark
    public StructureFeatures crystalFeatures(Crystal c) {
        return c.calculator.features(c.structure);
    }
}
