package cupel.reference.store;

import cupel.structure.Structure;

/**
 * A label from the store.
 *
 * @param structure the asked structure, with its own positions, order and notes, and with the label and the notes
 *     {@code engine}, {@code engine_version} and {@code level}
 * @param id id of the entry that the label is from
 * @param exact whether the entry has the very same positions in the same order, so that its numbers are given as they are
 * @param deviation otherwise, the largest distance in angstrom that superposition leaves between an atom and its counterpart; 0
 *     when exact
 */
public record Found(Structure structure, String id, boolean exact, double deviation) {}
