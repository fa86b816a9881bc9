import groovy.json.JsonOutput
import java.nio.file.Files
import java.nio.file.Path

/**
 * Where the reports of a run lie, each the newest of its kind, whatever order they come in. The command and the parameters of the run
 * are put in here: a task that had them among its input would run again with every other command.
 */
class ReportShelf {

    private static final String PLACE = '<script type="application/json" id="run">null</script>'

    private final Path folder
    private final String run
    private final Map<String, Integer> newest = [:]

    /** @param command of the run; -resume in it says how it was run, not what, and is left out */
    ReportShelf(Path folder, String command, Map parameters) {
        this.folder = folder
        Map run = [command: command.replaceAll(/\s-resume(\s+(?!-)[\w-]+)?(?=\s|$)/, ''), parameters: new TreeMap(parameters)]
        this.run = JsonOutput.toJson(run).replace('<', '\\u003c')
    }

    /** Puts a page at its place below the folder, unless a later one lies there already. */
    synchronized void put(Path page, String place, int generation) {
        if (generation < newest.getOrDefault(place, 0)) {
            return
        }
        newest[place] = generation
        Path target = folder.resolve(place)
        Files.createDirectories(target.parent)
        target.text = page.text.replace(PLACE, PLACE.replace('null', run))
    }
}
