/**
 * Small feed-forward networks: the energy of one atom from its functions, and every derivative that training needs.
 *
 * <p>Start from {@link cupel.network.Network} (layers and weights) and its {@link cupel.network.Network#workspace()
 * workspace}, which evaluates. Formulas: {@code docs/theory.md}.
 *
 * <p>May depend on {@code cupel.structure} and {@code cupel.descriptor}; needs only the first.
 */
package cupel.network;
