import java.nio.file.Path

/** What the measurements of compare.jar are made on. */
class Measurement {

    /** The options that say whose energies are measured: those of a potential, a classical model, or labels. */
    static String energies(Map meta, Object files) {
        List<String> paths = (files instanceof Path ? [files] : files)*.toString()
        switch (meta.kind) {
            case 'potential':
                return "--potential ${paths.join(' ')} --name ${meta.source}"
            case 'labels':
                return (paths ? "--labels ${paths.join(' ')} " : '') + "--name ${meta.source}"
            default:
                return "--model ${meta.kind} --name ${meta.source}" + (paths ? " --model-file ${paths.join(' ')}" : '')
        }
    }

    /** A set of structures at a step of its relaxation, with the folders that its labels lie in. */
    static Map step(Map meta, int number) {
        String set = meta.set ?: meta.id
        String step = String.format('step_%03d', number)
        return [set: set, number: number, step: step, id: "${set}/${step}".toString(), labels: "properties/relaxed/${set}/labels/${step}".toString()]
    }
}
