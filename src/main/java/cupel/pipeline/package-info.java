/**
 * What the pipeline and its launcher both have to know. The sources lie in {@code lib/}, where Nextflow compiles them as Groovy at its start,
 * and are read here, by links, as Java. So they are written in what is the same in both: no {@code ==} between objects, no dollar sign in a
 * text, and no libraries.
 */
package cupel.pipeline;
