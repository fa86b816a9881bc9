include { CHECK_SETTINGS    } from '../../modules/label/settings'
include { IDENTIFY_ASE      } from '../../modules/label/ase'
include { IDENTIFY_COMMAND  } from '../../modules/label/command'
include { IDENTIFY_CP2K     } from '../../modules/label/cp2k'
include { IDENTIFY_ESPRESSO } from '../../modules/label/espresso'
include { IDENTIFY_GPAW     } from '../../modules/label/gpaw'
include { IDENTIFY_NWCHEM   } from '../../modules/label/nwchem'
include { IDENTIFY_VASP     } from '../../modules/label/vasp'
include { IDENTIFY_XTB      } from '../../modules/label/xtb'

// Which program will answer, with which settings: before anything is computed. A program that is missing, or settings that
// cannot be used, end the run here.
workflow IDENTIFY_REFERENCE {
    take:
    reference // map:  engine, settings_file (path or []), files (paths of the user's own)
    ch_atoms  // path: one isolated atom of each element, extended XYZ
    jar       // path: label.jar

    main:
    CHECK_SETTINGS(reference.engine, reference.settings_file, jar)
    ch_settings = CHECK_SETTINGS.out.settings
    ch_scripts = CHECK_SETTINGS.out.scripts
    if (reference.engine == 'xtb') {
        IDENTIFY_XTB(ch_settings, ch_atoms)
        ch_identity = IDENTIFY_XTB.out.identity
    } else if (reference.engine == 'cp2k') {
        IDENTIFY_CP2K(ch_settings, ch_atoms, ch_scripts)
        ch_identity = IDENTIFY_CP2K.out.identity
    } else if (reference.engine == 'espresso') {
        IDENTIFY_ESPRESSO(ch_settings, ch_atoms, ch_scripts)
        ch_identity = IDENTIFY_ESPRESSO.out.identity
    } else if (reference.engine == 'nwchem') {
        IDENTIFY_NWCHEM(ch_settings, ch_atoms, ch_scripts)
        ch_identity = IDENTIFY_NWCHEM.out.identity
    } else if (reference.engine == 'vasp') {
        IDENTIFY_VASP(ch_settings, ch_atoms, ch_scripts)
        ch_identity = IDENTIFY_VASP.out.identity
    } else if (reference.engine == 'ase') {
        IDENTIFY_ASE(ch_settings, reference.files, ch_scripts)
        ch_identity = IDENTIFY_ASE.out.identity
    } else if (reference.engine == 'command') {
        IDENTIFY_COMMAND(ch_settings, reference.files, ch_scripts)
        ch_identity = IDENTIFY_COMMAND.out.identity
    } else {
        IDENTIFY_GPAW(ch_settings, ch_atoms, ch_scripts)
        ch_identity = IDENTIFY_GPAW.out.identity
    }

    emit:
    settings = ch_settings // value channel: path, JSON
    scripts  = ch_scripts  // value channel: path of the folder of scripts that run where the program runs
    identity = ch_identity // value channel: path, lines version=... and data.NAME=...
}
