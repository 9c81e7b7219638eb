package io.taskweaver.agents.command;

import io.taskweaver.code.BroughtFiles;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.Preparation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Texts of brought files that must not be published: values of settings, and lines of keys and certificates. A file is
 * brought because Git is not to have it, so that more is redacted than what has the name of a secret; what is short, or a
 * word or a number like others, is not.
 */
final class BroughtSecrets {
    /** {@code NAME=value}, {@code name: value}, {@code "name": "value"}, with {@code export} and the like before. */
    private static final Pattern SETTING =
            Pattern.compile("\\s*(?:[A-Za-z]+\\s+)?[\"']?([A-Za-z_][\\w.-]*)[\"']?\\s*[=:]\\s*(.*?)[\\s,;]*");

    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"|'(.*)'");
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*");
    /** Password in an address. */
    private static final Pattern LOGIN = Pattern.compile("://[^/\\s:@]*:([^/\\s@]+)@");

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z -]*|[\\d.:]+|[/.~][\\w/.-]*|localhost[:\\d]*");
    private static final int SHORTEST_LINE = 16;
    private static final int SHORTEST_VALUE = 8;
    private static final int SHORTEST_SECRET = 6;
    private static final long LONGEST_FILE = 64 << 10;
    private static final int MOST = 2_000;

    private BroughtSecrets() {}

    /** Those of the files that go with a plan's work trees. */
    static Set<String> of(CodeRepository code, Preparation preparation) throws IOException {
        var secrets = new LinkedHashSet<String>();
        if (preparation.brought().isEmpty()) return secrets;
        for (var entry : BroughtFiles.in(code, preparation.brought().get()).values()) {
            if (entry.bytes() > LONGEST_FILE) continue;
            var text = new String(code.bytes(entry.object()), StandardCharsets.UTF_8);
            if (text.indexOf('\0') < 0) add(text, secrets);
            if (secrets.size() > MOST) break;
        }
        return secrets;
    }

    static void add(String text, Set<String> secrets) {
        for (var line : text.lines().toList()) {
            var setting = SETTING.matcher(line);
            if (setting.matches()) addValue(setting.group(1), setting.group(2), secrets);
            else if (line.strip().length() >= SHORTEST_LINE
                    && !line.stripLeading().startsWith("#")) secrets.add(line.strip());
        }
    }

    private static void addValue(String name, String raw, Set<String> secrets) {
        for (var value : List.of(unquoted(raw), unquoted(COMMENT.matcher(raw).replaceFirst("")))) {
            var login = LOGIN.matcher(value);
            while (login.find()) if (login.group(1).length() >= SHORTEST_SECRET) secrets.add(login.group(1));
            if (Environment.isSecret(name)
                    ? value.length() >= SHORTEST_SECRET
                    : value.length() >= SHORTEST_VALUE && !WORD.matcher(value).matches()) secrets.add(value);
        }
    }

    private static String unquoted(String raw) {
        var quoted = QUOTED.matcher(raw.strip());
        if (!quoted.matches()) return raw.strip();
        return quoted.group(1) != null ? quoted.group(1) : quoted.group(2);
    }
}
