package cupel.potential;

import cupel.network.NetworkWorkspace;
import java.util.List;

/** The energy of one atom from its functions, with buffers of its own. */
final class AtomNetworks {

    private final Potential potential;
    private final int[] indexOf = new int[119];
    private final double[] offset;
    private final double[][] shift;
    private final double[][] scale;
    private final double[][] parameters;
    private final NetworkWorkspace[] workspaces;
    private final double[] inputs;
    private final double[] inputSlopes;

    AtomNetworks(Potential potential) {
        this.potential = potential;
        List<ElementPotential> elements = potential.elements();
        int n = elements.size();
        offset = new double[n];
        shift = new double[n][];
        scale = new double[n][];
        parameters = new double[n][];
        workspaces = new NetworkWorkspace[n];
        int longest = 0;
        java.util.Arrays.fill(indexOf, -1);
        for (int e = 0; e < n; e++) {
            ElementPotential element = elements.get(e);
            indexOf[element.atomicNumber()] = e;
            offset[e] = element.offset();
            shift[e] = element.shift();
            scale[e] = element.scale();
            parameters[e] = element.network().parameters();
            workspaces[e] = element.network().workspace();
            longest = Math.max(longest, shift[e].length);
        }
        inputs = new double[longest];
        inputSlopes = new double[longest];
    }

    private int index(int atomicNumber) {
        int e = indexOf[atomicNumber];
        if (e < 0) {
            potential.element(atomicNumber);
        }
        return e;
    }

    /** Energy in eV, offset included, of an atom with the functions values[at] …. */
    double energy(int atomicNumber, double[] values, int at) {
        int e = index(atomicNumber);
        standardise(e, values, at);
        return offset[e] + workspaces[e].value(parameters[e], inputs, 0);
    }

    private void standardise(int e, double[] values, int at) {
        double[] a = shift[e];
        double[] b = scale[e];
        for (int k = 0; k < a.length; k++) {
            inputs[k] = (values[at + k] - a[k]) * b[k];
        }
    }

    /** The same, and the derivatives by the functions into slopes[to] …. */
    double energyAndSlopes(int atomicNumber, double[] values, int at, double[] slopes, int to) {
        int e = index(atomicNumber);
        standardise(e, values, at);
        double energy = workspaces[e].valueAndInputGradient(parameters[e], inputs, 0, inputSlopes, 0);
        double[] b = scale[e];
        for (int k = 0; k < b.length; k++) {
            slopes[to + k] = inputSlopes[k] * b[k];
        }
        return offset[e] + energy;
    }
}
