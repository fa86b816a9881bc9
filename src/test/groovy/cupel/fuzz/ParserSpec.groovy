package cupel.fuzz

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** All that fuzzing has found, and a valid file of each kind with all that a careless copy does to it. */
class ParserSpec extends Specification {

    /** By reader: files as they are, of which all others are made. */
    static final Path SEEDS = Path.of('src/test/resources/fuzz/seeds')

    /** By reader: what made it fail, hang or believe. */
    static final Path FOUND = Path.of('src/test/resources/fuzz/found')

    def "#parser has an input to begin with"() {
        expect:
        inputs(SEEDS, parser)

        where:
        parser << Parser.values()
    }

    def "#parser reads #input.fileName as it should, or says why not"() {
        expect:
        parser.accept(Files.readAllBytes(input))

        where:
        [parser, input] << Parser.values().collectMany { parser -> (inputs(SEEDS, parser) + inputs(FOUND, parser)).collect { [parser, it] } }
    }

    def "#parser says what is wrong with a file cut short anywhere, or takes it for a shorter one"() {
        expect:
        inputs(SEEDS, parser).each { input ->
            byte[] bytes = Files.readAllBytes(input)
            int step = Math.max(1, bytes.length.intdiv(40))
            for (int length = 0; length < bytes.length; length += step) {
                parser.accept(Arrays.copyOf(bytes, length))
            }
        }

        where:
        parser << Parser.values()
    }

    private static List<Path> inputs(Path folder, Parser parser) {
        Path place = folder.resolve(parser.name().toLowerCase(Locale.ROOT))
        Files.isDirectory(place) ? place.toFile().listFiles().sort()*.toPath() : []
    }
}
