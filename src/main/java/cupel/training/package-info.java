/**
 * Fits the networks of a potential to the labels of a pool of structures.
 *
 * <p>Start from {@link cupel.training.Trainer}: it computes the symmetry functions of the pool once, splits it into folds,
 * and fits one network (of every element) per fold with {@link cupel.training.LevenbergMarquardt}, which is a general
 * solver of nonlinear least-squares problems and knows nothing of atoms. {@link cupel.training.TrainingSettings} says how,
 * {@link cupel.training.TrainingResult} what came of it.
 *
 * <p>May depend on {@code structure}, {@code descriptor}, {@code network} and {@code potential}; knows nothing of
 * {@code sampling} and {@code reference}.
 */
package cupel.training;
