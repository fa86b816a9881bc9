package cupel.structure

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class AtomicFileSpec extends Specification {

    @TempDir
    Path dir

    private List<String> names() {
        return dir.toFile().list().sort()
    }

    def "replaces a file, and leaves nothing else behind"() {
        given:
        def file = dir.resolve('a.txt')
        Files.writeString(file, 'old')

        when:
        AtomicFile.write(file, 'new\n')

        then:
        Files.readString(file) == 'new\n'
        names() == ['a.txt']
    }

    def "leaves the old file, and nothing else, when writing fails half way"() {
        given:
        def file = dir.resolve('a.txt')
        Files.writeString(file, 'old')

        when:
        AtomicFile.write(file, { out ->
            out.write('half')
            throw new IOException('disk full')
        } as AtomicFile.Content)

        then:
        def e = thrown(InputException)
        e.message == "$file: cannot be written: disk full"
        Files.readString(file) == 'old'
        names() == ['a.txt']
    }

    def "the file can be read by whom other new files can be read by"() {
        given:
        def ordinary = Files.writeString(dir.resolve('ordinary'), '')
        def file = dir.resolve('a.txt')

        when:
        AtomicFile.write(file, '')

        then:
        Files.getPosixFilePermissions(file) == Files.getPosixFilePermissions(ordinary)
    }

    def "writes through a symbolic link"() {
        given:
        def file = Files.writeString(dir.resolve('a.txt'), 'old')
        def link = Files.createSymbolicLink(dir.resolve('link'), file)

        when:
        AtomicFile.write(link, 'new')

        then:
        Files.isSymbolicLink(link)
        Files.readString(file) == 'new'
    }

    def "says which folder is not there, and refuses to replace a folder"() {
        when:
        AtomicFile.write(dir.resolve('none/a.txt'), '')

        then:
        def missing = thrown(InputException)
        missing.message.contains('none/a.txt') && missing.message.contains('no such file or directory')

        when:
        AtomicFile.write(dir, '')

        then:
        def folder = thrown(InputException)
        folder.message.contains('directory')
    }
}
