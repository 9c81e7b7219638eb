package io.taskweaver.agents.http;

import io.taskweaver.agents.SpecFiles;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Services that are described by files. */
public final class HttpFiles {
    /** The setting that identifies the file of a service. */
    public static final String MARK = "base-url";

    private static final List<String> PRESETS = List.of("cursor-cloud", "devin", "jules", "openhands-cloud");
    private static final SpecFiles.Form<HttpSpec.Raw> FORM =
            new SpecFiles.Form<>(HttpSpec.Raw.class, HttpSpec.Raw::extend, HttpSpec.Raw::over);

    private final SpecFiles files;

    public HttpFiles(SpecFiles files) {
        this.files = files;
    }

    /** Texts of the built-in files, by name. */
    public static Map<String, String> presets() {
        return SpecFiles.presets(HttpFiles.class, PRESETS);
    }

    /**
     * A new agent.
     *
     * @param environment variables of this process
     * @throws IllegalArgumentException if its file is invalid; the message has place and remedy
     */
    public HttpAgent agent(String name, Map<String, String> environment) {
        return files.read(name, FORM, raw -> new HttpAgent(name, raw.checked(), environment, Clock.systemUTC()));
    }
}
