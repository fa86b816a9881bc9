import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path

/**
 * What campaigns leave behind, as RO-Crates, written once when a run has ended and all is published: a task sees only what it is given,
 * and the crate names what really lies there.
 */
class ResultsCrates {

    /**
     * Writes them, in one Java for all campaigns.
     *
     * @param names of the campaigns of this run
     * @param command of the run; -resume in it says how it was run, not what, and is left out
     * @return what went wrong, or null: a crate that cannot be written takes nothing from the results
     */
    static String write(Path folder, List<String> names, Path workflow, Path jar, String command) {
        if (folder.fileSystem != FileSystems.default) {
            return 'results that are not on a disk get no crates: compare.jar crate writes them on a copy'
        }
        List<String> campaigns = names.collect { name -> folder.resolve(name) }
            .findAll { campaign -> Files.exists(campaign.resolve('generations.csv')) }
            *.toString()
        if (!campaigns) {
            return null
        }
        List<String> inputs = ['pipeline_info/params.json', 'pipeline_info/versions.tsv', 'pipeline_info/reference/settings.json',
            'pipeline_info/reference/engine.txt', 'seeds/seeds.xyz', 'seeds/atoms.xyz', 'seeds/seeds_labelled.xyz']
            .collect { name -> folder.resolve(name) }
            .findAll { path -> Files.isRegularFile(path) }
            *.toString()
        List<String> words = ["${System.getProperty('java.home')}/bin/java".toString(), '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-jar', jar.toString(),
            'crate', '--results', *campaigns, '--workflow', workflow.toString(),
            '--command', command.replaceAll(/\s-resume(\s+(?!-)[\w-]+)?(?=\s|$)/, '')] + (inputs ? ['--inputs', *inputs] : [])
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start()
        String said = process.inputStream.text
        return process.waitFor() == 0 ? null : said.strip()
    }
}
