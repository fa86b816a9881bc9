package cupel.cli;

import cupel.assay.figure.Paper;
import cupel.assay.figure.Results;
import java.io.IOException;
import java.nio.file.Path;

/** {@code compare paper}: results beside those of Loeffler et al. (2020). */
final class ComparePaper {

    static final Tool TOOL = Tool.named("paper")
            .purpose(
                    "Sets results beside those of Loeffler et al. (2020): draws every figure that the tables below a folder allow"
                            + " (as figures does), gathers the tables, and writes paper.md, which says for each figure and table of the paper"
                            + " what it has, what the results have, how far apart they are and why, as far as the results themselves tell."
                            + " What is missing is listed.")
            .required("results", "DIR", "folder with the tables, at any depth")
            .required(
                    "output",
                    "DIR",
                    "where paper.md, figures/ and tables/ go; made if there is none; not read, should it lie within --results")
            .action(ComparePaper::paper);

    private ComparePaper() {}

    private static void paper(Arguments arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path output = arguments.path("output");
        Paper paper = Paper.beside(Results.read(arguments.path("results"), output));
        paper.write(output);
        paper.missing().forEach(arguments.out()::println);
        arguments
                .out()
                .println(paper.figures().size() + " figures, "
                        + paper.comparison().rows().size()
                        + " numbers beside the paper's, " + paper.missing().size() + " parts missing: "
                        + output.resolve("paper.md"));
    }
}
