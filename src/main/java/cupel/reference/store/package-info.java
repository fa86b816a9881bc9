/**
 * The label store: reference labels on disk that outlive work folders and campaigns, so that no calculation is paid for twice.
 *
 * <p>Start from {@link cupel.reference.store.LabelStore}: it finds the label of a structure at a level of theory, whatever the
 * order of like atoms, the place, the orientation and the handedness, and adds new ones so that a killed writer leaves nothing
 * that could be mistaken for a label. {@link cupel.reference.store.StructureMatcher} decides what the same structure is,
 * {@link cupel.reference.store.LabelImport} reads the data of other programs, and {@link cupel.reference.store.StoreCheck}
 * looks at every file of a store.
 *
 * <p>May depend on {@code structure}, {@code potential} and the rest of {@code reference}.
 */
package cupel.reference.store;
