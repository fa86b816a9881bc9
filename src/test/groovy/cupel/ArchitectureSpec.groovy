package cupel

import static com.tngtech.archunit.lang.conditions.ArchConditions.accessField
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses

import com.tngtech.archunit.core.domain.JavaClasses
import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.core.importer.ImportOption
import java.time.Clock
import java.time.Instant
import spock.lang.Shared
import spock.lang.Specification

/** The rooms of the house, and which of them has a door to which. */
class ArchitectureSpec extends Specification {

    /** Each package with all that it may know of Cupel. */
    static final Map<String, List<String>> MAY_KNOW = [
        structure : [],
        descriptor: ['structure'],
        network   : ['structure', 'descriptor'],
        potential : ['structure', 'descriptor', 'network'],
        training  : ['structure', 'descriptor', 'network', 'potential'],
        sampling  : ['structure', 'descriptor', 'network', 'potential'],
        reference : ['structure', 'descriptor', 'network', 'potential'],
        assay     : ['structure', 'descriptor', 'network', 'potential', 'training', 'sampling', 'reference'],
        pipeline  : [],
        cli       : ['pipeline', 'structure', 'descriptor', 'network', 'potential', 'training', 'sampling', 'reference', 'assay']
    ]

    static final File SOURCES = new File('src/main/java/cupel')

    @Shared
    JavaClasses code = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages('cupel')

    def "there is code to look at, in known packages only"() {
        expect:
        code.size() > 10
        code.collect { it.packageName }.toSet().every { it == 'cupel' || MAY_KNOW.containsKey(it.split(/\./)[1]) }
    }

    def "package #name knows no package but #known"() {
        given:
        def others = (MAY_KNOW.keySet() - known - name).collect { "cupel.${it}..".toString() } as String[]

        expect:
        others.length == 0 || noClasses().that().resideInAPackage("cupel.${name}..")
            .should().dependOnClassesThat().resideInAnyPackage(others)
            .allowEmptyShould(true).check(code) == null

        where:
        name << MAY_KNOW.keySet()
        known = MAY_KNOW[name]
    }

    def "only cli knows the command line"() {
        expect:
        outsideCli().should().dependOnClassesThat().resideInAPackage('org.apache.commons.cli..').check(code) == null
    }

    def "only cli ends the program"() {
        expect:
        outsideCli().should(callMethod(System, 'exit', int)).orShould(callMethod(Runtime, 'exit', int))
            .orShould(callMethod(Runtime, 'halt', int)).check(code) == null
    }

    def "only cli prints"() {
        expect:
        outsideCli().should(accessField(System, 'out')).orShould(accessField(System, 'err'))
            .orShould(callMethod(Throwable, 'printStackTrace')).check(code) == null
    }

    def "only cli reads the clock"() {
        expect:
        outsideCli().should(callMethod(System, 'currentTimeMillis')).orShould(callMethod(System, 'nanoTime'))
            .orShould(callMethod(Instant, 'now')).orShould(callMethod(Clock, 'systemUTC'))
            .orShould(callMethod(Clock, 'systemDefaultZone')).orShould(callMethod(java.time.LocalDateTime, 'now'))
            .orShould(callMethod(java.time.LocalDate, 'now')).check(code) == null
    }

    def "nothing draws random numbers that no seed decides"() {
        expect:
        noClasses().should().dependOnClassesThat().belongToAnyOf(Random, java.util.concurrent.ThreadLocalRandom, java.security.SecureRandom)
            .orShould(callMethod(Math, 'random')).check(code) == null
    }

    def "package #folder says what it is for"() {
        given:
        def text = new File(SOURCES, "$folder/package-info.java")

        expect:
        text.isFile()
        text.text.contains("package cupel.${folder.replace('/', '.')};")
        text.text.contains('/**')

        where:
        folder << folders()
    }

    private static outsideCli() {
        return noClasses().that().resideOutsideOfPackage('cupel.cli..')
    }

    /** Folders with Java files below the root package, relative to it. */
    private static List<String> folders() {
        def found = []
        SOURCES.eachFileRecurse { file ->
            if (file.name.endsWith('.java') && file.parentFile != SOURCES) {
                found << SOURCES.toPath().relativize(file.parentFile.toPath()).toString()
            }
        }
        return found.unique().sort()
    }
}
