/**
 * Readers of files against bytes that nobody meant. Start from {@link cupel.fuzz.Parser}: one for each reader, with what it may say and
 * what must hold of what it accepts. {@code FuzzSpec} (profile fuzz) drives them with Jazzer, {@code ParserSpec} with what was found.
 */
package cupel.fuzz;
