package io.taskweaver.cli;

import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Codegen's credentials, where they are not in the environment. */
@HelpHeading("Codegen credentials")
final class CredentialOptions {
    @Option(
            names = "--org-id",
            paramLabel = "ID",
            description = "Codegen organisation (default: " + AgentChoice.ORGANISATION + ").")
    private @Nullable String organisation;

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "Codegen token (default: " + AgentChoice.TOKEN
                    + "). Other users can see it in the process list;" + " the variable or --token-file is safer.")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "File with the token.")
    private @Nullable Path tokenFile;

    /**
     * The context with what was named in place of what the environment says.
     *
     * @throws CommandFailure if the file cannot be read
     */
    CommandContext in(CommandContext context) {
        var environment = new HashMap<>(context.environment());
        if (organisation != null) environment.put(AgentChoice.ORGANISATION, organisation);
        if (token != null) environment.put(AgentChoice.TOKEN, token);
        if (tokenFile != null) {
            try {
                environment.put(AgentChoice.TOKEN, Files.readString(tokenFile).strip());
            } catch (IOException e) {
                throw CommandFailure.badInput(
                        "The token file " + tokenFile + " cannot be read: " + StorageFailure.cause(e) + ".",
                        "Name a file that contains only the token.");
            }
        }
        return context.with(environment);
    }
}
