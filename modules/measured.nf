// Options of the measurements: whose energies are measured, those of a potential, of a classical model, or labels.
def energyOptions(meta, files) {
    def paths = [files].flatten().collect { file -> file.toString() }
    if (meta.kind == 'potential') {
        return "--potential ${paths.join(' ')} --name ${meta.source}"
    }
    if (meta.kind == 'labels') {
        return (paths ? "--labels ${paths.join(' ')} " : '') + "--name ${meta.source}"
    }
    return "--model ${meta.kind} --name ${meta.source}" + (paths ? " --model-file ${paths.join(' ')}" : '')
}
