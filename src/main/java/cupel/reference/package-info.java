/**
 * Where reference labels come from: classical models that are built in, and the input and output of outside programs.
 *
 * <p>Start from {@link cupel.reference.Models#named} for a built-in model and from {@link cupel.reference.Labelling} to label
 * structures with one. An outside program takes three steps, so that the middle one needs no Java: prepare writes folders
 * of input, a shell script runs the program in each, parse reads what came out; {@link cupel.reference.XtbEngine} has the
 * first and the last for xtb. What cannot be trusted becomes a {@link cupel.reference.LabelFailure}, never a label.
 *
 * <p>May depend on {@code structure} and {@code potential}.
 */
package cupel.reference;
