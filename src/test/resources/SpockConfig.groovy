import java.nio.file.Path
import spock.lang.TempDir.CleanupMode

// Spock empties temporary folders by a method that goes through links to folders and deletes what lies behind them. Work folders of Nextflow are
// full of such links. So it deletes nothing: they lie in target, and mvn clean, which follows no link, takes them away.
tempdir {
    baseDir Path.of('target', 'temp').toAbsolutePath()
    cleanup CleanupMode.NEVER
}
