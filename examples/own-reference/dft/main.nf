// Stands for a pipeline that a site has already: structures in, energies and forces out. Nothing here knows of Cupel.

process SCF {
    tag "${meta.id}"
    label 'process_engine'

    input:
    tuple val(meta), path(structure)
    path program

    output:
    tuple val(meta), path(structure), path('calculated.xyz'), path('scf.log'), emit: calculated

    script:
    """
    TIMEFORMAT='CPU seconds: %U'
    { time awk -f ${program} ${structure} > calculated.xyz; } 2> scf.log || true
    """

    stub:
    """
    touch calculated.xyz scf.log
    """
}

workflow DFT {
    take:
    ch_structures // channel: [ val(meta: id, ...), path(structure, extended XYZ) ]

    main:
    SCF(ch_structures, file("${moduleDir}/lj.awk"))

    emit:
    calculated = SCF.out.calculated // channel: [ val(meta), path(structure), path(calculated; empty if it failed), path(log) ]
}
