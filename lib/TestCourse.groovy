import java.nio.file.Path

/** Test errors of generations, which end in any order: each comes out together with those of all generations before it. */
class TestCourse {

    private final Map<String, Map<Integer, List>> found = [:]
    private final Map<String, Integer> complete = [:]

    /** Takes one in; gives back [meta, [tests of generations 1 to that of meta]] for each generation that nothing is missing of any more. */
    synchronized List<List> add(Map meta, Path test) {
        Map<Integer, List> tests = found.computeIfAbsent(meta.campaign) { String campaign -> [:] }
        tests[meta.generation as int] = [meta, test]
        List<List> whole = []
        int next = complete.getOrDefault(meta.campaign, 0) + 1
        while (tests.containsKey(next)) {
            whole << [tests[next][0], (1..next).collect { int generation -> tests[generation][1] }]
            next++
        }
        complete[meta.campaign] = next - 1
        return whole
    }
}
