package io.taskweaver.executor;

import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Secrets;
import io.taskweaver.agents.command.BroughtSecrets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What must not be published of what an executor, its agents and a plan's brought files have.
 *
 * @param hidden what is masked in all that is published
 * @param credentials what must not be in a result either, and what it is for a person
 */
record ExecutorSecrets(Secrets hidden, Map<String, String> credentials) {
    static final ExecutorSecrets NONE = new ExecutorSecrets(Secrets.NONE, Map.of());

    /** A variable with the name of a secret may have a word as its value, which is in code by chance. */
    private static final Pattern GENERATED = Pattern.compile("(?=.*\\d)(?=.*[A-Za-z]).{16,}", Pattern.DOTALL);

    private static final Pattern WORD = Pattern.compile("\\p{L}+");

    ExecutorSecrets {
        credentials = Map.copyOf(credentials);
    }

    /**
     * What is masked in prompts, which are work: not single words. A password that is the name of a database would make a
     * document unreadable.
     */
    Secrets hiddenInPrompts() {
        return Secrets.of(hidden.values().stream()
                .filter(value -> !WORD.matcher(value).matches())
                .toList());
    }

    static ExecutorSecrets of(Collection<? extends CodingAgent> agents, Map<String, String> environment) {
        var hidden = Secrets.ofVariables(environment);
        var credentials = new LinkedHashMap<String, String>();
        for (var agent : agents) {
            hidden = hidden.with(agent.secrets());
            add(agent.secrets(), "a secret of the agent " + agent.name(), credentials);
        }
        for (var variable : environment.entrySet())
            add(
                    Secrets.ofVariables(Map.of(variable.getKey(), variable.getValue())),
                    variable.getKey() + " of the executor's environment",
                    credentials);
        return new ExecutorSecrets(hidden, credentials);
    }

    private static void add(Secrets secrets, String what, Map<String, String> credentials) {
        for (var value : secrets.values()) if (GENERATED.matcher(value).matches()) credentials.put(value, what);
    }

    /** These, and those of files that were brought along. */
    ExecutorSecrets with(BroughtSecrets brought) {
        if (brought == BroughtSecrets.NONE) return this;
        var all = new LinkedHashMap<>(credentials);
        all.putAll(brought.credentials());
        return new ExecutorSecrets(hidden.with(brought.secrets()), all);
    }
}
