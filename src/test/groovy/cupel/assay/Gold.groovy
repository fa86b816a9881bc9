package cupel.assay

import cupel.descriptor.StructureFeatures
import cupel.potential.EnergyModel
import cupel.potential.Evaluation
import cupel.structure.Label
import cupel.structure.Structure
import groovy.transform.CompileStatic

/** Clusters of gold, plain symmetry functions and made-up models for the specifications of this package. */
class Gold {

    static final double[] ETAS = [0.0032d, 0.0357d, 0.0714d, 0.125d, 0.214d, 0.357d, 0.714d] as double[]

    /** A compact cluster: places of an fcc lattice nearest to a point, rattled. */
    static Structure cluster(int size, long seed, double rattle = 0.15d) {
        def random = new Random(seed)
        def centre = [random.nextDouble(), random.nextDouble(), random.nextDouble()]
        def places = []
        // 172 places: enough for 55 atoms around any point of the first cell.
        for (int x in -3..3) {
            for (int y in -3..3) {
                for (int z in -3..3) {
                    if ((x + y + z) % 2 == 0) {
                        places << [x, y, z]
                    }
                }
            }
        }
        places.sort { p -> (p[0] - centre[0])**2 + (p[1] - centre[1])**2 + (p[2] - centre[2])**2 }
        def positions = places.take(size).collectMany { p -> p.collect { 2.04d * it + rattle * random.nextGaussian() } }
        Structure.cluster(79, positions as double[])
    }

    static Structure labelled(Structure structure, double energy, double[] forces = null, String level = 'gupta') {
        structure.withInfo('level', level).withLabel(new Label(energy, forces))
    }

    static Structure shuffledAndTurned(Structure structure, long seed) {
        def order = (0..<structure.size()).toList()
        Collections.shuffle(order, new Random(seed))
        double angle = 0.7d + seed
        double c = Math.cos(angle)
        double s = Math.sin(angle)
        def positions = order.collectMany { i ->
            double x = structure.position(i, 0)
            double y = structure.position(i, 1)
            [c * x - s * y + 3, s * x + c * y - 1, -structure.position(i, 2)]
        }
        Structure.of(order.collect { structure.atomicNumber(it) } as int[], positions as double[], structure.cell())
    }

    @CompileStatic
    static StructureFeatures features(Structure structure) {
        int n = structure.size()
        int k = ETAS.length
        double[] values = new double[n * k]
        double[] p = structure.positions()
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    double dx = p[3 * i] - p[3 * j]
                    double dy = p[3 * i + 1] - p[3 * j + 1]
                    double dz = p[3 * i + 2] - p[3 * j + 2]
                    double r2 = dx * dx + dy * dy + dz * dz
                    double r = Math.sqrt(r2)
                    double weight = structure.atomicNumber(j) / 79d
                    for (int f = 0; f < k && r < 6; f++) {
                        values[i * k + f] += weight * Math.exp(-ETAS[f] * r2) * 0.5d * (Math.cos(Math.PI * r / 6) + 1) / (r2 > 0 ? 1d : 0d)
                    }
                }
            }
        }
        new StructureFeatures(structure.atomicNumbers(), (0..n).collect { int it -> it * k } as int[], values, null)
    }

    static EnergyModel model(Closure<Double> energy, Closure<double[]> forces = { new double[3 * it.size()] }) {
        new EnergyModel() {
            @Override
            Evaluation evaluate(Structure structure) {
                new Evaluation(energy(structure) as double, forces(structure), null)
            }
        }
    }
}
