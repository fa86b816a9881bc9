package cupel.assay.bulk;

import cupel.assay.LevelOfTheory;
import cupel.potential.EnergyModel;
import cupel.sampling.Relaxation;
import cupel.structure.InputException;
import cupel.structure.Structure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a model, or a reference program, makes of the crystals of an element.
 *
 * @param element atomic number
 * @param isolatedAtom energy of the isolated atom in eV; NaN when it is unknown
 * @param points energies by lattice constant, crystal by crystal
 * @param polymorphs the crystals at their lowest energy, fcc first
 * @param strains energies under strain; empty where there is no lattice constant to strain
 * @param elastic elastic constants, or null where there are none
 * @param elasticMissing why there are none, or null
 */
public record BulkProperties(
        int element,
        double isolatedAtom,
        List<CrystalPoint> points,
        List<Polymorph> polymorphs,
        List<StrainPoint> strains,
        ElasticConstants elastic,
        String elasticMissing) {

    /** Internal coordinates of strained cells are relaxed to this force, in eV/angstrom: an energy of some 1e-8 eV is left. */
    private static final Relaxation RELAXATION = new Relaxation(1e-5, 10_000);

    /**
     * The properties of a model: lattice constants are searched for.
     *
     * @param isolatedAtom energy of the isolated atom in eV; NaN when it is unknown
     * @param fccGuess lattice constant of fcc in angstrom to search around, or NaN for one from the covalent radius
     * @param elasticCrystal whose elastic constants
     */
    public static BulkProperties of(
            EnergyModel model,
            int element,
            double isolatedAtom,
            double fccGuess,
            Crystal elasticCrystal,
            BulkSettings settings) {
        double fcc = Double.isNaN(fccGuess) ? LatticeSearch.guess(element) : fccGuess;
        List<CrystalPoint> points = new ArrayList<>();
        List<Polymorph> polymorphs = new ArrayList<>();
        List<StrainPoint> strains = List.of();
        for (Crystal crystal : Crystal.values()) {
            double guess = LatticeSearch.guess(crystal, fcc);
            OptionalDouble found = LatticeSearch.find(model, element, crystal, guess);
            List<CrystalPoint> own = points(model, element, crystal, found.orElse(guess), settings.scales());
            points.addAll(own);
            Polymorph polymorph = found.isPresent()
                    ? fit(crystal, points(model, element, crystal, found.getAsDouble(), settings.fitScales()))
                    : new Polymorph(
                            crystal, null, crystal + ": there is no lattice constant of lowest energy around " + guess);
            polymorphs.add(polymorph);
            if (crystal == elasticCrystal && polymorph.equationOfState() != null) {
                strains = strain(model, crystal, crystal.primitive(element, polymorph.latticeConstant()), settings);
            }
        }
        return of(element, isolatedAtom, points, polymorphs, strains, elasticCrystal, settings);
    }

    /**
     * The properties in the labels of structures that {@link BulkStructures} made. The note {@code crystal} tells points of the
     * equation of state, with {@code strain} and {@code delta} strained cells; the isolated atom ({@code
     * config_type=IsolatedAtom}) gives the zero of cohesive energies. Other structures are refused.
     *
     * @param source file for messages
     */
    public static BulkProperties ofLabels(List<Structure> structures, String source, BulkSettings settings) {
        LevelOfTheory.of(structures, source);
        int element = 0;
        double isolatedAtom = Double.NaN;
        List<CrystalPoint> points = new ArrayList<>();
        List<Structure> strained = new ArrayList<>();
        for (int i = 0; i < structures.size(); i++) {
            Structure structure = structures.get(i);
            String where = source + ": structure " + (i + 1) + " ";
            if (structure.label() == null) {
                throw new InputException(where + "has no label, must have REF_energy");
            }
            for (int z : structure.atomicNumbers()) {
                if (element != 0 && z != element) {
                    throw new InputException(where + "is of another element; crystals must be of one");
                }
                element = z;
            }
            if (BulkStructures.isIsolatedAtom(structure)) {
                isolatedAtom = structure.label().energy();
            } else if (structure.info().containsKey(BulkStructures.STRAIN)) {
                strained.add(structure);
            } else {
                Crystal crystal = BulkStructures.crystal(structure, where);
                double volume = structure.cell().volume() / structure.size();
                points.add(new CrystalPoint(
                        crystal,
                        crystal.latticeConstant(volume),
                        structure.label().energy() / structure.size()));
            }
        }
        if (element == 0) {
            throw new InputException(
                    source + ": there are no structures, must be those of bulk-structures with labels");
        }
        Map<Crystal, List<CrystalPoint>> byCrystal = new EnumMap<>(Crystal.class);
        points.forEach(point -> byCrystal
                .computeIfAbsent(point.crystal(), crystal -> new ArrayList<>())
                .add(point));
        List<CrystalPoint> sorted = new ArrayList<>();
        List<Polymorph> polymorphs = new ArrayList<>();
        byCrystal.forEach((crystal, own) -> {
            own.sort((a, b) -> Double.compare(a.latticeConstant(), b.latticeConstant()));
            sorted.addAll(own);
            polymorphs.add(fit(crystal, near(own, settings.fitRange())));
        });
        Crystal elasticCrystal = strained.isEmpty() ? null : BulkStructures.crystal(strained.get(0), source + ": ");
        return of(
                element,
                isolatedAtom,
                sorted,
                polymorphs,
                BulkStructures.strainPoints(strained, source),
                elasticCrystal,
                settings);
    }

    private static BulkProperties of(
            int element,
            double isolatedAtom,
            List<CrystalPoint> points,
            List<Polymorph> polymorphs,
            List<StrainPoint> strains,
            Crystal elasticCrystal,
            BulkSettings settings) {
        ElasticConstants elastic = null;
        String missing = strains.isEmpty() ? "there are no strained cells" : null;
        if (missing == null) {
            try {
                elastic = ElasticConstants.fit(strains, settings.degree());
            } catch (IllegalArgumentException e) {
                missing = elasticCrystal + ": " + e.getMessage();
            }
        }
        return new BulkProperties(
                element, isolatedAtom, List.copyOf(points), List.copyOf(polymorphs), strains, elastic, missing);
    }

    private static List<CrystalPoint> points(
            EnergyModel model, int element, Crystal crystal, double middle, double[] scales) {
        List<CrystalPoint> points = new ArrayList<>();
        for (double scale : scales) {
            double a = middle * scale;
            points.add(new CrystalPoint(crystal, a, LatticeSearch.energy(model, element, crystal, a)));
        }
        return points;
    }

    /** The points around the lowest. */
    private static List<CrystalPoint> near(List<CrystalPoint> points, double fitRange) {
        CrystalPoint lowest = points.get(0);
        for (CrystalPoint point : points) {
            if (!(lowest.energyPerAtom() <= point.energyPerAtom())) {
                lowest = point;
            }
        }
        // a little more than the range: steps are not exact
        double range = fitRange * lowest.latticeConstant() * (1 + 1e-3);
        List<CrystalPoint> near = new ArrayList<>();
        for (CrystalPoint point : points) {
            if (Math.abs(point.latticeConstant() - lowest.latticeConstant()) <= range) {
                near.add(point);
            }
        }
        return near;
    }

    private static Polymorph fit(Crystal crystal, List<CrystalPoint> points) {
        double[] volumes =
                points.stream().mapToDouble(CrystalPoint::volumePerAtom).toArray();
        double[] energies =
                points.stream().mapToDouble(CrystalPoint::energyPerAtom).toArray();
        try {
            return new Polymorph(crystal, EquationOfState.fit(volumes, energies), null);
        } catch (IllegalArgumentException e) {
            return new Polymorph(crystal, null, crystal + ": " + e.getMessage());
        }
    }

    private static List<StrainPoint> strain(EnergyModel model, Crystal crystal, Structure cell, BulkSettings settings) {
        double zero = model.energy(cell);
        double volume = cell.cell().volume();
        List<StrainPoint> points = new ArrayList<>();
        for (Strain strain : Strain.values()) {
            for (double delta : settings.deltas()) {
                Structure strained = strain.apply(cell, delta);
                double energy = delta == 0
                        ? zero
                        : crystal.hasInternalCoordinates()
                                ? RELAXATION.relax(model, strained).energy()
                                : model.energy(strained);
                points.add(new StrainPoint(strain, delta, (energy - zero) / volume));
            }
        }
        return points;
    }

    /** The crystal, or null when there is no energy of it. */
    public Polymorph polymorph(Crystal crystal) {
        for (Polymorph polymorph : polymorphs) {
            if (polymorph.crystal() == crystal) {
                return polymorph;
            }
        }
        return null;
    }

    /** Energy above fcc in eV/atom; NaN when one of them is unknown. */
    public double energyAboveFcc(Polymorph polymorph) {
        Polymorph fcc = polymorph(Crystal.FCC);
        return fcc == null || fcc.equationOfState() == null || polymorph.equationOfState() == null
                ? Double.NaN
                : polymorph.equationOfState().energy() - fcc.equationOfState().energy();
    }

    /** Energy of the isolated atom less that of an atom of the crystal, in eV; NaN when one of them is unknown. */
    public double cohesiveEnergy(Polymorph polymorph) {
        return polymorph.equationOfState() == null
                ? Double.NaN
                : isolatedAtom - polymorph.equationOfState().energy();
    }
}
