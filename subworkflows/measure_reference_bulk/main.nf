include { PREPARE_BULK as PREPARE_VOLUMES    } from '../../modules/prepare_bulk'
include { PREPARE_BULK as PREPARE_STRAINS    } from '../../modules/prepare_bulk'
include { LABEL_STRUCTURES as LABEL_VOLUMES  } from '../label_structures'
include { LABEL_STRUCTURES as LABEL_STRAINS  } from '../label_structures'
include { MEASURE_BULK                       } from '../../modules/measure_bulk'

// Crystals with the reference: first at several volumes, then strained at the lattice constant that those give.
workflow MEASURE_REFERENCE_BULK {
    take:
    reference // map:           that of LABEL_STRUCTURES
    ch_atoms  // value channel: path of labelled isolated atoms, or []
    options   // map:           volumes (string)
    jars      // map:           tool: path(jar)

    main:
    PREPARE_VOLUMES(channel.of([[stage: 'equation-of-state'], []]), options.volumes, jars.compare)
    LABEL_VOLUMES(
        PREPARE_VOLUMES.out.structures.map { meta, structures -> [meta + [id: 'volumes', labels: 'properties/bulk/labels/volumes'], structures] },
        reference, ch_atoms, ch_atoms, jars.label
    )
    ch_volumes = LABEL_VOLUMES.out.labels.map { _meta, labelled, _failed, _costs -> labelled }
    PREPARE_STRAINS(ch_volumes.map { volumes -> [[stage: 'elastic'], volumes] }, '', jars.compare)
    LABEL_STRAINS(
        PREPARE_STRAINS.out.structures.map { meta, structures -> [meta + [id: 'strains', labels: 'properties/bulk/labels/strains'], structures] },
        reference, ch_atoms, ch_atoms, jars.label
    )
    ch_strains = LABEL_STRAINS.out.labels.map { _meta, labelled, _failed, _costs -> labelled }
    MEASURE_BULK(
        ch_volumes.combine(ch_strains).map { volumes, strains -> [[source: 'reference', kind: 'labels'], [volumes, strains]] },
        jars.compare
    )

    emit:
    tables  = MEASURE_BULK.out.tables // channel: [ val(meta), path(folder of tables) ]
    volumes = ch_volumes              // channel: path(labelled)
}
