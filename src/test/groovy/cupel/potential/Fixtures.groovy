package cupel.potential

import cupel.descriptor.AngularSymmetryFunction
import cupel.descriptor.Descriptor
import cupel.descriptor.DescriptorCalculator
import cupel.descriptor.RadialSymmetryFunction
import cupel.network.Network
import cupel.structure.Cell
import cupel.structure.Structure
import org.apache.commons.rng.simple.RandomSource

/** Potentials with random networks, scaled so that their energies are of the size of a metal's, and structures for them. */
class Fixtures {

    /** A potential of these elements, standardised over random clusters. */
    static Potential potential(long seed, Descriptor descriptor) {
        int[] elements = descriptor.elements()
        Map<Integer, List<double[]>> functions = [:].withDefault { [] }
        DescriptorCalculator calculator = descriptor.calculator()
        (0..<6).each { n ->
            def features = calculator.features(cluster(100 + n, 12, 8d, elements))
            for (int i = 0; i < features.size(); i++) {
                functions[features.atomicNumbers()[i]] <<
                        Arrays.copyOfRange(features.values(), features.offsets()[i], features.offsets()[i + 1])
            }
        }
        def random = RandomSource.XO_SHI_RO_256_PP.create(seed)
        new Potential(descriptor, elements.collect { z ->
            int count = descriptor.count(z)
            double[] shift = new double[count]
            double[] scale = new double[count]
            for (int k = 0; k < count; k++) {
                def values = functions[z].collect { it[k] }
                shift[k] = values.sum() / values.size()
                scale[k] = 1 / Math.sqrt(values.collect { (it - shift[k])**2 }.sum() / values.size())
            }
            new ElementPotential(z, -0.1d * z, shift, scale, Network.random([count, 10, 10, 1] as int[], random))
        })
    }

    static Potential gold() {
        potential(1, Descriptor.behler2011(79))
    }

    static Potential alloy() {
        potential(2, Descriptor.behler2011(29, 79))
    }

    /** Functions that do not go by moments among them. */
    static Potential narrow() {
        potential(3, Descriptor.builder('narrow', 4.5d)
            .radial(79, new RadialSymmetryFunction(79, 0.1d, 0))
            .radial(79, new RadialSymmetryFunction(79, 1.0d, 2.7d))
            .angular(79, new AngularSymmetryFunction(AngularSymmetryFunction.Form.NARROW, 79, 79, 0.02d, 1, 2))
            .angular(79, new AngularSymmetryFunction(AngularSymmetryFunction.Form.WIDE, 79, 79, 0.02d, -1, 1.5d))
            .build())
    }

    /** Atoms at random places in a cube, none closer than 2 angstrom; elements in turn. */
    static Structure cluster(long seed, int n, double edge, int... elements) {
        place(seed, n, [edge, 0, 0, 0, edge, 0, 0, 0, edge] as double[], false, elements)
    }

    /** The same in a periodic cell; images may be closer. */
    static Structure crystal(long seed, int n, List<Double> cell, int... elements) {
        place(seed, n, cell as double[], true, elements)
    }

    private static Structure place(long seed, int n, double[] c, boolean periodic, int[] elements) {
        def random = new Random(seed)
        List<double[]> places = []
        while (places.size() < n) {
            double[] f = [random.nextDouble(), random.nextDouble(), random.nextDouble()]
            double[] p = (0..2).collect { f[0] * c[it] + f[1] * c[3 + it] + f[2] * c[6 + it] }
            if (places.every { q -> (0..2).sum { (p[it] - q[it])**2 } > 4 }) {
                places << p
            }
        }
        Structure.of((0..<n).collect { elements[it % elements.length] } as int[], places.collectMany { it.toList() } as double[],
                periodic ? Cell.periodic(c) : Cell.NONE)
    }
}
