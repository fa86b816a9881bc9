package cupel.assay.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JavaScript that draws, as it stands in the WebJars on the class path, made fit to stand in a page. */
final class Libraries {

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";
    private static final String THREE = "/META-INF/resources/webjars/three/0.164.1/";
    private static final Pattern EXPORTS = Pattern.compile("export\\{([^{}]*)\\};?\\s*$");
    private static final Pattern EXPORT = Pattern.compile("([\\w$]+)(?: as ([\\w$]+))?");

    private Libraries() {}

    /** uPlot, which defines {@code uPlot}. */
    static String uPlot() {
        return resource(UPLOT + "dist/uPlot.iife.min.js");
    }

    /** Style sheet of uPlot. */
    static String uPlotStyle() {
        return resource(UPLOT + "dist/uPlot.min.css");
    }

    /** three.js, which defines {@code THREE}: a module, and a page without network has nowhere to import it from. */
    static String three() {
        return asScript(resource(THREE + "build/three.module.min.js"), "THREE");
    }

    /** Licences, each under the name of what it is of. */
    static String licences(boolean withThree) {
        String licences = "uPlot\n\n" + resource(UPLOT + "LICENSE").strip();
        return withThree
                ? licences + "\n\n\nthree.js\n\n" + resource(THREE + "LICENSE").strip()
                : licences;
    }

    /** A module that imports nothing and exports in its last statement, as a script that defines one constant. */
    static String asScript(String module, String name) {
        Matcher exports = EXPORTS.matcher(module);
        if (!exports.find()) {
            throw new IllegalStateException(name + ": the module does not end with its exports");
        }
        StringBuilder fields = new StringBuilder();
        Matcher export = EXPORT.matcher(exports.group(1));
        while (export.find()) {
            fields.append(fields.isEmpty() ? "" : ",")
                    .append(export.group(2) == null ? export.group(1) : export.group(2))
                    .append(':')
                    .append(export.group(1));
        }
        return "const " + name + "=(()=>{\"use strict\";" + module.substring(0, exports.start()) + "return{" + fields
                + "}})();";
    }

    /** Text of a resource, its lines ended by a line feed alone. */
    static String resource(String path) {
        try (InputStream in = Libraries.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing in this jar: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
