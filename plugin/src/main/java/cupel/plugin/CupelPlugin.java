package cupel.plugin;

import nextflow.plugin.BasePlugin;
import org.pf4j.PluginWrapper;

/** What Nextflow starts; all that the plugin offers is in {@code CupelExtension}. */
public class CupelPlugin extends BasePlugin {

    public CupelPlugin(PluginWrapper wrapper) {
        super(wrapper);
    }
}
