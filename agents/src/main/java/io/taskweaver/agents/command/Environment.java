package io.taskweaver.agents.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables that a command is given, and the secrets among them, which no report may show. */
final class Environment {
    private static final List<String> OURS = List.of("CODEGEN_", "TASKWEAVER_");
    private static final List<String> SECRET = List.of("TOKEN", "SECRET", "PASSWORD", "PASSWD", "_KEY", "CREDENTIAL");
    private static final int SHORTEST_SECRET = 6;

    private final Map<String, String> variables = new HashMap<>();

    /** @param inherited variables of this process; those of TaskWeaver itself are not passed on */
    Environment(Map<String, String> inherited) {
        variables.putAll(inherited);
        variables.keySet().removeIf(name -> OURS.stream().anyMatch(name::startsWith));
    }

    Map<String, String> variables() {
        return variables;
    }

    /** A text without the values of variables whose names say that they are secret. */
    String redacted(String text) {
        var secrets = new ArrayList<String>();
        variables.forEach((name, value) -> {
            var upper = name.toUpperCase(Locale.ROOT);
            if (value.length() >= SHORTEST_SECRET && SECRET.stream().anyMatch(upper::contains)) secrets.add(value);
        });
        secrets.sort(Comparator.comparingInt(String::length).reversed());
        var redacted = text;
        for (var secret : secrets) redacted = redacted.replace(secret, "***");
        return redacted;
    }
}
