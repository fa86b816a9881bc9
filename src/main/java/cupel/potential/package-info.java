/**
 * Models that give structures an energy and forces, and the one that Cupel trains.
 *
 * <p>Start from {@link cupel.potential.EnergyModel}, what samplers and comparisons know, and {@link cupel.potential.Potential}:
 * descriptor, scaling, networks and offsets, in one JSON file ({@code docs/potential-format.md}).
 *
 * <p>May depend on {@code cupel.structure}, {@code cupel.descriptor} and {@code cupel.network}.
 */
package cupel.potential;
