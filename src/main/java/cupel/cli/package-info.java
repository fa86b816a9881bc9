/**
 * The command lines {@code featurize}, {@code train}, {@code sample}, {@code compare} and {@code label}: they read
 * arguments and files, ask the library, and write files. Nothing is computed here.
 *
 * <p>Start from {@link cupel.cli.Tool}, the frame that all of them share. This is the only package that knows
 * commons-cli, prints, or ends the virtual machine; it may depend on every other package, and none on it.
 */
package cupel.cli;
