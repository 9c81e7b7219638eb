package io.taskweaver.standalone;

import io.taskweaver.embedded.Credential;
import io.taskweaver.wire.files.OwnerFile;
import io.taskweaver.wire.files.SecretFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What clients of this runtime log in with. The passwords belong to the data folder, a file each; without its file there is a
 * new one. The registry is sent its own as it is, so it opens nothing else.
 *
 * @param broker of the broker, which never sees the password itself (SCRAM)
 * @param registry of the registry
 */
record Logins(Credential broker, Credential registry) {

    /**
     * The logins of a data folder.
     *
     * @throws StartProblem if a file holds no password
     */
    static Logins of(Path dataFolder) throws IOException {
        return new Logins(read(SecretFile.PASSWORD.in(dataFolder)), read(SecretFile.REGISTRY_PASSWORD.in(dataFolder)));
    }

    private static Credential read(Path file) throws IOException {
        var password = OwnerFile.readOrWrite(file, () -> Credential.random().password() + "\n");
        try {
            return new Credential(Credential.USERNAME, password.strip());
        } catch (IllegalArgumentException e) {
            throw new StartProblem(
                    "The file " + file + " holds no password of letters and digits.",
                    "Remove it to get a new password, and start again.",
                    e);
        }
    }
}
