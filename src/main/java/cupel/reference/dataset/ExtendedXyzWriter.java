package cupel.reference.dataset;

import cupel.structure.ExtendedXyz;
import cupel.structure.Structure;
import java.nio.file.Path;
import java.util.List;

/** Extended XYZ: with {@code config_type=IsolatedAtom} where an atom is alone, by which MACE knows the zero of energies. */
final class ExtendedXyzWriter implements Dataset.Writer {

    private final ExtendedXyz.Keys keys;

    ExtendedXyzWriter(ExtendedXyz.Keys keys) {
        this.keys = keys;
    }

    @Override
    public List<Structure> arranged(List<Structure> structures) {
        return structures.stream()
                .map(structure -> Dataset.isIsolatedAtom(structure)
                        ? structure.withInfo("config_type", "IsolatedAtom")
                        : structure)
                .toList();
    }

    @Override
    public void write(Path target, List<Structure> arranged) {
        ExtendedXyz.write(target, arranged, keys);
    }

    @Override
    public List<Structure> read(Path target) {
        return ExtendedXyz.read(target);
    }

    @Override
    public double[] tolerances() {
        return new double[] {0.5e-8, 0.5e-10};
    }
}
