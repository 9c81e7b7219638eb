package io.taskweaver.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which agent runs the tasks.
 *
 * @param name of the back end
 * @param note what a person should know about the choice
 */
record AgentChoice(String name, Optional<String> note) {
    static final String TOKEN = "CODEGEN_API_TOKEN";
    static final String ORGANISATION = "CODEGEN_ORG_ID";
    private static final String CODEGEN = "codegen";
    private static final String SIMULATED = "simulated";

    /**
     * The agent that was named, else codegen where its credentials are set, else the simulated one.
     *
     * @throws CommandFailure if the named one lacks its credentials
     */
    static AgentChoice of(@Nullable String named, Surroundings surroundings) {
        boolean hasToken = surroundings.variable(TOKEN).isPresent();
        boolean hasOrganisation = surroundings.variable(ORGANISATION).isPresent();
        if (named == null) {
            if (hasToken && hasOrganisation) return new AgentChoice(CODEGEN, Optional.empty());
            return new AgentChoice(
                    SIMULATED,
                    Optional.of("No agent credentials are set (" + TOKEN + ", " + ORGANISATION
                            + "): the simulated agent does the work. Its changes are small but real."));
        }
        if (named.equals(CODEGEN) && !(hasToken && hasOrganisation))
            throw new CommandFailure(
                    ExitCode.CREDENTIALS,
                    "The agent codegen needs credentials, and " + missing(hasToken, hasOrganisation) + " not set.",
                    "Set " + TOKEN + " and " + ORGANISATION + ", or use --agent simulated.");
        if (named.isBlank())
            throw new CommandFailure(ExitCode.BAD_INPUT, "--agent has no name.", "Use e.g. --agent codegen.");
        return new AgentChoice(named, Optional.empty());
    }

    private static String missing(boolean hasToken, boolean hasOrganisation) {
        if (hasToken) return ORGANISATION + " is";
        return hasOrganisation ? TOKEN + " is" : TOKEN + " and " + ORGANISATION + " are";
    }
}
