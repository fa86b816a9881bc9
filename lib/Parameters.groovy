import groovy.json.JsonSlurper
import java.nio.file.Files
import java.nio.file.Path
import nextflow.Nextflow

/**
 * The pipeline's parameters as nextflow_schema.json declares them (in the form of the nf-schema plugin, which cannot
 * be had without a network): help, and checks before the first task.
 */
class Parameters {

    private static final int WIDTH = 100

    private final Map schema

    Parameters(Path schemaFile) {
        schema = new JsonSlurper().parse(schemaFile) as Map
    }

    /** Groups in the order of the schema, each a map with title and properties. */
    private List<Map> groups() {
        return schema.allOf.collect { Map reference -> schema['$defs'][reference['$ref'].tokenize('/').last()] as Map }
    }

    private Map<String, Map> declared() {
        Map<String, Map> all = [:]
        groups().each { Map group -> all.putAll(group.properties as Map<String, Map>) }
        return all
    }

    /** Every parameter with what it is, its range and its default, by group. */
    String help(String command) {
        StringBuilder text = new StringBuilder("${schema.title}: ${schema.description}\n\nUsage: ${command}\n")
        int column = declared().keySet()*.length().max() + 6
        groups().each { Map group ->
            text << "\n${group.title}\n"
            group.properties.each { String name, Map property ->
                List<String> notes = []
                if (range(property)) {
                    notes << range(property)
                }
                if (name in (group.required ?: [])) {
                    notes << 'required'
                } else if (property.containsKey('default')) {
                    notes << "default: ${property.default}".toString()
                }
                String line = property.description + (notes ? " [${notes.join('; ')}]" : '')
                text << ("  --${name}".padRight(column)) << wrap(line, WIDTH - column).join('\n' + ' ' * column) << '\n'
            }
        }
        return text.toString()
    }

    /** What is wrong with the given values, one line each; empty when nothing is. Those not needed may be missing. */
    List<String> problems(Map given, List<String> notNeeded = []) {
        Map<String, Map> properties = declared()
        List<String> required = groups().collectMany { Map group -> (group.required ?: []) as List<String> } - notNeeded
        List<String> found = []
        given.keySet().each { Object key ->
            String name = key.toString()
            // Nextflow hands --some-name on twice, as typed and as someName.
            boolean twin = name.matches('[a-z0-9]+([A-Z][a-z0-9]*)+') && given.containsKey(kebab(name))
            if (!properties.containsKey(name) && !twin) {
                found << "--${name}: there is no such parameter; did you mean --${nearest(name, properties.keySet())}?".toString()
            }
        }
        properties.each { String name, Map property ->
            Object value = given[name]
            if (value == null || value == '') {
                if (name in required) {
                    found << "--${name} is missing: ${property.description}".toString()
                }
                return
            }
            String problem = problem(value, property)
            if (problem) {
                found << "--${name} ${value}: ${problem}".toString()
            }
        }
        return found
    }

    private static String problem(Object value, Map property) {
        String text = value.toString()
        switch (property.type) {
            case 'boolean':
                return value instanceof Boolean || text in ['true', 'false'] ? null : 'must be true or false'
            case 'integer':
            case 'number':
                boolean whole = property.type == 'integer'
                String kind = whole ? 'a whole number' : 'a number'
                String allowed = range(property) ? "${kind}, ${range(property)}" : kind
                if (value instanceof Boolean || !(text ==~ (whole ? /[+-]?\d{1,18}/ : /[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?/))) {
                    return "must be ${allowed}"
                }
                BigDecimal number = new BigDecimal(text)
                boolean inside = (property.minimum == null || number >= property.minimum) &&
                    (property.exclusiveMinimum == null || number > property.exclusiveMinimum) &&
                    (property.maximum == null || number <= property.maximum)
                return inside ? null : "must be ${allowed}"
            default:
                if (property.enum && !(text in property.enum)) {
                    return "must be ${range(property)}"
                }
                if (property.pattern && !(text ==~ property.pattern)) {
                    return "must be ${property.errorMessage ?: 'of the form ' + property.pattern}"
                }
                if (property.exists) {
                    Path path = Nextflow.file([glob: false], text) as Path
                    if (!Files.exists(path)) {
                        return "there is no such ${property.format == 'directory-path' ? 'folder' : 'file'}"
                    }
                    // Nextflow writes names into the scripts of tasks and leaves these as they are, so that the shell would act on them.
                    String active = path.toAbsolutePath().toString().find(/[;*?\[\]{}$\n\t]/)
                    if (active) {
                        return "has ${active.trim() ? active : 'a tab or line break'} in its name or that of a folder above, which Nextflow cannot hand on to tasks; give it another name, or a link that has one"
                    }
                }
                return null
        }
    }

    private static String range(Map property) {
        if (property.enum) {
            return property.enum.join(' or ')
        }
        List<String> bounds = []
        if (property.minimum != null) {
            bounds << "at least ${property.minimum}".toString()
        }
        if (property.exclusiveMinimum != null) {
            bounds << "above ${property.exclusiveMinimum}".toString()
        }
        if (property.maximum != null) {
            bounds << "at most ${property.maximum}".toString()
        }
        return bounds.join(', ')
    }

    private static String kebab(String camelCase) {
        return camelCase.replaceAll('([A-Z])') { List<String> match -> '-' + match[1].toLowerCase() }
    }

    /** The declared name with the smallest edit distance (Levenshtein 1966); the first of several. */
    static String nearest(String name, Collection<String> names) {
        String plain = kebab(name).replace('-', '_')
        return names.min { String candidate -> distance(plain, candidate) }
    }

    private static int distance(String a, String b) {
        List<Integer> row = (0..b.length()).toList()
        a.eachWithIndex { String letter, int i ->
            List<Integer> next = [i + 1]
            b.eachWithIndex { String other, int j ->
                next << [row[j + 1] + 1, next[j] + 1, row[j] + (letter == other ? 0 : 1)].min()
            }
            row = next
        }
        return row.last()
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = ['']
        text.tokenize(' ').each { String word ->
            if (lines.last() && lines.last().length() + 1 + word.length() > width) {
                lines << word
            } else {
                lines[-1] = lines.last() ? lines.last() + ' ' + word : word
            }
        }
        return lines
    }
}
