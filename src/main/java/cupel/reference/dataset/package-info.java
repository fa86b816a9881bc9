/**
 * Labelled structures as the training data of other programs: extended XYZ for ASE and MACE, n2p2's and RuNNer's {@code input.data}, aenet's
 * XSF, DeePMD-kit's NumPy arrays. What is written is read back, and must be what went in.
 *
 * <p>Start from {@link cupel.reference.dataset.Dataset}.
 *
 * <p>May depend on {@code structure} and {@code reference.store}, whose readers of other programs' files read back.
 */
package cupel.reference.dataset;
