package cupel.pipeline

import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory
import spock.lang.Specification

/** What the meta.yml beside each module and subworkflow tells of it, and what modules may know of the pipeline around them. */
class ModuleMetaSpec extends Specification {

    static final List<String> TYPES = ['map', 'file', 'directory', 'string', 'integer', 'boolean', 'list']

    def "there are modules and subworkflows, and none is without its meta.yml"() {
        expect:
        modules().size() > 30
        subworkflows().size() > 5
        (modules() + subworkflows()).findAll { folder -> !new File(folder, 'meta.yml').isFile() } == []
    }

    def "#folder: meta.yml tells of the processes that main.nf has, with their inputs and outputs"() {
        expect:
        told(folder).collect { meta -> ofModule(meta) } == processes(new File(folder, 'main.nf').text)

        where:
        folder << modules()
    }

    def "#folder: meta.yml tells of the workflow that main.nf has, with its components, inputs and outputs"() {
        expect:
        told(folder).collect { meta -> ofSubworkflow(meta) } == workflows(new File(folder, 'main.nf').text)

        where:
        folder << subworkflows()
    }

    def "#folder: people learn what it is for, what it needs, and who made it"() {
        expect:
        told(folder).collectMany { meta -> shortcomings(meta) } == []

        where:
        folder << modules() + subworkflows()
    }

    def "#file knows nothing of the pipeline that it is a part of"() {
        expect:
        outsideKnowledge(file.text, classes()) == []

        where:
        file << (files('modules') + files('subworkflows')).findAll { it.name.endsWith('.nf') }
    }

    def "a process is read with all that goes in and comes out; #what would be noticed"() {
        given:
        def script = '''\
            // A thing.
            process MEASURE_THING {
                tag "${meta.id}"

                input:
                tuple val(meta), path(energies, stageAs: 'input/?/*') // not: val(this)
                path table, stageAs: 'tables/*' // or []
                val options

                output:
                tuple val(meta), path("${meta.id}/thing.csv", arity: '1'), emit: tables
                path 'all.csv'    , optional: true, emit: all

                script:
                """
                input:
                val nothing
                """
            }
            '''.stripIndent()

        expect:
        processes(script) == [[
            name  : 'measure_thing',
            input : [['meta', 'energies'], 'table', 'options'],
            output: [tables: ['meta', '${meta.id}/thing.csv'], all: 'all.csv']
        ]]
        processes(script.replace(before, after)) != processes(script)

        where:
        what                | before                                                | after
        'another name'      | 'MEASURE_THING'                                       | 'MEASURE_THINGS'
        'one more input'    | '    val options'                                     | '    val options\n    val more'
        'another order'     | "val(meta), path(energies, stageAs: 'input/?/*')"     | 'path(energies), val(meta)'
        'a file in a tuple' | "path table, stageAs: 'tables/*'"                     | 'tuple path(table), val(name)'
        'an output too few' | "    path 'all.csv'    , optional: true, emit: all\n" | ''
        'an output renamed' | 'emit: tables'                                        | 'emit: table'
        'a file renamed'    | 'thing.csv'                                           | 'things.csv'
    }

    def "a workflow is read with all that it includes, takes and emits"() {
        given:
        def script = '''\
            include { MEASURE_THING as MEASURE_ONE   } from '../../modules/measure_thing'
            include { MEASURE_THING as MEASURE_OTHER } from '../../modules/measure_thing'
            include { LABEL_THINGS ; hopeless        } from '../label_things'
            include { together                       } from '../together'

            def lessons(files) {
                return files
            }

            workflow MEASURE_THINGS {
                take:
                ch_things // channel: [ val(meta),
                          //            path ]
                jar       // path

                main:
                MEASURE_ONE(ch_things, jar)
                ch_pages = MEASURE_ONE.out.tables

                emit:
                tables = ch_pages // channel
                pages = ch_pages
                    .mix(ch_pages)
                    .map { page -> page }
            }
            '''.stripIndent()

        expect:
        workflows(script) == [[
            name      : 'measure_things',
            components: ['measure_thing', 'label_things'],
            input     : ['ch_things', 'jar'],
            output    : ['tables', 'pages']
        ]]
    }

    def "an input that is not understood is not passed over: #line"() {
        when:
        processes("process A {\n    input:\n    ${line}\n\n    output:\n    path 'a', emit: a\n\n    script:\n}\n")

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith('not understood: ')

        where:
        line << ['env HOME', 'tuple val(meta), env(HOME)', 'each mode']
    }

    def "what people would miss in a meta.yml is found: #missing"() {
        given:
        def whole = [
            name: 'measure_thing', description: 'Measures a thing.', keywords: ['a', 'b', 'c'], tools: [[cupel: cupel()]],
            input: [[jar: [type: 'file', description: 'A jar.']]], output: [all: [['all.csv': [type: 'file', description: 'A table.']]]],
            authors: ['The Cupel developers'], maintainers: ['The Cupel developers']
        ]

        expect:
        shortcomings(whole) == []
        shortcomings(whole + changed) == ["measure_thing: $missing"]

        where:
        changed                                                         || missing
        [description: 'thing']                                          || 'no sentence that describes it'
        [keywords: ['a', 'b', 'b']]                                     || 'fewer than three keywords'
        [tools: []]                                                     || 'no tools'
        [tools: [[cupel: cupel(licence: [])]]]                          || 'cupel: no licence'
        [tools: [[cupel: cupel(documentation: 'docs/gone.md')]]]        || 'cupel: no page docs/gone.md'
        [tools: [[cupel: cupel(documentation: 'docs/tools.md#gone')]]]  || 'cupel: no page docs/tools.md#gone'
        [input: [[jar: [type: 'path', description: 'A jar.']]]]         || 'jar: type path'
        [input: [[jar: [type: 'file']]]]                                || 'jar: no sentence that describes it'
        [output: [all: [['all.csv': [type: 'file', description: '']]]]] || 'all.csv: no sentence that describes it'
        [authors: []]                                                   || 'no authors'
        [maintainers: null]                                             || 'no maintainers'
    }

    def "what a module must not know is found in it, but not in its comments: #text"() {
        expect:
        outsideKnowledge(text, ['Options', 'Campaign']) == known

        where:
        text                                || known
        'def a = Options.of(values)'        || ['Options']
        '"${Campaign.name(arm, 1)}"'        || ['Campaign']
        'path("${projectDir}/data")'        || ['projectDir']
        'path("${launchDir}/data")'         || ['launchDir']
        'val = params.outdir'               || ['params']
        'def options // Options of a tool'  || []
        'param_gfn1-xtb.txt, Campaigns'     || []
        '// see params.outdir'              || []
    }

    private static Map cupel(Map changed = [:]) {
        return [description: 'compare.jar.', documentation: 'docs/tools.md#compare-screen', licence: ['Apache-2.0']] + changed
    }

    // What there is.

    private static List<File> modules() {
        return files('modules').findAll { file -> file.name == 'main.nf' }*.parentFile
    }

    private static List<File> subworkflows() {
        return files('subworkflows').findAll { file -> file.name == 'main.nf' }*.parentFile
    }

    /** The names of the classes of the pipeline. */
    private static List<String> classes() {
        def names = files('lib').findAll { file -> file.name.endsWith('.groovy') }.collect { file -> file.name - '.groovy' }
        assert names.size() > 5
        return names
    }

    private static List<File> files(String root) {
        def found = []
        new File(root).eachFileRecurse { file ->
            if (file.isFile()) {
                found << file
            }
        }
        return found.sort()
    }

    // What main.nf has.

    /** Name, inputs and outputs of each process: of a tuple a list of names, else a name; of a file that comes out its path. */
    private static List<Map> processes(String script) {
        return blocks(script, 'process').collect { name, body ->
            [
                name  : name.toLowerCase(),
                input : section(body, 'input').collect { line -> qualified(line, true) },
                output: section(body, 'output').collectEntries { line ->
                    [(part(line, /\bemit: (\w+)/)): qualified(line.replaceAll(/ *, (emit|optional|topic): \w+/, ''), false)]
                }
            ]
        }
    }

    private static List<Map> workflows(String script) {
        def included = (script =~ /(?m)^include \{(.*?)\} from /).collect { match -> match[1] }
            .collectMany { names -> names.split(';').toList() }
            .collect { text -> text.trim().split(/\s+/)[0] }
            .findAll { text -> text == text.toUpperCase() }
        return blocks(script, 'workflow').collect { name, body ->
            [
                name      : name.toLowerCase(),
                components: included.unique()*.toLowerCase(),
                input     : section(body, 'take').collect { line -> part(line, /^(\w+)$/) },
                output    : section(body, 'emit').findAll { line -> !line.startsWith('.') }.collect { line -> part(line, /^(\w+)\s*=/) }
            ]
        }
    }

    /** Name and body of each process, or workflow that has a name. */
    private static List<List<String>> blocks(String script, String kind) {
        return (script =~ /(?ms)^${kind} (\w+) \{\n(.*?)^\}/).collect { match -> [match[1], match[2]] }
    }

    /** The lines of the first section of this name, up to an empty line or the next section, without comments. */
    private static List<String> section(String body, String name) {
        return body.readLines()
            .dropWhile { line -> line.trim() != name + ':' }
            .drop(1)
            .takeWhile { line -> line.trim() && !(line ==~ /    \w+:/) }
            .collect { line -> withoutComments(line).trim() }
            .findAll()
    }

    private static Object qualified(String line, boolean input) {
        if (line.startsWith('tuple ')) {
            return line.substring('tuple '.length())
                .split(/, (?=\w+\()/)
                .collect { element -> named(element.replaceFirst(/^(\w+)\((.*)\)$/, '$1 $2'), input) }
        }
        return named(line, input)
    }

    /** What `val meta` or `path table, stageAs: 'tables/*'` is called; of an output, the path of `path 'all.csv'`. */
    private static String named(String text, boolean input) {
        return input || text.startsWith('val ')
            ? part(text, /^(?:val|path) (\w+)(?:, \w+: .*)?$/)
            : part(text, /^path (?:'([^']+)'|"([^"]+)")(?:, \w+: .*)?$/)
    }

    private static String part(String text, String pattern) {
        def match = text =~ pattern
        if (!match.find()) {
            throw new IllegalArgumentException("not understood: $text")
        }
        return (1..match.groupCount()).collect { i -> match.group(i) }.find()
    }

    private static String withoutComments(String text) {
        return text.replaceAll(/(?m)(^|\s)\/\/.*$/, '')
    }

    /** The names in a script that belong to the pipeline. */
    private static List<String> outsideKnowledge(String script, List<String> classes) {
        def code = withoutComments(script)
        return (classes + ['projectDir', 'launchDir', 'params']).findAll { name -> code =~ /\b${name}\b/ }
    }

    // What meta.yml tells.

    /** The documents of a meta.yml: one for each process or workflow. */
    private static List<Map> told(File folder) {
        return new ObjectMapper(new YAMLFactory()).readerFor(Map).readValues(new File(folder, 'meta.yml')).readAll()
    }

    private static Map ofModule(Map meta) {
        return [
            name  : meta.name,
            input : meta.input.collect { told -> names(told) },
            output: meta.output.collectEntries { emitted, told ->
                assert told.size() == 1
                [(emitted): names(told[0])]
            }
        ]
    }

    private static Map ofSubworkflow(Map meta) {
        return [
            name      : meta.name,
            components: meta.components,
            input     : meta.input.collect { told -> names(told) },
            output    : meta.output.collect { told -> names(told) }
        ]
    }

    /** The names of a tuple, which is a list, or that of anything else, which is a map of one. */
    private static Object names(Object told) {
        if (told instanceof List) {
            return told.collect { element -> names(element) }
        }
        assert told.size() == 1
        return told.keySet().first()
    }

    /** What is not as it should be; a module has tools, and a subworkflow components. */
    private static List<String> shortcomings(Map meta) {
        def found = sentence(meta.description)
        if (meta.keywords.toUnique().size() < 3) {
            found += 'fewer than three keywords'
        }
        if (!meta.tools && !meta.components) {
            found += 'no tools'
        }
        found += each(meta.tools) { tool ->
            sentence(tool.description) +
                (tool.licence ? [] : ['no licence']) +
                (tool.documentation && isThere(tool.documentation) ? [] : ["no page $tool.documentation"])
        }
        found += each([meta.input, meta.output instanceof Map ? meta.output.values() : meta.output]) { facts -> ofElement(facts) }
        found += ['authors', 'maintainers'].findAll { key -> !meta[key] }.collect { key -> "no $key" }
        return found.collect { text -> "$meta.name: $text".toString() }
    }

    /** What is missing in all that is named, however deep in lists it is, each with its name. */
    private static List<String> each(Object named, Closure<List> missing) {
        return [named ?: []].flatten().collectMany { map ->
            map.collectMany { name, facts -> missing(facts).collect { text -> "$name: $text".toString() } }
        }
    }

    private static List<String> ofElement(Map facts) {
        // Of a channel of tuples, and of a map, the structure is told: then it need not have a type itself.
        def typed = facts.type in TYPES || (facts.structure && facts.type == null)
        return sentence(facts.description) + (typed ? [] : ["type $facts.type"]) + each(facts.structure) { inner -> ofElement(inner) }
    }

    private static List<String> sentence(Object text) {
        return text ==~ /(?s)\S.*\S\./ ? [] : ['no sentence that describes it']
    }

    /** Whether a page of the documentation is there, and the heading in it that is named; pages elsewhere are believed. */
    private static boolean isThere(String page) {
        if (page.startsWith('https://')) {
            return true
        }
        def (name, heading) = page.split('#').toList() + [null]
        def file = new File(name)
        return file.isFile() && (heading == null || file.readLines().any { line ->
            line.startsWith('#') && line.replaceFirst('^#+ ', '').toLowerCase().replaceAll(/[^a-z0-9 -]/, '').replace(' ', '-') == heading
        })
    }
}
