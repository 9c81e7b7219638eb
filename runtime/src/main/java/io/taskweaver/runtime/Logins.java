package io.taskweaver.runtime;

import io.taskweaver.runtime.embedded.Credential;
import io.taskweaver.runtime.embedded.StartException;
import io.taskweaver.wire.files.OwnerFile;
import io.taskweaver.wire.files.SecretFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Logins of clients of this runtime. Each password is a file in the data folder; a missing one is regenerated. The
 * registry gets its password in plain text, so it is valid only there.
 *
 * @param broker of the broker, which never sees the password itself (SCRAM)
 * @param registry of the registry
 */
record Logins(Credential broker, Credential registry) {

    /**
     * The logins of a data folder.
     *
     * @throws StartException if a file has no password
     */
    static Logins of(Path dataFolder) throws IOException {
        return new Logins(read(SecretFile.PASSWORD.in(dataFolder)), read(SecretFile.REGISTRY_PASSWORD.in(dataFolder)));
    }

    private static Credential read(Path file) throws IOException {
        var password = OwnerFile.readOrWrite(file, () -> Credential.random().password() + "\n");
        try {
            return new Credential(Credential.USERNAME, password.strip());
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "The file " + file + " does not contain a password of letters and digits.",
                    "Remove it and start again to get a new password.",
                    e);
        }
    }
}
