/**
 * Atoms at places: structures, their cells, labels and notes; extended XYZ files and foreign formats; elements, units,
 * neighbour lists, content hashes, seeds.
 *
 * <p>Start from {@link cupel.structure.Structure}; {@link cupel.structure.ExtendedXyz} reads and writes it.
 *
 * <p>Depends on no other package of Cupel; elements and foreign formats come from the Chemistry Development Kit.
 */
package cupel.structure;
