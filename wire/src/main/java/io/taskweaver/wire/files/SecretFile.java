package io.taskweaver.wire.files;

import java.nio.file.Path;

/** Secret files in a local runtime's data folder. */
public enum SecretFile {
    /** The token of the REST API. */
    TOKEN("token"),
    /** The password of the broker. */
    PASSWORD("password"),
    /** The password of the registry. */
    REGISTRY_PASSWORD("registry-password"),
    /** The keys of tickets. */
    TICKET_KEY("ticket.key");

    private final String fileName;

    SecretFile(String fileName) {
        this.fileName = fileName;
    }

    /** Its path; it may not exist yet. */
    public Path in(Path dataFolder) {
        return dataFolder.resolve(fileName);
    }

    /** Its name in the data folder. */
    public String fileName() {
        return fileName;
    }
}
