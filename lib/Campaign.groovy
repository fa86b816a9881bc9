import groovy.json.JsonSlurper
import java.nio.file.Path

/** A campaign as the pipeline sees it: a map that names its generation, and the state that the stop rule wrote. */
class Campaign {

    /**
     * The kinds of campaigns that are asked for: those of --arms, or the one of --sampler, --select and --train_on.
     *
     * @return maps with arm (the beginning of its campaigns' names), samplers, select, train_on and replicas
     */
    static List<Map> arms(Map params) {
        if (params.arms == null) {
            return [[arm: params.campaign_name, samplers: samplers(params.sampler), select: params.select, train_on: trainOn(params), replicas: params.replicas]]
        }
        List<Map> arms = params.arms.split(',').collect { String text ->
            List<String> parts = text.trim().tokenize(':')
            String kind = parts.head()
            String number = parts.find { String part -> part.isInteger() }
            String trainOn = parts.tail().find { String part -> part.startsWith('energy') } ?: trainOn(params)
            return [
                arm: "${kind}_${trainOn.replace('+', '_')}".toString(),
                samplers: samplers(kind == 'random' ? 'random' : params.sampler),
                select: kind == 'random' ? 'direct' : kind,
                train_on: trainOn,
                replicas: number ? number as int : params.replicas,
            ]
        }
        return arms.unique { Map arm -> arm.arm }
    }

    /** What is trained: --train_on, or what the preset is for. */
    static String trainOn(Map params) {
        return params.train_on ?: (params.preset == 'paper' ? 'energy' : 'energy+forces')
    }

    private static List<String> samplers(String sampler) {
        return sampler == 'mixed' ? ['metropolis', 'nested'] : [sampler]
    }

    /** What a campaign is called, and the folder of its results: its arm and its random seed. */
    static String name(Map arm, int seed) {
        return String.format('%s_%02d', arm.arm, seed)
    }

    /** The same campaign at this generation, with the folders that its results lie in. */
    static Map generation(Map meta, int generation) {
        String name = String.format('generation_%03d', generation)
        return meta + [
            generation: generation,
            id: "${meta.campaign}/${name}".toString(),
            labels: "${meta.campaign}/labels/${name}".toString(),
        ]
    }

    /** Every campaign that begins with the labels of a seed structure, of all or, with a number, of that one: its number is its random seed. */
    static List<Map> starts(List<Map> arms, int firstSeed, Integer ofReplica) {
        return arms.collectMany { Map arm ->
            List<Integer> replicas = (1..arm.replicas).findAll { int replica -> ofReplica == null || replica == ofReplica }
            return replicas.collect { int replica ->
                int seed = firstSeed + replica - 1
                return arm.subMap(['arm', 'samplers', 'select', 'train_on']) + [campaign: name(arm, seed), seed: seed]
            }
        }
    }

    /** A potential that is there already, as if it came of a campaign. */
    static Map alone(Map params) {
        return [id: 'potential', arm: 'potential', campaign: 'potential', seed: params.seed, train_on: trainOn(params)]
    }

    /** One seed structure for each replica, in the order of their names. */
    static List<List> ownSeeds(List<Path> files, int replicas) {
        if (files.size() < replicas) {
            throw new IllegalArgumentException(
                "--own_seeds with ${replicas} replicas needs as many seed structures; there are ${files.size()} that differ")
        }
        List<Path> sorted = files.toSorted { Path path -> path.name }
        return (1..replicas).collect { int replica ->
            String name = sorted[replica - 1].baseName
            return [[id: name, labels: "seeds/${name}".toString(), replica: replica], sorted[replica - 1]]
        }
    }

    /** The campaign at its end. */
    static Map finished(Map meta) {
        return meta.subMap(['arm', 'campaign', 'seed', 'train_on']) + [id: meta.campaign, generations: meta.generation]
    }

    /** Whether the stop rule has ended the campaign. */
    static boolean hasStopped(Path state) {
        return read(state).decision.action == 'stop'
    }

    /** One generation in one line; test is the comparison with the test set, or null when there is none. */
    static String logLine(Map meta, Path state, Path test) {
        Map row = read(state).generations?.find { Map generation -> generation.generation == meta.generation }
        if (!row) {
            return "${meta.campaign}  generation ${meta.generation}".toString()
        }
        List<String> words = [
            String.format('%s  generation %3d', meta.campaign, meta.generation),
            String.format('pool %4d', row.pool_size),
            String.format('candidates %4d', row.candidates),
            String.format('labelled %4d', row.labelled),
            String.format('failed %3d', row.failed),
            String.format('added %4d', row.added),
        ]
        if (test) {
            Map errors = read(test)
            words << 'test ' + number(errors.energy?.mae_mev_per_atom, 'meV/atom') + ' ' +
                number(errors.force?.mae_mev_per_angstrom, 'meV/Å')
        }
        words << "quiet ${row.quiet}".toString()
        return words.join(' | ')
    }

    /** What label.jar said of costs, in one line with the campaign that it is about; what a calculation costs is said once, at the start. */
    static String forecastLine(Map meta, String text) {
        List<String> said = text.readLines().findAll()*.replaceFirst('^reference: ', '')
        if (meta.campaign) {
            said = said.findAll { String line -> !line.startsWith('a calculation of ') }
        }
        return "${meta.campaign ?: meta.id}  reference: ${said.join('; ')}".toString()
    }

    /** How many structures a file of extended XYZ holds. */
    static int count(Path xyz) {
        xyz.withReader { reader -> reader.lines().filter { String line -> line.contains('Properties=') }.count() as int }
    }

    /** What a campaign would do, for a dry run. */
    static String plan(Map params) {
        int walks = params.walkers * params.walks
        List<Map> arms = arms(params)
        List<String> ends = ["${params.patience} generations in a row with nothing added".toString()]
        [max_labels: 'reference calculations', max_label_hours: 'core-hours of reference calculations', max_generations: 'generations'].each {
            String name, String what ->
                if (params[name] != null) {
                    ends << "${params[name]} ${what}".toString()
                }
        }
        return [
            'Dry run: nothing is computed.',
            "  begins with  ${params.seed_structures} and one isolated atom of each of its elements",
            "  reference    ${params.reference}" + (params.reference_settings ? " with ${params.reference_settings}" : ''),
            "  label store  ${params.label_store ?: 'none: without --label_store labels are found again by -resume alone'}",
            "  generation   trains ${params.folds ?: 10} networks on the pool, ${walks} walks (${params.sampler}) on ${params.sizes} atoms,",
            "               at most ${Options.mostPerGeneration(params)} structures to the reference",
            "  ends after   ${ends.join(', or ')}",
            "  campaigns    ${arms.collect { Map arm -> "${arm.replicas} ${arm.arm}" }.join(', ')}, results in ${params.outdir}",
        ].join('\n')
    }

    /** Why a campaign stopped and where its results are. */
    static String stopLine(Map meta, Path stop, Object outdir) {
        Map end = read(stop)
        String indent = ' ' * (meta.campaign.length() + 2)
        List<String> lines = ["${meta.campaign}  stopped after generation ${meta.generations}. ${end.reason}".toString()]
        if (end.numbers) {
            lines << "${indent}pool ${end.numbers.pool_size}, labels ${end.numbers.labels}, failed ${end.numbers.failures}" +
                (end.numbers.failures ? ": their reasons are in ${outdir}/${meta.campaign}/labels" : '')
        }
        return lines.join('\n')
    }

    /** The final potential of a campaign: what it errs by on the test set, if there is one, where it is, and how to use it. */
    static String finalLine(Map meta, Object test, Object outdir) {
        String file = "${outdir}/${meta.campaign}/potential.json"
        String indent = ' ' * (meta.campaign.length() + 2)
        String errors = ''
        if (test instanceof Path) {
            Map found = read(test)
            errors = ', test ' + number(found.energy?.mae_mev_per_atom, 'meV/atom') + ' ' + number(found.force?.mae_mev_per_angstrom, 'meV/Å') +
                (found.structures ? " (${found.structures} structures)" : '')
        }
        return "${meta.campaign}  final potential: ${file}${errors}\n" +
            "${indent}to use it: java -jar target/compare.jar predict --potential ${file} --structures mine.xyz --output predicted.xyz"
    }

    /** Where the figures and tables of a measured potential are. */
    static String paperLine(Object outdir) {
        return "figures, tables, and what they say beside the paper: ${outdir}/paper/paper.md".toString()
    }

    /** What a tool said before it ended with an error, from Nextflow's report of it: its last lines, or nothing. */
    static String lastWords(String errorReport) {
        List<String> lines = (errorReport ?: '').readLines()
        int begin = lines.findIndexOf { String line -> line.startsWith('Command error:') }
        if (begin < 0) {
            return ''
        }
        return lines.drop(begin + 1).takeWhile { String line -> line.trim() }*.trim().takeRight(3).join('\n')
    }

    /** What campaigns wait for, in one line: that of the only one, or the sum of all. */
    static String waitingLine(List<String> lines) {
        if (lines.size() == 1) {
            return lines[0]
        }
        int labels = lines.sum { String line -> (line =~ /waiting for (\d+) /)[0][1] as int }
        return lines[0].replaceFirst(/waiting for \d+ labels?/, "waiting for ${labels} labels")
    }

    private static String number(Object value, String unit) {
        return value == null ? '-' : String.format(Locale.ROOT, '%.1f %s', value as double, unit)
    }

    private static Map read(Path json) {
        return new JsonSlurper().parse(json) as Map
    }
}
