/**
 * The Nextflow plugin nf-cupel: loops that close by themselves, and extended XYZ files frame by frame.
 *
 * <p>Start from {@code CupelExtension}, which names all functions and operators; {@link cupel.plugin.Frames} makes the items of files.
 *
 * <p>Depends on {@code cupel.structure} and on Nextflow.
 */
package cupel.plugin;
