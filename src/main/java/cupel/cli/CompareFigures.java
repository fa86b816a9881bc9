package cupel.cli;

import cupel.assay.figure.Drawing;
import cupel.assay.figure.Figure;
import cupel.assay.figure.Figures;
import cupel.assay.figure.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code compare figures}: draws what is in the tables. */
final class CompareFigures {

    static final Tool TOOL = Tool.named("figures")
            .purpose(
                    "Draws figures, each as SVG and PNG, of the tables below a folder (CSV files that this tool's other subcommands"
                            + " wrote, known by their names) and of the structures that compare --predictions wrote (predictions.xyz,"
                            + " SET_predictions.xyz). Tables with the same name of different sources are shown together. What is not there"
                            + " is not drawn, and is said to be missing.")
            .required("results", "DIR", "folder with the tables, at any depth")
            .required("output", "DIR", "where the figures go; made if there is none")
            .optionalSeveral(
                    "only", "NAME", "figures to draw; if not given, all: " + String.join(", ", Figures.names()))
            .action(CompareFigures::figures);

    private CompareFigures() {}

    private static void figures(Arguments arguments) throws IOException {
        List<String> wanted = arguments.given("only") ? arguments.texts("only") : Figures.names();
        for (String name : wanted) {
            if (!Figures.names().contains(name)) {
                throw arguments.wrong("only", "must be among " + String.join(", ", Figures.names()) + ", is " + name);
            }
        }
        System.setProperty("java.awt.headless", "true");
        Path output = arguments.path("output");
        Results results = Results.read(arguments.path("results"), output);
        List<String> drawn = new ArrayList<>();
        for (String name : wanted) {
            Figure figure = Figures.of(name, results);
            if (figure == null) {
                arguments.out().println(name + ": missing, " + Figures.missing(name, results));
            } else {
                Drawing.write(figure, output);
                drawn.add(name);
            }
        }
        arguments.out().println(drawn.size() + " figures: " + (drawn.isEmpty() ? "none" : String.join(", ", drawn)));
    }
}
