package cupel.potential.export;

import cupel.descriptor.AngularSymmetryFunction;
import cupel.descriptor.Descriptor;
import cupel.descriptor.RadialSymmetryFunction;
import cupel.network.Network;
import cupel.potential.ElementPotential;
import cupel.potential.Potential;
import cupel.structure.Elements;
import cupel.structure.InputException;
import java.nio.file.Path;
import java.util.List;

/** Reads the parameters of a KIM portable model as its driver does: words in their order, whatever the lines. */
final class KimReader {

    private final Path folder;
    private TextLines file;
    private int line;
    private String[] words;
    private int word;

    KimReader(Path folder) {
        this.folder = folder;
    }

    Potential read() {
        open(KimFormat.DESCRIPTOR);
        expect("cos", "the cosine cutoff");
        if (count() != 1) {
            throw file.wrong(line, "only models of one species can be read");
        }
        String symbol = next();
        int z;
        try {
            z = Elements.atomicNumber(symbol);
        } catch (InputException | IllegalArgumentException e) {
            throw file.wrong(line, "not an element: " + symbol);
        }
        expect(symbol, "the same species");
        double rc = number();
        Descriptor.Builder builder = Descriptor.builder("kim", rc).element(z);
        int kinds = count();
        for (int kind = 0; kind < kinds; kind++) {
            functions(builder, z);
        }
        Descriptor descriptor = builder.build();
        expect("center_and_normalize", "that word");
        expect("True", "that word");
        int size = count();
        if (size != descriptor.count(z)) {
            throw file.wrong(line, size + " functions, but " + descriptor.count(z) + " are listed");
        }
        double[] shift = numbers(size);
        double[] scale = numbers(size);
        for (int k = 0; k < size; k++) {
            scale[k] = 1 / scale[k];
        }
        end();
        Network network = network(size);
        open(KimFormat.DROPOUT);
        expect("0", "no dropout");
        return new Potential(descriptor, List.of(new ElementPotential(z, 0, shift, scale, network)));
    }

    private void functions(Descriptor.Builder builder, int z) {
        String kind = next();
        int rows = count();
        int columns = count();
        if (!List.of("g2", "g4", "g5").contains(kind) || columns != (kind.equals("g2") ? 2 : 3)) {
            throw file.wrong(line, "functions " + kind + " with " + columns + " parameters cannot be read");
        }
        for (int row = 0; row < rows; row++) {
            double[] p = numbers(columns);
            if (kind.equals("g2")) {
                builder.radial(z, new RadialSymmetryFunction(z, p[0], p[1]));
            } else {
                AngularSymmetryFunction.Form form =
                        kind.equals("g4") ? AngularSymmetryFunction.Form.NARROW : AngularSymmetryFunction.Form.WIDE;
                builder.angular(z, new AngularSymmetryFunction(form, z, z, p[2], p[1], p[0]));
            }
        }
    }

    private Network network(int inputs) {
        open(KimFormat.NETWORK);
        int depth = count();
        int[] layers = new int[depth + 1];
        layers[0] = inputs;
        for (int l = 1; l <= depth; l++) {
            layers[l] = count();
        }
        expect("tanh", "the activation function");
        for (int l = 1; l <= depth; l++) {
            expect("1", "the probability to keep a node");
        }
        double[] parameters = new double[Network.parameterCount(layers)];
        int at = 0;
        for (int l = 1; l <= depth; l++) {
            double[] matrix = numbers(layers[l - 1] * layers[l]);
            for (int k = 0; k < matrix.length; k++) {
                int input = k / layers[l];
                int output = k % layers[l];
                parameters[at + output * layers[l - 1] + input] = matrix[k];
            }
            at += matrix.length;
            double[] biases = numbers(layers[l]);
            System.arraycopy(biases, 0, parameters, at, biases.length);
            at += biases.length;
        }
        end();
        return Network.of(layers, parameters);
    }

    private void open(String name) {
        file = TextLines.read(folder.resolve(name));
        line = 0;
        words = new String[0];
        word = 0;
    }

    private boolean more() {
        while (word == words.length) {
            if (line == file.size()) {
                return false;
            }
            words = TextLines.words(file.line(++line).replaceFirst("#.*", ""));
            word = 0;
        }
        return true;
    }

    private String next() {
        if (!more()) {
            throw file.wrong(line, "ends too early");
        }
        return words[word++];
    }

    private void end() {
        if (more()) {
            throw file.wrong(line, "more than the end of the file: " + words[word]);
        }
    }

    private void expect(String what, String meaning) {
        String found = next();
        if (!found.equals(what)) {
            throw file.wrong(line, "must be " + what + ", " + meaning + ", is " + found);
        }
    }

    private int count() {
        String found = next();
        return file.count(line, found);
    }

    private double number() {
        String found = next();
        return file.number(line, found);
    }

    private double[] numbers(int count) {
        double[] numbers = new double[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = number();
        }
        return numbers;
    }
}
