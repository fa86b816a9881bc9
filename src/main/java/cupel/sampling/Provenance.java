package cupel.sampling;

import cupel.structure.ContentHash;
import cupel.structure.Structure;

/**
 * What is noted on every structure that leaves a sampler, so that anybody can tell where it came from.
 *
 * @param campaign which campaign, or null
 * @param generation which generation, or null
 * @param walker which walker, or null
 * @param energyKey under which key the model's energy is noted, {@code NN_energy} for a potential; null: not noted
 */
public record Provenance(String campaign, Long generation, Long walker, String energyKey) {

    /** No notes but those of the sampler itself. */
    public static final Provenance NONE = new Provenance(null, null, null, null);

    /**
     * The structure with its notes: sid, campaign, generation, sampler, walker, parent, kind, energy.
     *
     * @param parent sid of the structure that the walk began with, or null
     * @param energy in eV, or NaN for none
     */
    Structure note(Structure structure, String sampler, String parent, String kind, double energy) {
        Structure noted = structure
                .withoutInfo()
                .withInfo("sid", ContentHash.of(structure))
                .withInfo("campaign", campaign)
                .withInfo("generation", generation)
                .withInfo("sampler", sampler)
                .withInfo("walker", walker)
                .withInfo("parent", parent)
                .withInfo("kind", kind);
        return energyKey == null || Double.isNaN(energy) ? noted : noted.withInfo(energyKey, energy);
    }
}
