package cupel.reference.store

import cupel.reference.Level
import cupel.structure.Label
import cupel.structure.Structure
import java.nio.file.Path

/** A program that adds labels to a store: DIR FIRST COUNT; each line that it prints is the number of a label that is safe. */
class StoreWriter {

    static final LEVEL = Level.parse('engine=test,functional=LDA')

    /** The structure with this number, a dimer stretched a little more than the one before; its energy is -1 less the number. */
    static Structure dimer(int number) {
        Structure.cluster(79, 0, 0, 0, 2.5d + 0.005d * number, 0, 0)
            .withLabel(new Label(-1 - number, [0.1d, 0, 0, -0.1d, 0, 0] as double[]))
    }

    static void main(String[] args) {
        def store = LabelStore.create(Path.of(args[0]))
        int first = args[1] as int
        for (int i = first; i < first + (args[2] as int); i++) {
            store.add(LEVEL, dimer(i), 1.5d)
            // in one piece, so that nobody reads half a number
            System.out.print("$i\n")
            System.out.flush()
        }
    }

    /** Kill -9, and not Java's way, which closes what the program printed. */
    static void kill(Process program) {
        new ProcessBuilder('kill', '-9', program.pid().toString()).start().waitFor()
        program.waitFor()
    }

    static Process start(Path folder, int first, int count) {
        new ProcessBuilder(Path.of(System.getProperty('java.home'), 'bin', 'java').toString(), '-Xshare:auto', '-XX:TieredStopAtLevel=1',
            '-cp', System.getProperty('java.class.path'), StoreWriter.name, folder.toString(), first.toString(), count.toString())
            .redirectErrorStream(true).start()
    }

    /** Starts programs one after the other and kills each after some labels; all numbers that they said were safe. */
    static Set<Integer> killed(Path folder, int programs, Closure<Integer> enough) {
        def safe = [] as Set
        programs.times { round ->
            def program = start(folder, 1000 * round, 1000)
            def lines = program.inputReader()
            enough().times { safe << (lines.readLine() as int) }
            kill(program)
            for (def line = lines.readLine(); line != null; line = lines.readLine()) {
                safe << (line as int)
            }
        }
        safe
    }
}
