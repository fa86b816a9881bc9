/**
 * Walkers that look for structures worth a reference calculation, and the random structures they are compared with.
 *
 * <p>Start from {@link cupel.sampling.Walker}: it draws a start and a size, gets there, and lets a {@link
 * cupel.sampling.Sampler} ({@link cupel.sampling.MetropolisSampler}, {@link cupel.sampling.NestedSampler}, {@link
 * cupel.sampling.GrandCanonicalSampler}, {@link cupel.sampling.DynamicsSampler}) walk. {@link cupel.sampling.RandomMixture} makes the control arm: {@link
 * cupel.sampling.RandomClusters}, {@link cupel.sampling.MolecularDynamics} snapshots and rattled {@link
 * cupel.sampling.Relaxation} minima. {@link cupel.sampling.Connectivity} says which structures are allowed at all.
 *
 * <p>Energies come from an {@link cupel.potential.EnergyModel}, whichever it is; nothing here knows what a network is, and
 * everything here lives with a model that answers NaN, holes and spikes. Random numbers are handed in by the caller: the
 * same stream gives the same structures, bit for bit.
 *
 * <p>Depends on {@code cupel.structure} and {@code cupel.potential} only.
 */
package cupel.sampling;
