include { EVALUATE_POTENTIAL as CORRELATE_TEST } from '../modules/evaluate_potential'
include { EVALUATE_POTENTIAL as CORRELATE_POOL } from '../modules/evaluate_potential'
include { MEASURE_BULK                         } from '../modules/measure_bulk'
include { MEASURE_REFERENCE_BULK               } from '../subworkflows/measure_reference_bulk'
include { TRAIN_POTENTIAL as TRAIN_WITH_BULK   } from '../modules/train_potential'
include { MEASURE_ISOMERS as MEASURE_NETWORK   } from '../modules/measure_isomers'
include { MEASURE_ISOMERS as MEASURE_REFERENCE } from '../modules/measure_isomers'
include { RELAX_STRUCTURES                     } from './relax_structures'
include { SEARCH_MINIMA                        } from '../modules/search_minima'
include { RANK_MINIMA                          } from '../modules/rank_minima'
include { GROW_CLUSTER                         } from '../modules/grow_cluster'
include { MEASURE_DYNAMICS                     } from '../modules/measure_dynamics'
include { COLLECT_REPLICAS                     } from '../modules/collect_replicas'
include { SUM_COSTS                            } from '../modules/sum_costs'
include { WRITE_PAPER                          } from '../modules/write_paper'

// What the finished potentials are good for, in the figures and tables of Loeffler et al. (2020): errors of all campaigns, and isomers, crystals and
// the rest of one potential, beside the reference and classical models.
workflow PROPERTIES {
    take:
    ch_campaigns   // channel:       [ val(meta: arm, campaign, seed), path(pool), path(potential), path(generations) or [], path(test errors) or [] ]
    settings       // map:           options, campaigns (whether there were any), campaign (whose potential is measured), test_set (path or null), bulk_element (or null), bulk_reference
                   //                (whether the reference computes crystals), eam_file (path or null), isomers (path or null), minima_sizes
                   //                (or null), dynamics (path of clusters or null), descriptor_file, trace
    reference      // map:           that of LABEL_STRUCTURES
    ch_atoms       // value channel: path of labelled isolated atoms, or []
    jars           // map:           tool: path(jar)

    main:
    ch_measured = ch_campaigns
        .filter { meta, _pool, _potential, _generations, _test -> meta.campaign == settings.campaign }
        .first()
    ch_potential = ch_measured.map { _meta, _pool, potential, _generations, _test -> potential }
    ch_tables = channel.empty()

    // Errors of every campaign; a potential alone has had none.
    if (settings.campaigns) {
        COLLECT_REPLICAS(
            ch_campaigns
                .toSortedList { a, b -> a[0].campaign <=> b[0].campaign }
                .map { rows -> [rows*.getAt(0), rows*.getAt(3), rows.collectMany { row -> row[4] ? [row[4]] : [] }] },
            jars.compare
        )
        ch_tables = ch_tables.mix(COLLECT_REPLICAS.out.tables)
    }

    // Energies and forces beside the reference's, structure by structure.
    CORRELATE_POOL(
        ch_measured.map { meta, pool, potential, _generations, _test -> [meta + [id: 'properties/correlation', set: 'pool'], potential, pool] },
        jars.compare
    )
    ch_tables = ch_tables.mix(
        CORRELATE_POOL.out.predictions.map { _meta, predictions -> predictions },
        ch_measured.map { _meta, _pool, _potential, _generations, test -> test }.filter { test -> test }
    )
    if (settings.test_set) {
        CORRELATE_TEST(
            ch_measured.map { meta, _pool, potential, _generations, _test -> [meta + [id: 'properties/correlation', set: 'test'], potential, settings.test_set] },
            jars.compare
        )
        ch_tables = ch_tables.mix(CORRELATE_TEST.out.predictions.map { _meta, predictions -> predictions })
    }

    // Crystals.
    if (settings.bulk_element) {
        def element = [element: settings.bulk_element]
        ch_models = ch_potential
            .map { potential -> [element + [source: 'network', kind: 'potential'], potential] }
            .mix(channel.of([element + [source: 'gupta', kind: 'gupta'], []], [element + [source: 'sutton-chen', kind: 'sutton-chen'], []]))
        if (settings.eam_file) {
            ch_models = ch_models.mix(channel.of([element + [source: 'eam', kind: 'eam'], settings.eam_file]))
        }
        if (settings.bulk_reference) {
            MEASURE_REFERENCE_BULK(reference, ch_atoms, settings.options, jars)
            // The paper's network has never seen a crystal. What a few of them add:
            TRAIN_WITH_BULK(
                ch_measured
                    .combine(MEASURE_REFERENCE_BULK.out.volumes)
                    .map { meta, pool, _potential, _generations, _test, volumes -> [meta + [id: 'properties/with_bulk'], [pool, volumes], []] },
                settings.descriptor_file, settings.options.train_final, jars.train
            )
            ch_models = ch_models.mix(TRAIN_WITH_BULK.out.potential.map { _meta, potential -> [element + [source: 'network+bulk', kind: 'potential'], potential] })
            ch_tables = ch_tables.mix(MEASURE_REFERENCE_BULK.out.tables.map { _meta, tables -> tables })
        }
        MEASURE_BULK(ch_models, jars.compare)
        ch_tables = ch_tables.mix(MEASURE_BULK.out.tables.map { _meta, tables -> tables })
    }

    // Clusters: the lowest of each size, growth, and dynamics, with the potential alone.
    ch_network = ch_potential.map { potential -> [[source: 'network', kind: 'potential'], potential] }
    ch_to_relax = channel.empty()
    if (settings.isomers) {
        ch_to_relax = ch_to_relax.mix(channel.of([[id: 'isomers'], settings.isomers]))
    }
    if (settings.minima_sizes) {
        SEARCH_MINIMA(ch_network, settings.options.minima, jars.compare)
        ch_to_relax = ch_to_relax.mix(SEARCH_MINIMA.out.structures.map { _meta, structures -> [[id: 'minima'], structures] })
        GROW_CLUSTER(ch_network, settings.options.growth, jars.compare)
        ch_tables = ch_tables.mix(SEARCH_MINIMA.out.tables.mix(GROW_CLUSTER.out.tables).map { _meta, tables -> tables })
    }
    if (settings.dynamics) {
        MEASURE_DYNAMICS(ch_network.map { meta, potential -> [meta, potential, settings.dynamics] }, settings.options.dynamics, jars.compare)
        ch_tables = ch_tables.mix(MEASURE_DYNAMICS.out.tables.map { _meta, tables -> tables })
    }

    // Isomers and minima are relaxed with the reference, so that what is said of their order rests on it; isomers then from there with the potential.
    if (settings.isomers || settings.minima_sizes) {
        RELAX_STRUCTURES(ch_to_relax, ch_potential, reference, settings.options, ch_atoms, jars)
        ch_relaxed = RELAX_STRUCTURES.out.relaxed.branch { meta, _relaxed, _steps ->
            isomers: meta.set == 'isomers'
            minima: true
        }
        MEASURE_REFERENCE(
            ch_relaxed.isomers.map { meta, relaxed, _steps -> [[source: 'reference', kind: 'labels', set: meta.set], [], [], relaxed] },
            jars.compare
        )
        MEASURE_NETWORK(
            ch_relaxed.isomers
                .combine(ch_network)
                .map { meta, relaxed, _steps, network, potential -> [network + [set: meta.set], potential, [], relaxed] },
            jars.compare
        )
        RANK_MINIMA(ch_relaxed.minima.map { _meta, relaxed, _steps -> [[source: 'reference'], relaxed] }, jars.compare)
        ch_tables = ch_tables.mix(
            MEASURE_REFERENCE.out.tables
                .mix(MEASURE_NETWORK.out.tables, RANK_MINIMA.out.tables)
                .map { _meta, tables -> tables }
        )
    }

    // Costs when all else is done. In an order that the next run has too.
    ch_all = ch_tables.toSortedList { path -> WorkFiles.inTask(path) }
    SUM_COSTS(settings.trace, ch_all.map { tables -> tables.size() }, jars.compare)
    WRITE_PAPER(ch_all.combine(SUM_COSTS.out.tables).map { all -> all.flatten() }, jars.compare)

    emit:
    paper = WRITE_PAPER.out.paper // channel: path(folder)
}
