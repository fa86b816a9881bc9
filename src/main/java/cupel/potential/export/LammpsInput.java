package cupel.potential.export;

import cupel.structure.Elements;
import cupel.structure.Structure;
import java.util.Locale;

/** Input for LAMMPS that runs a potential on the first cluster of check.xyz: forces of it as it is, then a little dynamics. */
final class LammpsInput {

    private LammpsInput() {}

    /**
     * @param comment first line
     * @param units how the units are set
     * @param interactions how the interactions are set, after the atoms are there
     */
    static String of(String comment, String units, String interactions) {
        return "# " + comment + "\n" + units + "\n"
                + """
                boundary m m m
                read_data cluster.data
                """
                + interactions + "\n"
                + """
                neighbor 2.0 bin
                neigh_modify every 1 delay 0 check yes
                # energies and forces of the cluster as it is: compare with the first structure of check.xyz
                thermo_style custom step temp pe ke etotal
                thermo_modify format float %.10f
                thermo 50
                dump forces all custom 1000000 forces.dump id x y z fx fy fz
                dump_modify forces sort id format float %.10f
                # 300 steps of 1 fs at constant energy: etotal must not drift
                timestep 0.001
                velocity all create 300.0 4711 mom yes rot yes dist gaussian
                fix motion all nve
                run 300
                """;
    }

    /** The atoms as a LAMMPS data file, types in the order of the elements. */
    static String data(Structure structure, int[] elements) {
        double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        StringBuilder atoms = new StringBuilder();
        for (int i = 0; i < structure.size(); i++) {
            int type = 1 + java.util.Arrays.binarySearch(elements, structure.atomicNumber(i));
            atoms.append(i + 1).append(' ').append(type);
            for (int axis = 0; axis < 3; axis++) {
                double x = structure.position(i, axis);
                low[axis] = Math.min(low[axis], x);
                high[axis] = Math.max(high[axis], x);
                atoms.append(' ').append(x);
            }
            atoms.append('\n');
        }
        StringBuilder text = new StringBuilder("first cluster of check.xyz\n\n");
        text.append(structure.size()).append(" atoms\n");
        text.append(elements.length).append(" atom types\n\n");
        String[] axes = {"xlo xhi", "ylo yhi", "zlo zhi"};
        for (int axis = 0; axis < 3; axis++) {
            text.append(String.format(Locale.ROOT, "%.1f %.1f %s%n", low[axis] - 5, high[axis] + 5, axes[axis])
                    .replace("\r", ""));
        }
        text.append("\nMasses\n\n");
        for (int t = 0; t < elements.length; t++) {
            text.append(t + 1).append(' ').append(Elements.mass(elements[t])).append('\n');
        }
        return text.append("\nAtoms # atomic\n\n").append(atoms).toString();
    }

    /** The elements in the order of the types. */
    static String symbols(int[] elements) {
        StringBuilder text = new StringBuilder();
        for (int z : elements) {
            text.append(text.length() == 0 ? "" : " ").append(Elements.symbol(z));
        }
        return text.toString();
    }
}
