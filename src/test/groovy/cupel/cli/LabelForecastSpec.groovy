package cupel.cli

import cupel.reference.Level
import cupel.reference.store.LabelStore
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class LabelForecastSpec extends Specification {

    @TempDir
    Path folder

    Path csv(String name, String... rows) {
        def file = folder.resolve(name)
        file.toFile().text = ['atoms,seconds,outcome', *rows].collect { it + '\n' }.join()
        file
    }

    List<String> forecast(Object... words) {
        def run = CommandLine.run(Label.TOOL, 'forecast', *words)
        assert run.code == 0: run
        assert run.err == ''
        run.out.readLines()
    }

    def "says what it has cost, what a calculation costs, and what may come"() {
        given: 'a cost of 36 s an atom'
        def seeds = csv('seeds.csv', '1,36.000,labelled', '13,468.000,labelled')
        def first = csv('first.csv', '3,0.000,known', '4,144.000,labelled', '8,288.000,not_converged')
        def second = csv('second.csv', '6,216.000,labelled')

        expect:
        forecast('--sizes', '2..10', '--seed-costs', seeds, '--costs', first, second, '--per-generation', 8, '--max-labels', 54,
            '--generation', 2) == [
            'reference: 5 calculations so far, 1 failed, 1 known already; 0.32 core-hours',
            'reference: a calculation of 2 atoms costs about 72 s, of 10 about 360 s',
            'reference: at most 50 more (--max_labels 54), at most 8 a generation: about 3.0 core-hours, at worst 5.0 core-hours']
    }

    def "the nearest limit is the one that is named: #limits"() {
        given:
        def seeds = csv('seeds.csv', '1,36.000,labelled')

        expect:
        forecast('--sizes', '10', '--seed-costs', seeds, *limits)[2] == line

        where:
        limits                                                                      || line
        []                                                                          ||
            'reference: how many are to come is not limited (--max_labels), any number a generation'
        ['--per-generation', 20]                                                    ||
            'reference: how many are to come is not limited (--max_labels), at most 20 a generation, 2.0 core-hours at worst'
        ['--per-generation', 20, '--max-labels', 100, '--max-generations', 4, '--generation', 2] ||
            'reference: at most 40 more (--max_generations 4), at most 20 a generation: about 4.0 core-hours, at worst 4.0 core-hours'
        ['--per-generation', 20, '--max-labels', 30, '--max-generations', 4, '--generation', 2] ||
            'reference: at most 30 more (--max_labels 30), at most 20 a generation: about 3.0 core-hours, at worst 3.0 core-hours'
        ['--per-generation', 20, '--max-labels', 30, '--max-label-hours', '2.5']    ||
            'reference: at most 30 more (--max_labels 30), at most 20 a generation: about 3.0 core-hours, at worst 3.0 core-hours;' +
            ' 2.5 core-hours are left of --max_label_hours'
        ['--per-generation', 5, '--max-generations', 3, '--generation', 3]          ||
            'reference: at most 0 more (--max_generations 3), at most 5 a generation: about 0.0 core-seconds, at worst 0.0 core-seconds'
    }

    def "seeds are not counted against --max-labels and --max-label-hours, and what is spent is never less than nothing"() {
        given:
        def seeds = csv('seeds.csv', '10,7200.000,labelled', '10,7200.000,labelled')
        def since = csv('since.csv', '10,3600.000,labelled', '10,0.000,known')

        expect:
        def lines = forecast('--sizes', '10', '--seed-costs', seeds, '--costs', since, '--max-labels', labels, '--max-label-hours', hours)
        lines[0] == 'reference: 3 calculations so far, 0 failed, 1 known already; 5.0 core-hours'
        lines[2].startsWith("reference: at most $more more (--max_labels $labels)")
        lines[2].endsWith("; $left are left of --max_label_hours")

        where:
        labels | hours || more | left
        10     | 4     || 8    | '3.0 core-hours'
        1      | '0.5' || 0    | '0.0 core-seconds'
    }

    def "before the first calculation nothing is known, and it says so"() {
        expect:
        forecast('--sizes', '2..10', '--max-labels', 30, '--store', folder.resolve('none yet')) == [
            'reference: 0 calculations so far, 0 failed, 0 known already; 0.0 core-seconds',
            'reference: what a calculation costs is not known yet',
            'reference: at most 30 more (--max_labels 30), any number a generation']
        !folder.resolve('none yet').toFile().exists()
    }

    def "a label store tells what calculations cost before the campaign does, those of the same program"() {
        given: 'one program that takes 10 s an atom, and another that takes 1000'
        def store = LabelStore.create(folder.resolve('store'))
        [xtb: 10d, gpaw: 1000d].each { engine, each ->
            [4, 8].each {
                store.add(Level.parse("engine=$engine,version=1"), Campaigns.labelled(Campaigns.cluster(it, it)), each * it)
            }
        }
        def one = csv('one.csv', '4,4000.000,labelled')
        def two = csv('two.csv', '4,8.000,labelled', '8,16.000,labelled')

        expect:
        forecast('--sizes', '2..20', '--store', store.folder(), '--engine', 'xtb')[1] ==
            'reference: a calculation of 2 atoms costs about 20 s, of 20 about 200 s'
        forecast('--sizes', '2..20', '--store', store.folder(), '--engine', 'gpaw')[1] ==
            'reference: a calculation of 2 atoms costs about 2000 s, of 20 about 20000 s'

        and: 'what the store knows was not paid for now'
        forecast('--sizes', '2..20', '--store', store.folder(), '--engine', 'xtb')[0] ==
            'reference: 0 calculations so far, 0 failed, 0 known already; 0.0 core-seconds'

        and: 'with two sizes of its own the campaign knows better'
        forecast('--sizes', '2..20', '--store', store.folder(), '--engine', 'gpaw', '--costs', two)[1] ==
            'reference: a calculation of 2 atoms costs about 4.0 s, of 20 about 40 s'
        forecast('--sizes', '2..20', '--store', store.folder(), '--engine', 'gpaw', '--costs', one)[1] ==
            'reference: a calculation of 2 atoms costs about 2000 s, of 20 about 20000 s'
    }

    def "a table that label gather did not write is refused by its name: #message"() {
        given:
        def file = folder.resolve('costs.csv')
        file.toFile().text = text

        when:
        def run = CommandLine.run(Label.TOOL, 'forecast', '--sizes', '2..10', option, file)

        then:
        run.code == 1
        run.err.startsWith("label forecast: $file")
        run.err.contains('must have the columns atoms, seconds and outcome, as label gather writes them')
        run.err.contains(message)
        run.out == ''

        where:
        option         | text                                           || message
        '--costs'      | 'atoms,seconds\n4,1.0\n'                       || 'outcome'
        '--seed-costs' | 'generation,pool_size\n1,4\n'                  || 'outcome'
        '--costs'      | 'atoms,seconds,outcome\nfour,1.0,labelled\n'   || 'four'
        '--costs'      | 'atoms,seconds,outcome\n4,long,labelled\n'     || 'long'
        '--costs'      | 'atoms,seconds,outcome\n4,1.0\n'               || 'outcome'
        '--costs'      | 'atoms,seconds,outcome\n0,1.0,labelled\n'      || '0'
        '--costs'      | 'atoms,seconds,outcome\n4,-1.0,labelled\n'     || '-1.0'
        '--costs'      | 'atoms,seconds,outcome\n4,Infinity,labelled\n' || 'Infinity'
    }

    def "a table that is not there is named"() {
        when:
        def run = CommandLine.run(Label.TOOL, 'forecast', '--sizes', '2..10', '--costs', folder.resolve('none.csv'))

        then:
        run.code == 1
        run.err.contains('none.csv')
    }

    def "a calculation whose time was not recorded counts, and says nothing of costs"() {
        given:
        def costs = csv('costs.csv', '4,NaN,crashed', '4,8.000,labelled')

        expect:
        forecast('--sizes', '2..10', '--costs', costs)[0, 1] == [
            'reference: 2 calculations so far, 1 failed, 0 known already; 8.0 core-seconds',
            'reference: a calculation of 2 atoms costs about 4.0 s, of 10 about 20 s']
    }

    def "a command line that makes no sense ends with 2: #options"() {
        when:
        def run = CommandLine.run(Label.TOOL, 'forecast', *options)

        then:
        run.code == 2
        run.err.contains(message)

        where:
        options                                          | message
        []                                               | '--sizes'
        ['--sizes', '10..2']                             | '--sizes must be a range'
        ['--sizes', '2..9', '--max-labels', '0']         | '--max-labels must be a whole number, 1 or above'
        ['--sizes', '2..9', '--max-label-hours', '0']    | '--max-label-hours must be'
        ['--sizes', '2..9', '--per-generation', '-1']    | '--per-generation must be a whole number, 0 or above'
    }
}
