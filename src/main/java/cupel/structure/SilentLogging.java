package cupel.structure;

import org.openscience.cdk.tools.ILoggingTool;
import org.openscience.cdk.tools.LoggingToolFactory;

/**
 * Keeps the Chemistry Development Kit from printing to the standard error, its default when it finds no Log4j: our tools say
 * what is wrong with a file in their own message. Public because the kit makes it by reflection.
 */
public final class SilentLogging implements ILoggingTool {

    private SilentLogging() {}

    /** Called by the kit, by this name. */
    public static ILoggingTool create(Class<?> source) {
        return new SilentLogging();
    }

    /** To be called before the first class of the kit that logs is loaded. */
    static void install() {
        LoggingToolFactory.setLoggingToolClass(SilentLogging.class);
    }

    @Override
    public void dumpSystemProperties() {}

    @Override
    public void setStackLength(int length) {}

    @Override
    public void dumpClasspath() {}

    @Override
    public void debug(Object object) {}

    @Override
    public void debug(Object object, Object... objects) {}

    @Override
    public void error(Object object) {}

    @Override
    public void error(Object object, Object... objects) {}

    @Override
    public void fatal(Object object) {}

    @Override
    public void info(Object object) {}

    @Override
    public void info(Object object, Object... objects) {}

    @Override
    public void warn(Object object) {}

    @Override
    public void warn(Object object, Object... objects) {}

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public void setLevel(int level) {}

    @Override
    public int getLevel() {
        return FATAL;
    }
}
