import java.nio.file.Files
import java.nio.file.Path
import java.security.DigestOutputStream
import java.security.MessageDigest

/** The jars of the Java tools: where they are, or what they are built from. */
class Tools {

    static final List<String> NAMES = ['featurize', 'train', 'sample', 'compare', 'label']

    private static final List<String> SOURCES = ['pom.xml', 'bin', 'lib', 'src']

    private final Path project
    private final String version
    private final Path given

    /**
     * @param workflow of Nextflow: where the pipeline lies and what version it is
     * @param given the folder of --jars, or null
     */
    Tools(Object workflow, Path given) {
        this.project = workflow.projectDir
        // What a run with stubs leaves is no tool.
        this.version = workflow.manifest.version + (workflow.stubRun ? '-stub' : '')
        this.given = given
        List<Path> missing = given == null ? [] : jars(given).findAll { Path jar -> !Files.isRegularFile(jar) }
        if (missing) {
            Refusal.end("--jars ${given}: there is no ${missing*.fileName.join(', no ')}")
        }
    }

    /** The folder that they are in, or will be in once they are built. */
    Path getFolder() {
        return given ?: (jars(built).every { Path jar -> Files.isRegularFile(jar) } ? built : store)
    }

    /** Whether nobody has built them. */
    boolean getMissing() {
        return !jars(folder).every { Path jar -> Files.isRegularFile(jar) }
    }

    /** The jars by the names of the tools. */
    Map<String, Path> getByName() {
        return [NAMES, jars(folder)].transpose().collectEntries()
    }

    /** What they are built from. */
    List<Path> getSources() {
        return SOURCES.collect { String name -> project.resolve(name) }
    }

    private Path getBuilt() {
        return project.resolve('target')
    }

    /** Where the task that builds them keeps them: a folder for each version, so that none takes those of another. */
    private Path getStore() {
        String home = System.getenv('CUPEL_HOME') ?: (System.getenv('XDG_CACHE_HOME') ?: "${System.getProperty('user.home')}/.cache") + '/cupel'
        return Path.of(home, "tools-${version}-${checksum()}")
    }

    private String checksum() {
        MessageDigest digest = MessageDigest.getInstance('SHA-256')
        OutputStream all = new DigestOutputStream(OutputStream.nullOutputStream(), digest)
        sources.each { Path root ->
            List<Path> files = Files.walk(root).withCloseable { stream -> stream.filter { Path path -> Files.isRegularFile(path) }.toList() }
            files.toSorted { Path file -> project.relativize(file).toString() }.each { Path file ->
                all << "${project.relativize(file)}\n"
                Files.copy(file, all)
            }
        }
        return digest.digest().encodeHex().toString().take(12)
    }

    private static List<Path> jars(Path folder) {
        return NAMES.collect { String name -> folder.resolve("${name}.jar") }
    }
}
