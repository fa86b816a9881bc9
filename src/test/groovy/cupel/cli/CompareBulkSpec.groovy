package cupel.cli

import cupel.structure.ExtendedXyz
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class CompareBulkSpec extends Specification {

    @TempDir
    Path folder

    def file(String name) {
        folder.resolve(name)
    }

    def lines(String name) {
        file(name).toFile().readLines()
    }

    def run(Object... words) {
        CommandLine.run(Compare.TOOL, *words)
    }

    def "four tables, and what they say in short"() {
        when:
        def run = run('bulk', '--model', 'gupta', '--element', 'Au', '--output', file('bulk'), '--name', 'g')

        then:
        run.code == 0
        run.out.startsWith('g, Au\n')
        run.out.contains('\nfcc             4.0786                    0.0                      3.7792     165.4\n')
        run.out.endsWith('C11 187.5, C12 154.5, C44 44.7, (C11 + 2 C12)/3 165.5 GPa\n')

        and:
        def points = lines('bulk/equation_of_state.csv')
        points[0] == 'source,crystal,volume_per_atom,lattice_constant,energy_per_atom'
        points.size() == 1 + 4 * 11
        points[1].startsWith('g,fcc,')
        lines('bulk/polymorphs.csv')[0] ==
            'source,crystal,lattice_constant,energy_above_fcc,cohesive_energy,bulk_modulus'
        lines('bulk/polymorphs.csv').drop(1).collect { it.split(',')[1] } == ['fcc', 'bcc', 'sc', 'diamond']
        lines('bulk/elastic_constants.csv')[0] == 'source,constant,value,standard_error'
        lines('bulk/elastic_constants.csv').drop(1).collect { it.split(',')[1] } == ['C11', 'C12', 'C44', 'B']
        lines('bulk/strains.csv')[0] == 'source,strain,delta,energy_per_volume'
        lines('bulk/strains.csv').size() == 1 + 27
        lines('bulk/strains.csv')[5] == 'g,tetragonal,0.0,0.0'
    }

    def "a reference goes through two stages of labels"() {
        when:
        def crystals = run('bulk-structures', '--stage', 'equation-of-state', '--element', 'Au', '--crystals', 'fcc,bcc',
            '--lattice-constant', '4.1', '--output', file('crystals.xyz'))
        def first = CommandLine.run(Label.TOOL, '--model', 'gupta', '--structures', file('crystals.xyz'),
            '--output', file('labels.xyz'), '--failed', file('failed.xyz'))
        def strained = run('bulk-structures', '--stage', 'elastic', '--labels', file('labels.xyz'),
            '--output', file('strained.xyz'))
        def second = CommandLine.run(Label.TOOL, '--model', 'gupta', '--structures', file('strained.xyz'),
            '--output', file('more.xyz'), '--failed', file('failed.xyz'))
        def bulk = run('bulk', '--labels', file('labels.xyz'), file('more.xyz'), '--output', file('bulk'))

        then:
        [crystals, first, strained, second, bulk]*.code == [0] * 5
        crystals.out.startsWith('23 structures in ')
        strained.out.startsWith('fcc: lattice constant 4.0786 angstrom\n25 structures in ')
        bulk.out.startsWith('reference, Au\n')
        bulk.out =~ /C11 188\.\d, C12 155\.\d, C44 44\.\d/
        lines('bulk/polymorphs.csv').size() == 3
    }

    def "of labels of the first stage alone there are no elastic constants, and that is said"() {
        given:
        run('bulk-structures', '--stage', 'equation-of-state', '--element', 'Au', '--crystals', 'bcc',
            '--lattice-constant', '3.25', '--output', file('crystals.xyz'))
        CommandLine.run(Label.TOOL, '--model', 'gupta', '--structures', file('crystals.xyz'),
            '--output', file('labels.xyz'), '--failed', file('failed.xyz'))

        when:
        def bulk = run('bulk', '--labels', file('labels.xyz'), '--output', file('bulk'))
        def strained = run('bulk-structures', '--stage', 'elastic', '--labels', file('labels.xyz'),
            '--output', file('strained.xyz'))

        then:
        bulk.code == 0
        bulk.out.endsWith('note: no elastic constants: there are no strained cells\n')
        lines('bulk/polymorphs.csv')[1].split(',', -1)[3] == ''
        lines('bulk/elastic_constants.csv') == ['source,constant,value,standard_error']
        strained.code == 1
        strained.err.contains('there is no fcc among the structures')
    }

    def "labels that scatter are said to"() {
        given: 'every other one too low by 20 meV, as if its grid of k-points were another'
        run('bulk-structures', '--stage', 'equation-of-state', '--element', 'Au', '--crystals', 'fcc',
            '--lattice-constant', '4.08', '--output', file('crystals.xyz'))
        CommandLine.run(Label.TOOL, '--model', 'gupta', '--structures', file('crystals.xyz'),
            '--output', file('labels.xyz'), '--failed', file('failed.xyz'))
        def shifted = ExtendedXyz.read(file('labels.xyz')).withIndex().collect { structure, n ->
            structure.withLabel(new cupel.structure.Label(structure.label().energy() - 0.02d * (n % 2), null))
        }
        ExtendedXyz.write(file('shifted.xyz'), shifted)

        expect:
        !run('bulk', '--labels', file('labels.xyz'), '--output', file('bulk')).out.contains('scatter')
        run('bulk', '--labels', file('shifted.xyz'), '--output', file('bulk')).out =~
            /note: fcc: energies scatter by \d+\.\d meV\/atom around the equation of state/
    }

    def "a command line that makes no sense is answered with 2: #words"() {
        when:
        def run = run(*(words.split(' ') as List), '--output', file('out'))

        then:
        run.code == 2
        run.err.contains(message)

        where:
        words                                                              || message
        'bulk'                                                             || 'needs either --potential or --model'
        'bulk --model gupta'                                               || 'needs --element'
        'bulk --model gupta --element Xx'                                  || '--element must be the symbol of an element, is Xx'
        'bulk --model gupta --element Fe'                                  || '--model cannot be used'
        'bulk --model eam --element Au'                                    || '--model-file and --model eam belong together'
        'bulk --model gupta --element Au --model-file x.eam'               || '--model-file and --model eam belong together'
        'bulk --model gupta --element Au --labels a.xyz'                   || '--labels are energies of their own'
        'bulk --model gupta --element Au --step 0.04'                      || 'illegal step'
        'bulk --model gupta --element Au --name a,b'                       || '--name must be one word'
        'bulk-structures --stage equation-of-state --element Au'           || 'needs --element and --lattice-constant'
        'bulk-structures --stage elastic'                                  || 'needs --labels'
        'bulk-structures --stage elastic --labels a.xyz --element Au'      || '--element follows from --labels'
        'bulk-structures --stage equation-of-state --element Au --lattice-constant 4.1 --crystals hcp' || '--crystals must be of fcc'
        'bulk-structures --stage equation-of-state --element Au --lattice-constant 4.1,3.2'            || '--lattice-constant must be one number'
    }
}
