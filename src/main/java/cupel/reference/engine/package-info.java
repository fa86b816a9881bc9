/**
 * Reference programs outside of Cupel: their settings, their input, and the reading of what they leave behind. Begin with
 * {@link cupel.reference.engine.Engine}, one class for each program, and {@link cupel.reference.engine.Batches}, which does for
 * all of them what they have in common. May depend on structure and on {@code cupel.reference}; runs no program itself.
 */
package cupel.reference.engine;
