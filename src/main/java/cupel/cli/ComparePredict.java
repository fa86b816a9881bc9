package cupel.cli;

import cupel.assay.Screen;
import cupel.assay.cluster.ClusterGeometry;
import cupel.potential.EnergyModel;
import cupel.potential.Evaluation;
import cupel.potential.Potential;
import cupel.structure.ExtendedXyz;
import cupel.structure.Structure;
import cupel.structure.StructureFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code compare predict}: what a potential says of structures that nobody has labelled. */
final class ComparePredict {

    /** So many lines are looked at; the rest is in the file. */
    private static final int SHOWN = 20;

    static final Tool TOOL = EnergyModels.declareModel(Tool.named("predict")
                    .purpose("Energies, forces and, for crystals, stresses of structures, labelled or not. The first "
                            + SHOWN + " are printed too: total energy, energy per atom above isolated atoms, largest"
                            + " force, and how far the networks of a committee disagree (standard deviation)."))
            .required("structures", "FILE", "structures: extended XYZ, mol, sdf, cml or cif")
            .required(
                    "output",
                    "FILE",
                    "the structures with NN_energy (eV), NN_forces (eV/angstrom), NN_stress (eV/angstrom^3, as ASE's) and"
                            + " NN_disagreement_mev_per_atom, extended XYZ")
            .action(ComparePredict::predict);

    private ComparePredict() {}

    private static void predict(Arguments arguments) throws IOException {
        Path file = arguments.path("structures");
        List<Structure> structures = StructureFiles.read(file);
        EnergyModel model = EnergyModels.of(arguments, structures);
        List<Potential> committee = committee(model);
        List<Structure> predicted = new ArrayList<>();
        arguments
                .out()
                .printf(
                        Locale.ROOT,
                        "%9s %6s %16s %14s %18s %18s%n",
                        "structure",
                        "atoms",
                        "energy/eV",
                        "eV/atom",
                        "max force/(eV/A)",
                        "disagreement/meV");
        for (Structure structure : structures) {
            Evaluation evaluation = model.evaluate(structure);
            double disagreement = committee.size() < 2 ? Double.NaN : Screen.disagreement(structure, committee);
            predicted.add(noted(structure, evaluation, disagreement));
            if (predicted.size() <= SHOWN) {
                arguments
                        .out()
                        .printf(
                                Locale.ROOT,
                                "%9d %6d %16.6f %14.6f %18.6f %18s%n",
                                predicted.size(),
                                structure.size(),
                                evaluation.energy(),
                                (evaluation.energy() - isolatedAtoms(model, structure)) / structure.size(),
                                ClusterGeometry.largestForce(evaluation.forces()),
                                !Double.isFinite(disagreement)
                                        ? "-"
                                        : String.format(Locale.ROOT, "%.2f", disagreement));
            }
        }
        ExtendedXyz.write(arguments.path("output"), predicted);
        arguments.out().println(predicted.size() + " structures in " + arguments.path("output"));
    }

    /** The structure with what was predicted of it. */
    static Structure noted(Structure structure, Evaluation evaluation, double disagreement) {
        Structure noted = structure.withInfo("NN_energy", evaluation.energy());
        if (evaluation.stress() != null && structure.cell().isPeriodic()) {
            double[] s = evaluation.stress();
            noted = noted.withInfo("NN_stress", new double[] {s[0], s[5], s[4], s[5], s[1], s[3], s[4], s[3], s[2]});
        }
        if (Double.isFinite(disagreement)) {
            noted = noted.withInfo("NN_disagreement_mev_per_atom", disagreement);
        }
        return noted.withArray("NN_forces", evaluation.forces(), 3);
    }

    private static double isolatedAtoms(EnergyModel model, Structure structure) {
        double sum = 0;
        for (int element : structure.atomicNumbers()) {
            sum += EnergyModels.isolatedAtom(model, element);
        }
        return sum;
    }

    /** The networks of a committee, each as a potential; empty when there is none. */
    static List<Potential> committee(EnergyModel model) {
        List<Potential> committee = new ArrayList<>();
        if (model instanceof Potential potential) {
            for (int k = 0; k < potential.committeeSize(); k++) {
                committee.add(potential.committeeMember(k));
            }
        }
        return committee;
    }
}
