package cupel.sampling;

import cupel.structure.Structure;

/**
 * A structure that a sampler put out.
 *
 * @param structure centred at its mean position, without notes
 * @param energy the model's energy in eV, finite
 * @param cycle after which cycle, counted from 1
 * @param kind what it is: {@code snapshot}, {@code stratum}, {@code lowest}
 */
public record Sample(Structure structure, double energy, long cycle, String kind) {}
