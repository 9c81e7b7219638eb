package io.taskweaver.agents.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Environment variables of a command, and redaction of secrets among them. */
final class Environment {
    /** Prefixes of executor settings. A list of permitted variables instead would withhold keys of unknown agents. */
    private static final Pattern OURS = Pattern.compile(
            "(?:_[A-Z0-9]+_|%[^.]+\\.)?(?:CODEGEN|TASKWEAVER|KAFKA|QUARKUS|SMALLRYE|APICURIO|SCHEMA[_.]REGISTRY|BASIC[_.]AUTH)[_.].*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final List<String> SECRET =
            List.of("TOKEN", "SECRET", "PASSWORD", "PASSWD", "_KEY", "CREDENTIAL", "JAAS", "USER_INFO", "USER.INFO");
    /** In a JAAS configuration; a user's name is no secret. */
    private static final Pattern OPTION = Pattern.compile(
            "\\w*(?:password|secret|token)\\w*\\s*=\\s*(?:\"([^\"]+)\"|'([^']+)'|([^\"';\\s]+))",
            Pattern.CASE_INSENSITIVE);
    /** In a list of {@code role:token}. */
    private static final Pattern ENTRY = Pattern.compile("[^,\\s:]+:([^,\\s]+)");

    private static final int SHORTEST_SECRET = 6;

    private final Map<String, String> variables = new HashMap<>();
    private final List<String> secrets;

    /** @param inherited variables of this process; TaskWeaver's settings are not passed on */
    Environment(Map<String, String> inherited) {
        inherited.forEach((name, value) -> {
            if (!OURS.matcher(name).matches()) variables.put(name, value);
        });
        this.secrets = secrets(inherited);
    }

    private Environment(Map<String, String> variables, List<String> secrets) {
        this.variables.putAll(variables);
        this.secrets = secrets;
    }

    /** The same variables, and more texts to redact. */
    Environment redacting(Collection<String> more) {
        if (more.isEmpty()) return this;
        var all = new ArrayList<>(secrets);
        all.addAll(more);
        all.removeIf(value -> value.length() < SHORTEST_SECRET);
        all.sort(Comparator.comparingInt(String::length).reversed());
        return new Environment(variables, List.copyOf(all));
    }

    Map<String, String> variables() {
        return variables;
    }

    /** Redacts the values of variables with secret names, passed on or not. */
    String redacted(String text) {
        var redacted = text;
        for (var secret : secrets) redacted = redacted.replace(secret, "***");
        return redacted;
    }

    /** Whether the name of a variable or of a setting tells that its value is a secret. */
    static boolean isSecret(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return SECRET.stream().anyMatch(upper::contains);
    }

    private static List<String> secrets(Map<String, String> inherited) {
        var found = new ArrayList<String>();
        inherited.forEach((name, value) -> {
            if (!isSecret(name)) return;
            var upper = name.toUpperCase(Locale.ROOT);
            found.add(value);
            if (upper.contains("JAAS")) add(OPTION, value, found);
            if (upper.contains("TOKENS")) add(ENTRY, value, found);
        });
        found.removeIf(value -> value.length() < SHORTEST_SECRET);
        found.sort(Comparator.comparingInt(String::length).reversed());
        return List.copyOf(found);
    }

    private static void add(Pattern pattern, String value, List<String> found) {
        for (var matcher = pattern.matcher(value); matcher.find(); )
            for (int group = 1; group <= matcher.groupCount(); group++)
                if (matcher.group(group) != null) found.add(matcher.group(group));
    }
}
