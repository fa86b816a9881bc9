import cupel.pipeline.Parameters
import groovy.json.JsonSlurper
import java.nio.file.Path
import nextflow.Nextflow

/** What a run is asked for: its parameters, checked and typed, in the forms that the workflows take. */
class Request {

    /** All parameters by name, of the types that the schema gives them; null where there is no value. */
    final Map values

    /** Below so many cycles Java would take longer to optimise a walk than to walk, and not much longer than to start. */
    private static final int SHORT = 8000

    private final Path launchDir

    private Request(Map values, Path launchDir) {
        this.values = values
        this.launchDir = launchDir
    }

    /** The parameters that are declared in a file. */
    static Parameters schema(Path file) {
        return new Parameters(new JsonSlurper().parse(file) as Map, { String name -> path(name) })
    }

    /**
     * Checks the parameters, and ends the run before its first task when anything is wrong with them, with all of it in one message.
     *
     * @param workflow of Nextflow: where and how the run was started
     */
    static Request of(Parameters schema, Map params, Object workflow) {
        List<String> problems = schema.problems(params)
        if (!problems) {
            Map values = schema.typed(params)
            boolean seeds = values.label_structures == null && values.potential == null
            problems = schema.missing(values, seeds ? [] : ['seed_structures']) + Rules.problems(values, path(values.reference_settings))
            if (!problems) {
                return new Request(values, workflow.launchDir)
            }
        }
        Refusal.end("these parameters cannot be used:\n  ${problems.join('\n  ')}\nAll parameters: nextflow run . --help")
    }

    /** The settings of DRY_RUN: those of ACTIVE_LEARNING with as little of everything as there can be, and the forecast of the whole. */
    Map getRehearsal() {
        Map little = [max_epochs: 1, walkers: 1, walks: 1, cycles: 2, output_every: 1, equilibration: 2, contraction_every: null, max_candidates: 2]
        Map settings = new Request(values + little, launchDir).campaignSettings
        return settings + [options: settings.options + [forecast: options.forecast]]
    }

    /** Which of the four things the pipeline is to do: dry_run, labelling, measuring or campaigns. */
    String getTask() {
        return values.dry_run ? 'dry_run' : values.label_structures != null ? 'labelling' : values.potential != null ? 'measuring' : 'campaigns'
    }

    /** A file or folder that a parameter names, or null. */
    Path file(String name) {
        return path(values[name])
    }

    Path getOutdir() {
        return path(values.outdir).toAbsolutePath()
    }

    /** The options of the tools, see Options. */
    Map getOptions() {
        return Options.of(values, launchDir)
    }

    /** The kinds of campaigns, see Campaign. */
    List<Map> getArms() {
        return Campaign.arms(values)
    }

    /** How many campaigns there are. */
    int getCampaigns() {
        return arms*.replicas.sum()
    }

    /** Where the page of all campaigns, or of the only one, lies below the results. */
    String getReport() {
        return (campaigns > 1 ? '' : "${Campaign.name(arms[0], values.seed)}/") + 'report.html'
    }

    /** Folders outside of the work folder that tasks write to. */
    List<Path> getFolders() {
        return ['label_store', 'handoff_dir'].collect { String name -> file(name) }.findAll { Path folder -> folder != null }
    }

    /** Nextflow's trace as far as it has come, where the run's other records are. */
    String getTrace() {
        return outdir.resolve('pipeline_info/trace.tsv').toString()
    }

    /** What gives the labels: that of LABEL_STRUCTURES but for what has to be asked for. */
    Map getReference() {
        return [
            engine: values.reference,
            builtin: values.reference in ['gupta', 'sutton-chen'],
            settings_file: file('reference_settings') ?: [],
            files: OwnFiles.of(values.reference, file('reference_settings')),
            handoff: values.reference == 'handoff',
            handoff_dir: file('handoff_dir')?.toAbsolutePath()?.normalize()?.toString(),
            handoff_level: values.handoff_level,
            options: options.label,
        ]
    }

    /** Symmetry functions of the user's own, or none. */
    Object getDescriptorFile() {
        return values.descriptor.endsWith('.json') ? Nextflow.file([glob: false, checkIfExists: true], values.descriptor) : []
    }

    /** The settings of ACTIVE_LEARNING. */
    Map getCampaignSettings() {
        return [
            seed: values.seed,
            reference: reference,
            options: options,
            hours_limited: values.max_label_hours != null,
            arms: arms,
            own_seeds: values.own_seeds,
            trace: trace,
            walkers: values.walkers,
            walkers_together: walkersTogether,
            short_walks: cyclesOfWalker <= SHORT,
            warm_start: values.warm_start,
            // With another number of folds a network would go on with structures held out that it has been trained on.
            final_warm_start: values.warm_start && (values.final_folds ?: values.folds) == values.folds,
            generation_labels: values.generation_structures == 'labels',
            final_labels: values.final_structures == 'labels',
            temperatures: values.temperature.tokenize(','),
            confinements: values.confinement.tokenize(','),
            descriptor_file: descriptorFile,
        ]
    }

    private int getCyclesOfWalker() {
        return values.walks * (values.cycles + (values.equilibration == null ? 500 : values.equilibration))
    }

    /** As many walkers as are short together, in tasks of about the same size. */
    private int getWalkersTogether() {
        int most = Math.max(1, SHORT.intdiv(Math.max(1, cyclesOfWalker)))
        int tasks = Math.ceil(values.walkers / most) as int
        return Math.ceil(values.walkers / tasks) as int
    }

    /** The settings of PROPERTIES. */
    Map getMeasured() {
        return [
            campaigns: values.potential == null,
            campaign: values.potential == null ? Campaign.name(arms[0], values.seed) : 'potential',
            options: options,
            test_set: file('test_set'),
            bulk_element: values.bulk_element,
            bulk_reference: values.reference != 'xtb',
            eam_file: file('eam_file'),
            isomers: file('isomers'),
            minima_sizes: values.minima_sizes,
            dynamics: file('dynamics'),
            descriptor_file: descriptorFile,
            trace: trace,
        ]
    }

    // A name is a name, whatever is in it: Nextflow would take brackets and stars for a pattern.
    private static Path path(Object name) {
        return name == null ? null : Nextflow.file([glob: false], name) as Path
    }
}
