/**
 * Energies and forces for other programs, through a socket: ASE, i-PI and whatever else drives the atoms by i-PI's protocol.
 *
 * <p>Start from {@link cupel.potential.serve.IpiClient}.
 *
 * <p>May depend on {@code structure} and {@code potential}.
 */
package cupel.potential.serve;
