package cupel.assay.figure

import java.nio.file.Files
import java.nio.file.Path

/** Small results of every kind, with names that somebody might think of. */
class Tables {

    static final HOSTILE = '<script>alert("a|b")</script> & `c`\u0007'

    static final Map<String, String> ALL = [
        'correlation.csv'       : '''source,set,size,reference_energy_per_atom,energy_per_atom
potential,test,2,-1.5,-1.49
potential,test,2,-1.2,-1.23
potential,test,13,-2.5,-2.48
potential,train,13,-2.6,-2.6
''',
        'force_correlation.csv' : '''source,set,size,reference_force,force
potential,test,2,0.5,0.55
potential,test,2,-0.5,-0.55
potential,test,13,0.1,0.0
''',
        'isomers.csv'           : '''source,size,isomer,energy_per_atom,relative_energy,rmsd,largest_force,planarity
reference,6,triangle,-2.3,0,,0.01,0
reference,6,cap,-2.2,0.6,,0.01,0.7
potential,6,triangle,-2.31,0.1,0.02,0.01,0
potential,6,cap,-2.33,0,0.03,0.01,0.7
''',
        'equation_of_state.csv' : '''source,crystal,volume_per_atom,lattice_constant,energy_per_atom
potential,fcc,18,4.16,-3.0
potential,fcc,17,4.08,-2.98
potential,fcc,19,4.23,-2.99
reference,fcc,17,4.08,-102.98
reference,fcc,18,4.16,-103.0
''',
        'polymorphs.csv'        : '''source,crystal,lattice_constant,energy_above_fcc,cohesive_energy,bulk_modulus
potential,fcc,4.19,0,2.9,140
potential,bcc,3.35,0.03,2.87,
gupta,fcc,4.07,0,,
''',
        'elastic_constants.csv' : '''source,constant,value,standard_error
potential,C11,180.25,1.25
potential,C44,,
''',
        'replicas.csv'          : '''arm,campaign,seed,generation,labels,pool,energy_mae,force_mae
direct_energy,direct_energy_01,1,1,1,1,400,900
direct_energy,direct_energy_01,1,2,100,80,40,90
direct_energy,direct_energy_02,2,1,1,1,800,900
direct_energy,direct_energy_02,2,2,100,70,20,80
random_energy,random_energy_01,1,1,1,1,500,900
random_energy,random_energy_01,1,2,100,100,120,300
''',
        'minima.csv'            : '''source,size,rank,energy_per_atom,relative_energy,planarity,found_by
potential,12,1,-2.6,0,0.05,metropolis
potential,12,2,-2.5,1.2,1.1,metropolis
potential,13,1,-2.7,0,1.2,growth
''',
        'growth.csv'            : '''source,size,sweep,energy_per_atom,planarity
potential,4,10,-1.9,0
potential,5,20,-2.0,0.1
potential,5,30,-2.2,0.3
''',
        'lindemann.csv'         : '''source,size,temperature,lindemann,standard_error
potential,13,600,0.2,0.02
potential,13,300,0.05,
''',
        'conservation.csv'      : '''source,step_fs,drift_mev_per_atom_per_ps,rms_mev_per_atom
potential,2,0.0125,0.05
''',
        'cost.csv'              : '''step,tasks,cpu_seconds,wall_seconds,kind
RUN_GPAW,4,7200,8000,reference
TRAIN,2,360,400,other
SAMPLE,9,1440,1500,other
'''
    ]

    /** Writes some of them into a folder, all when none are named. */
    static Path write(Path folder, Collection<String> names = ALL.keySet()) {
        Files.createDirectories(folder)
        names.each { folder.resolve(it).toFile().setText(ALL[it], 'UTF-8') }
        folder
    }
}
