import groovy.json.JsonException
import groovy.json.JsonSlurper
import java.nio.file.Files
import java.nio.file.Path

/** Files of the user's own that a reference needs, named in its settings: they become inputs of the tasks that use them. */
class OwnFiles {

    /** The files, by name relative to the folder of the settings; empty for other references. */
    static List<Path> of(String engine, Path settings) {
        return names(engine, settings).collect { String name -> settings.parent.resolve(name) }
    }

    /** What is wrong with them, one line each; empty when nothing is. */
    static List<String> problems(String engine, Path settings) {
        if (!(engine in ['ase', 'command'])) {
            return []
        }
        if (!settings) {
            return ["--reference ${engine} needs --reference_settings: what to run, and the name of its level of theory".toString()]
        }
        return of(engine, settings).findAll { Path file -> !Files.isRegularFile(file) }
            .collect { Path file -> "--reference_settings ${settings}: there is no file ${file}".toString() }
    }

    private static List<String> names(String engine, Path settings) {
        if (!(engine in ['ase', 'command']) || !settings) {
            return []
        }
        Object given
        try {
            given = new JsonSlurper().parse(settings)
        } catch (JsonException e) {
            return [] // CHECK_SETTINGS says it better, with the line
        }
        if (!(given instanceof Map)) {
            return []
        }
        List<Object> names = given.files instanceof List ? given.files : []
        if (engine == 'ase') {
            names = [given.calculator ?: 'calculator.py'] + names
        }
        return names.findAll { Object name -> name instanceof String && name } as List<String>
    }
}
