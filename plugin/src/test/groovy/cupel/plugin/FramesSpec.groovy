package cupel.plugin

import cupel.structure.InputException
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class FramesSpec extends Specification {

    static final String ETHANOL = '''\
9
energy=-154.5 name="a molecule" weight=0.5 steps=12 vector="1.5 2.0" counts="1 2" flags="T F" done=T
O   0.0  0.0  1.2345678901234
C   0.0  1.4  0.0
C   1.4  1.4  0.0
H   2.0  0.0  0.0
H   2.0  2.0  0.0
H   0.0  2.0  1.0
H   0.0  2.0 -1.0
H   1.0  2.0 -1.0
H  -1.0  0.0  0.0
'''
    static final String SALT = '2\nLattice="4 0 0 0 4 0 0 0 4" Properties=species:S:1:pos:R:3:magmom:R:1\nNa 0 0 0 0.5\nCl 2 2 2 0.25\n'

    @TempDir
    Path folder

    Path file(String text) {
        return Files.writeString(folder.resolve('a few.xyz'), text)
    }

    List<List> frames(String text) {
        List<List> frames = []
        Frames.read(file(text)) { info, frame -> frames << [info, frame] }
        return frames
    }

    def "says what a frame is, and gives its lines as they are"() {
        expect:
        frames(ETHANOL + SALT) == [
            [[file: 'a few.xyz', frame: 1, atoms: 9, formula: 'C2H6O', energy: -154.5d,
              notes: [name: 'a molecule', weight: 0.5d, steps: 12L, vector: [1.5d, 2.0d], counts: [1L, 2L], flags: [true, false],
                      done: true]], ETHANOL],
            [[file: 'a few.xyz', frame: 2, atoms: 2, formula: 'ClNa', notes: [:]], SALT],
        ]
    }

    def "takes blank lines at the end, Windows line ends, and an empty file"() {
        expect:
        frames(SALT + '\n \n')*.last() == [SALT]
        frames(SALT.replace('\n', '\r\n'))*.last() == [SALT]
        frames('') == []
    }

    def "has only maps and lists that Nextflow can store with a task"() {
        expect:
        def (info) = frames(ETHANOL)[0]
        [info, info.notes]*.getClass() as Set == [LinkedHashMap] as Set
        [info.notes.vector, info.notes.counts, info.notes.flags]*.getClass() as Set == [ArrayList] as Set
    }

    def "gives the frames before the one that is wrong, and then names file, line and value"() {
        given:
        def file = file(SALT + ETHANOL.replace('1.4  1.4', '1.4  x'))
        def frames = []

        when:
        Frames.read(file) { info, text -> frames << info.frame }

        then:
        def error = thrown(InputException)
        error.message == "$file:9: pos is 'x', must be a finite number"
        frames == [1]
    }

    def "gives a frame before it reads the next"() {
        given:
        def file = file(SALT + 'no number\n')

        when:
        Frames.read(file) { info, text -> throw new IllegalStateException('stop here') }

        then:
        thrown(IllegalStateException)
    }
}
