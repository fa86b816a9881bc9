/**
 * Atom-centred symmetry functions: what a network is told of an atom's surroundings.
 *
 * <p>Start from {@link cupel.descriptor.Descriptor}, the list of functions of each element, and its
 * {@link cupel.descriptor.Descriptor#calculator() calculator}, which computes values, derivatives and the chain rule from
 * derivatives by functions to forces. Formulas and the way by moments: {@code docs/theory.md}.
 *
 * <p>May depend on {@code cupel.structure} alone.
 */
package cupel.descriptor;
