import java.nio.file.Path

/**
 * The options of the tools that follow from the parameters, as their tasks are given them: strings, so that a task runs again exactly
 * when an option of its own has changed.
 */
class Options {

    /**
     * All of them, by what they are for.
     *
     * @param values the parameters, typed
     * @param launchDir what names of folders are relative to
     */
    static Map of(Map values, Path launchDir) {
        String distances = options('--r-min': values.r_min, '--r-connect': values.r_connect)
        String limits = options('--max-force': values.max_force, '--energy-window': values.energy_window)
        String budget = options('--max-labels': values.max_labels, '--max-label-hours': values.max_label_hours)
        String generations = options('--max-generations': values.max_generations)
        Path store = values.label_store == null ? null : launchDir.resolve(values.label_store)
        String stored = options('--store': quoted(store))
        String descriptor = options('--descriptor': values.descriptor.endsWith('.json') ? null : values.descriptor)
        boolean walks = values.label_structures == null && values.potential == null && (values.sampler != 'random' || values.arms != null)
        return [
            seeds: join(walks ? '--walks yes' : '', distances),
            featurize: descriptor,
            train: join(descriptor, training(values, values.folds, values.max_epochs)),
            train_final: join(
                descriptor,
                training(values, values.final_folds ?: values.folds, values.final_max_epochs ?: values.max_epochs),
                values.final_combine == 'mean' ? '--combine mean' : '',
                values.final_hold_out ? '' : '--hold-out no'
            ),
            sample: sampling(values, distances),
            screen: join(options('--sizes': values.sizes, '--max-candidates': values.max_candidates), budget,
                options('--duplicate-distance': values.duplicate_distance), distances),
            select: join(options('--tolerance': values.tolerance, '--tolerance-per': values.tolerance_per,
                '--force-tolerance': values.force_tolerance, '--patience': values.patience), budget, generations),
            forecast: join(options('--sizes': values.sizes, '--per-generation': mostPerGeneration(values)), stored, budget, generations),
            label: [
                limits: limits,
                prepare: join(options('--batch-size': values.batch_size), limits, stored),
                run: options('--timeout': values.label_timeout, '--keep': quoted(store?.resolve('.calculations'))),
                parse: join(limits, stored),
            ],
            volumes: options('--element': values.bulk_element, '--lattice-constant': values.lattice_constant),
            minima: options('--sizes': values.minima_sizes, '--walks': values.minima_walks, '--keep': values.minima_keep, '--seed': values.seed),
            growth: options('--sizes': values.minima_sizes, '--sweeps': values.growth_sweeps, '--seed': values.seed),
            dynamics: options('--temperatures': values.dynamics_temperatures, '--time': values.dynamics_time,
                '--equilibration': text(values.dynamics_time / 10), '--seed': values.seed),
            relax: options('--max-steps': values.relax_steps),
        ]
    }

    /** How many structures a generation of one campaign hands on at most. */
    static int mostPerGeneration(Map values) {
        return [values.walkers * samplesPerWalker(values), values.max_candidates].findAll { number -> number != null }.min()
    }

    private static int samplesPerWalker(Map values) {
        return values.walks * values.cycles.intdiv(values.output_every)
    }

    private static String training(Map values, Object folds, Object epochs) {
        return options('--hidden-layers': values.hidden_layers, '--preset': values.preset, '--folds': folds, '--max-epochs': epochs,
            '--force-weight': values.force_weight)
    }

    /** Those of walks, and those of the random sampler, which gives as many as walks would, so that the control has as many labels. */
    private static Map<String, String> sampling(Map values, String distances) {
        String all = join(
            options('--sizes': values.sizes, '--walks': values.walks, '--composition': values.composition == 'start' ? null : values.composition,
                '--equilibration': values.equilibration, '--contraction-every': values.contraction_every,
                '--cycles': values.cycles, '--output-every': values.output_every),
            distances
        )
        String random = options('--model': values.random_model == 'potential' ? null : values.random_model, '--count': samplesPerWalker(values))
        return [walk: all, random: join(random, all)]
    }

    /** The options that have a value. */
    private static String options(Map<String, Object> values) {
        return join(*values.findAll { entry -> entry.value != null }.collect { name, value -> "${name} ${text(value)}".toString() })
    }

    private static String join(String... parts) {
        return parts.findAll().join(' ')
    }

    /** A number as it is written, never with an exponent. */
    private static String text(Object value) {
        return value instanceof BigDecimal ? value.toPlainString() : value.toString()
    }

    private static String quoted(Path path) {
        return path == null ? null : "'" + path.toString().replace("'", "'\\''") + "'"
    }
}
