package cupel.assay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One generation of a campaign in numbers.
 *
 * @param generation its number
 * @param poolSize structures that its potential was trained on, without isolated atoms
 * @param candidates what the walkers brought
 * @param screenedOut candidates that were unphysical, of a wrong size, or over the limit
 * @param duplicates candidates that were twins
 * @param labelled reference calculations that succeeded
 * @param failed reference calculations that failed
 * @param added labels that failed the test and joined the pool
 * @param quiet how many generations in a row, with this one, added nothing
 * @param untested how many generations in a row, with this one, had nothing to test
 * @param energyMae mean |E_NN − E_ref|/N of the new labels in meV/atom; NaN for none
 * @param energyLargest largest of them; NaN for none
 */
public record Generation(
        int generation,
        int poolSize,
        int candidates,
        int screenedOut,
        int duplicates,
        int labelled,
        int failed,
        int added,
        int quiet,
        int untested,
        double energyMae,
        double energyLargest) {

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("generation", generation);
        json.put("pool_size", poolSize);
        json.put("candidates", candidates);
        json.put("screened_out", screenedOut);
        json.put("duplicates", duplicates);
        json.put("labelled", labelled);
        json.put("failed", failed);
        json.put("added", added);
        json.put("quiet", quiet);
        json.put("untested", untested);
        Json.put(json, "new_label_energy_mae_mev_per_atom", energyMae);
        Json.put(json, "new_label_energy_largest_mev_per_atom", energyLargest);
        return json;
    }

    static Generation fromJson(JsonNode json, String source) {
        return new Generation(
                Json.count(json, "generation", source),
                Json.count(json, "pool_size", source),
                Json.count(json, "candidates", source),
                Json.count(json, "screened_out", source),
                Json.count(json, "duplicates", source),
                Json.count(json, "labelled", source),
                Json.count(json, "failed", source),
                Json.count(json, "added", source),
                Json.count(json, "quiet", source),
                Json.count(json, "untested", source),
                Json.numberOrNaN(json, "new_label_energy_mae_mev_per_atom", source),
                Json.numberOrNaN(json, "new_label_energy_largest_mev_per_atom", source));
    }
}
