package cupel.sampling

import cupel.structure.Cell
import cupel.structure.Structure
import org.apache.commons.rng.simple.RandomSource
import spock.lang.Specification

class ClusterGraphSpec extends Specification {

    static Structure structureOf(ClusterGraph g) {
        def z = (0..<g.size()).collect { g.atomicNumber(it) } as int[]
        def x = (0..<g.size()).collectMany { [g.x(it), g.y(it), g.z(it)] } as double[]
        Structure.of(z, x, Cell.NONE)
    }

    static Structure changed(Structure s, Closure change) {
        def z = s.atomicNumbers().toList()
        def x = s.positions().toList().collate(3)
        change(z, x)
        Structure.of(z as int[], x.flatten() as double[], Cell.NONE)
    }

    def "step by step it says what a look at the whole cluster says: #elements, up to #capacity atoms"() {
        given: "a start, and five hundred random moves, swaps, insertions and removals, many of them not allowed"
        def random = RandomSource.XO_SHI_RO_256_PP.create(seed)
        def connectivity = Connectivity.standard()
        def start = TestModels.lattice(size, 2.9)
        def graph = new ClusterGraph(connectivity, start, capacity)
        def near = { random.nextInt(graph.size()) }
        int fits = 0
        int misfits = 0

        when:
        500.times {
            def before = structureOf(graph)
            int atom = near()
            int target = near()
            double[] p = [graph.x(target), graph.y(target), graph.z(target)]
            p = p.collect { it + 4 * (2 * random.nextDouble() - 1) } as double[]
            int element = elements[random.nextInt(elements.size())]
            boolean fit
            Structure after
            switch (random.nextInt(5)) {
                case 0: case 1:
                    fit = graph.fitsMove(atom, p[0], p[1], p[2])
                    after = changed(before) { z, x -> x[atom] = p.toList() }
                    if (fit) { graph.commitMove(atom) }
                    break
                case 2:
                    if (graph.size() == 1) { return }
                    target = (atom + 1 + random.nextInt(graph.size() - 1)) % graph.size()
                    fit = graph.fitsSwap(atom, target)
                    after = changed(before) { z, x -> z.swap(atom, target) }
                    if (fit) { graph.commitSwap(atom, target) }
                    break
                case 3:
                    if (graph.size() == capacity) { return }
                    fit = graph.fitsInsertion(element, p[0], p[1], p[2])
                    after = changed(before) { z, x -> z << element; x << p.toList() }
                    if (fit) { graph.commitInsertion() }
                    break
                default:
                    if (graph.size() == 1) { return }
                    fit = graph.fitsRemoval(atom)
                    after = changed(before) { z, x ->
                        z[atom] = z[-1]; x[atom] = x[-1]
                        z.removeLast(); x.removeLast()
                    }
                    if (fit) { graph.commitRemoval(atom) }
            }
            assert fit == connectivity.accepts(after)
            assert structureOf(graph).positions() == (fit ? after : before).positions()
            assert structureOf(graph).atomicNumbers() == (fit ? after : before).atomicNumbers()
            fit ? fits++ : misfits++
        }

        then: "and both answers were common"
        fits > 80
        misfits > 80
        graph.objection() == null

        where:
        seed | size | capacity | elements
        1    | 5    | 9        | [79]
        2    | 13   | 20       | [79, 29]
        3    | 60   | 75       | [79, 1]
    }

    def "counts and finds atoms near a point, by index"() {
        given:
        def graph = new ClusterGraph(Connectivity.standard(), Structure.cluster(79, 0, 0, 0, 3, 0, 0, 6, 0, 0), 3)

        expect:
        graph.countNear(3, 0, 0, 3.1d * 3.1d, 1) == 2
        graph.countNear(3, 0, 0, 3.1d * 3.1d, -1) == 3
        graph.atomNear(3, 0, 0, 3.1d * 3.1d, 1, 1) == 2
        graph.atomNear(3, 0, 0, 3.1d * 3.1d, 0, 0) == 1
    }
}
