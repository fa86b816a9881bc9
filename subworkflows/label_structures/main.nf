include { LABEL_BUILTIN  } from '../../modules/label/builtin'
include { LABEL_HANDOFF  } from '../../modules/label/handoff'
include { PREPARE_LABELS } from '../../modules/label/prepare'
include { RUN_ASE        } from '../../modules/label/ase'
include { RUN_COMMAND    } from '../../modules/label/command'
include { RUN_CP2K       } from '../../modules/label/cp2k'
include { RUN_ESPRESSO   } from '../../modules/label/espresso'
include { RUN_GPAW       } from '../../modules/label/gpaw'
include { RUN_NWCHEM     } from '../../modules/label/nwchem'
include { RUN_VASP       } from '../../modules/label/vasp'
include { RUN_XTB        } from '../../modules/label/xtb'
include { PARSE_LABELS   } from '../../modules/label/parse'
include { GATHER_LABELS  } from '../../modules/label/gather'

// What to say when nothing can go on, for these calculations failed.
def hopeless(what, failed) {
    def reasons = failed.readLines()
        .findAll { line -> line.contains('Properties=') }
        .collect { line ->
            def log = note(line, 'log')
            note(line, 'reason') + (log ? "\n  the last that was said: ${log}" : '')
        }
        .unique()
    return "${what}:\n  ${reasons.take(3).join('\n  ')}\n" +
        'Other settings may help (--reference_settings), or more time (--label_timeout); then the same command with -resume.'
}

// A note of a comment line of extended XYZ, or null.
def note(line, name) {
    def found = line =~ ('\\s' + name + '=(?:"((?:[^"\\\\]|\\\\.)*)"|(\\S+))')
    return found.find() ? found.group(1) ?: found.group(2) : null
}

// The folders that a reference program has to run in, in their order; none if all labels were known.
def batches(prepared) {
    return prepared.listFiles()
        .findAll { path -> path.name.startsWith('batch_') }
        .sort { path -> path.name }
}

// Reference energies and forces. Every structure comes back, either labelled or as a record of why it failed:
// a calculation that fails neither stops the campaign nor is it lost.
workflow LABEL_STRUCTURES {
    take:
    ch_structures // channel: [ val(meta), path(structures) ]; meta.labels says where the answers lie
    reference     // map:     engine (a program, or a built-in model), builtin (whether it is one), settings, scripts, identity (value channels),
                  //          files (of the user's own), handoff (whether it is one), handoff_dir, handoff_level, options (map of strings: limits
                  //          of labels; prepare, run and parse, for programs)
    ch_atoms      // value channel: path of labelled isolated atoms, or []
    ch_known      // value channel: path of labels that need not be computed again, or []
    jar           // path:    label.jar

    main:
    ch_waiting = channel.empty()
    if (reference.builtin) {
        LABEL_BUILTIN(ch_structures, reference.engine, reference.options.limits, jar)
        ch_labels = LABEL_BUILTIN.out.labels
    } else if (reference.handoff) {
        LABEL_HANDOFF(ch_structures, reference.handoff_dir, reference.handoff_level, ch_atoms, reference.options.limits, jar)
        ch_labels = LABEL_HANDOFF.out.labels
        ch_waiting = LABEL_HANDOFF.out.waiting
    } else {
        PREPARE_LABELS(ch_structures, reference.engine, reference.settings, reference.identity, ch_known, reference.options.prepare, jar)
        ch_prepared = PREPARE_LABELS.out.prepared
        ch_batches = ch_prepared.flatMap { meta, prepared ->
            def folders = batches(prepared)
            folders.collect { batch -> [groupKey(meta, folders.size()), batch] }
        }
        if (reference.engine == 'xtb') {
            RUN_XTB(ch_batches, reference.scripts, reference.options.run)
            ch_answered = RUN_XTB.out.batch
        } else if (reference.engine == 'cp2k') {
            RUN_CP2K(ch_batches, reference.scripts, reference.options.run)
            ch_answered = RUN_CP2K.out.batch
        } else if (reference.engine == 'espresso') {
            RUN_ESPRESSO(ch_batches, reference.scripts, reference.options.run)
            ch_answered = RUN_ESPRESSO.out.batch
        } else if (reference.engine == 'nwchem') {
            RUN_NWCHEM(ch_batches, reference.scripts, reference.options.run)
            ch_answered = RUN_NWCHEM.out.batch
        } else if (reference.engine == 'vasp') {
            RUN_VASP(ch_batches, reference.scripts, reference.options.run)
            ch_answered = RUN_VASP.out.batch
        } else if (reference.engine == 'ase') {
            RUN_ASE(ch_batches, reference.files, reference.scripts, reference.options.run)
            ch_answered = RUN_ASE.out.batch
        } else if (reference.engine == 'command') {
            RUN_COMMAND(ch_batches, reference.files, reference.scripts, reference.options.run)
            ch_answered = RUN_COMMAND.out.batch
        } else {
            RUN_GPAW(ch_batches, reference.scripts, reference.options.run)
            ch_answered = RUN_GPAW.out.batch
        }
        PARSE_LABELS(ch_answered, ch_atoms, reference.options.parse, jar)
        // Batches end in any order: sorted, so that the order does not reach the hash of the next task.
        ch_answers = PARSE_LABELS.out.answers
            .map { key, answers, costs -> [key, [answers, costs]] }
            .groupTuple()
            .map { key, pairs ->
                def sorted = pairs.sort { pair -> pair[0].name }
                [key.getGroupTarget(), sorted.collect { pair -> pair[0] }, sorted.collect { pair -> pair[1] }]
            }
        ch_unasked = ch_prepared
            .filter { _meta, prepared -> batches(prepared).isEmpty() }
            .map { meta, _prepared -> [meta, [], []] }
        GATHER_LABELS(ch_prepared.join(ch_answers.mix(ch_unasked)), jar)
        ch_labels = GATHER_LABELS.out.labels
    }

    emit:
    labels  = ch_labels  // channel: [ val(meta), path(labelled), path(failed), path(costs) ]
    waiting = ch_waiting // channel: [ val(meta), path(text) ]: labels that somebody else has yet to give (handoff)
}
