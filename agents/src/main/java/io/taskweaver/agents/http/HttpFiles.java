package io.taskweaver.agents.http;

import io.taskweaver.agents.SpecFiles;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Agents that are a service among those that files describe. */
public final class HttpFiles {
    /** The setting by which a file of a service is known. */
    public static final String MARK = "base-url";

    private static final List<String> PRESETS = List.of("cursor-cloud", "devin", "jules", "openhands-cloud");
    private static final SpecFiles.Form<HttpSpec.Raw> FORM =
            new SpecFiles.Form<>(HttpSpec.Raw.class, HttpSpec.Raw::extend, HttpSpec.Raw::over);

    private final SpecFiles files;

    public HttpFiles(SpecFiles files) {
        this.files = files;
    }

    /** The program's own, their texts by name. */
    public static Map<String, String> presets() {
        return SpecFiles.presets(HttpFiles.class, PRESETS);
    }

    /**
     * A new agent.
     *
     * @param environment variables of this process
     * @throws IllegalArgumentException if its file is wrong; the message says where and what to do
     */
    public HttpAgent agent(String name, Map<String, String> environment) {
        return files.read(name, FORM, raw -> new HttpAgent(name, raw.checked(), environment, Clock.systemUTC()));
    }
}
