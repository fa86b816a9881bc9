// Raises the plane-wave cutoff of each material until its energy changes by less than the tolerance of that material.
// Each goes round as often as it has to, and waits for no other.

include { feedbackLoop } from 'plugin/nf-cupel'
include { goRound      } from 'plugin/nf-cupel'
include { leave        } from 'plugin/nf-cupel'

process COMPUTE_ENERGY {
    tag "${item.material}, ${item.cutoff} eV"

    input:
    val item // map: material, width of its core in angstrom, tolerance in eV, cutoff in eV, energy of the round before in eV

    output:
    tuple val(item), env('energy'), emit: energy

    // A model that needs no engine: the electrostatic energy of a Gaussian charge, from all plane waves below the cutoff in a box of 6 angstrom.
    script:
    """
    energy=\$(awk -v cutoff=${item.cutoff} -v width=${item.width} 'BEGIN {
        pi = 3.141592653589793; box = 6; step = 2 * pi / box
        n = int(sqrt(cutoff / 3.81) / step)                        # hbar^2 / 2m = 3.81 eV angstrom^2
        for (i = -n; i <= n; i++) for (j = -n; j <= n; j++) for (k = -n; k <= n; k++) {
            g2 = step * step * (i * i + j * j + k * k)
            if (g2 > 0 && 3.81 * g2 <= cutoff) sum += exp(-g2 * width * width) / g2
        }
        printf "%.6f", 14.3996 * 2 * pi / box ^ 3 * sum            # e^2 / 4 pi epsilon_0 = 14.3996 eV angstrom
    }')
    """
}

workflow {
    ch_items = channel.of(
        [material: 'sodium', width: 0.7, tolerance: 1e-2, cutoff: 50],
        [material: 'silicon', width: 0.4, tolerance: 1e-3, cutoff: 50],
        [material: 'copper', width: 0.25, tolerance: 1e-3, cutoff: 50],
    ).feedbackLoop()

    COMPUTE_ENERGY(ch_items)
    ch_computed = COMPUTE_ENERGY.out.energy
        .map { item, text -> item + [energy: text.toDouble(), change: item.energy == null ? null : (text.toDouble() - item.energy).abs()] }
        .branch { item ->
            converged: item.change != null && item.change < item.tolerance
            unfinished: true
        }

    ch_computed.unfinished.map { item -> item + [cutoff: item.cutoff + 50] }.goRound(ch_items)
    ch_computed.converged.leave(ch_items)

    ch_computed.converged.view { item -> "${item.material}: ${item.cutoff} eV" }
}
