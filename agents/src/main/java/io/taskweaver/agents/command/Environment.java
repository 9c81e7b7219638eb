package io.taskweaver.agents.command;

import io.taskweaver.agents.Secrets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Environment variables of a command, and redaction of secrets among them. */
final class Environment {
    /** Prefixes of executor settings. A list of permitted variables instead would withhold keys of unknown agents. */
    private static final Pattern OURS = Pattern.compile(
            "(?:_[A-Z0-9]+_|%[^.]+\\.)?(?:CODEGEN|TASKWEAVER|KAFKA|QUARKUS|SMALLRYE|APICURIO|SCHEMA[_.]REGISTRY|BASIC[_.]AUTH)[_.].*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Map<String, String> variables = new HashMap<>();
    private final Secrets secrets;

    /** @param inherited variables of this process; TaskWeaver's settings are not passed on */
    Environment(Map<String, String> inherited) {
        inherited.forEach((name, value) -> {
            if (!OURS.matcher(name).matches()) variables.put(name, value);
        });
        this.secrets = Secrets.ofVariables(inherited);
    }

    private Environment(Map<String, String> variables, Secrets secrets) {
        this.variables.putAll(variables);
        this.secrets = secrets;
    }

    /** The same variables, and more texts to redact. */
    Environment redacting(Secrets more) {
        var all = secrets.with(more);
        return all == secrets ? this : new Environment(variables, all);
    }

    Map<String, String> variables() {
        return variables;
    }

    /** What must not be published: values of variables with secret names, passed on or not, and what was added. */
    Secrets secrets() {
        return secrets;
    }

    /** Redacts secrets. */
    String redacted(String text) {
        return secrets.masked(text);
    }
}
