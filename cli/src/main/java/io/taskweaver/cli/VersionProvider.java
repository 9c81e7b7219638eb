package io.taskweaver.cli;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote down. */
public final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        var version = new Properties();
        try (var in = VersionProvider.class.getResourceAsStream("version.properties")) {
            if (in != null) version.load(in);
        }
        return new String[] {"taskweaver " + version.getProperty("version", "unknown")};
    }
}
