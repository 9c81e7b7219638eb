package io.taskweaver.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data folder of a local runtime. */
@HelpHeading("Local runtime")
final class DataFolderOption {
    private static final Path DEFAULT = Path.of(".taskweaver");

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".taskweaver",
            description = "Data folder of the local runtime (default: ${DEFAULT-VALUE}).")
    private Path folder = DEFAULT;

    Path path() {
        return folder.toAbsolutePath().normalize();
    }

    /** What a suggested command needs to find the same folder. */
    String argument() {
        return folder.equals(DEFAULT) ? "" : " --data-dir " + folder;
    }
}
