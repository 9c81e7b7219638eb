package io.taskweaver.agents.command;

import io.taskweaver.agents.Secrets;
import io.taskweaver.code.BroughtFiles;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.Preparation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Texts of brought files that must not be published: values of settings, and lines of keys and certificates. A file is
 * brought because Git is not to have it, so that more is redacted than what has the name of a secret; what is short, or a
 * word or a number like others, is not.
 */
public final class BroughtSecrets {
    /** {@code NAME=value}, {@code name: value}, {@code "name": "value"}, with {@code export} and the like before. */
    private static final Pattern SETTING =
            Pattern.compile("\\s*(?:[A-Za-z]+\\s+)?[\"']?([A-Za-z_][\\w.-]*)[\"']?\\s*[=:]\\s*(.*?)[\\s,;]*");

    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"|'(.*)'");
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*");
    /** Password in an address. */
    private static final Pattern LOGIN = Pattern.compile("://[^/\\s:@]*:([^/\\s@]+)@");

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z -]*|[\\d.:]+|[/.~][\\w/.-]*|localhost[:\\d]*");
    /** Of a key in PEM or base64. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/=_-]{24,}");

    private static final int SHORTEST_LINE = 16;
    private static final int SHORTEST_VALUE = 8;
    private static final long LONGEST_FILE = 256 << 10;
    private static final int MOST = 5_000;

    /** Of none. */
    public static final BroughtSecrets NONE = new BroughtSecrets(Map.of(), Secrets.NONE);

    private final Map<String, String> credentials;
    private final Secrets all;

    private BroughtSecrets(Map<String, String> credentials, Secrets all) {
        this.credentials = credentials;
        this.all = all;
    }

    /** Those of the files that go with a plan's work trees. */
    public static BroughtSecrets of(CodeRepository code, Preparation preparation) throws IOException {
        if (preparation.brought().isEmpty()) return NONE;
        var found = new Found();
        for (var file : BroughtFiles.in(code, preparation.brought().get()).entrySet()) {
            var entry = file.getValue();
            if (entry.bytes() > LONGEST_FILE) continue;
            var text = new String(code.bytes(entry.object()), StandardCharsets.UTF_8);
            if (text.indexOf('\0') < 0) found.read(FilePath.visible(file.getKey()), text);
            if (found.values.size() > MOST) break;
        }
        return found.secrets();
    }

    /** Those of one file. */
    static BroughtSecrets of(String file, String text) {
        var found = new Found();
        found.read(file, text);
        return found.secrets();
    }

    /** All of them. */
    public Secrets secrets() {
        return all;
    }

    /**
     * Those that are certainly secrets, by their names, as passwords in addresses, or as lines of keys: the value, and what
     * it is for a person.
     */
    public Map<String, String> credentials() {
        return credentials;
    }

    private static final class Found {
        private final Set<String> values = new LinkedHashSet<>();
        private final Map<String, String> credentials = new LinkedHashMap<>();

        BroughtSecrets secrets() {
            return new BroughtSecrets(Collections.unmodifiableMap(credentials), Secrets.of(values));
        }

        void read(String file, String text) {
            for (var line : text.lines().toList()) {
                var setting = SETTING.matcher(line);
                if (setting.matches()) addValue(file, setting.group(1), setting.group(2));
                else if (line.strip().length() >= SHORTEST_LINE
                        && !line.stripLeading().startsWith("#")) addLine(file, line.strip());
            }
        }

        private void addLine(String file, String line) {
            values.add(line);
            if (KEY.matcher(line).matches()) credentials.put(line, "a line of " + file);
        }

        private void addValue(String file, String name, String raw) {
            for (var value : values(raw)) {
                var login = LOGIN.matcher(value);
                while (login.find())
                    if (login.group(1).length() >= Secrets.SHORTEST)
                        add(login.group(1), "the password in " + name + " of " + file);
                if (Secrets.isName(name)) {
                    if (value.length() >= Secrets.SHORTEST) add(value, name + " of " + file);
                } else if (value.length() >= SHORTEST_VALUE
                        && !WORD.matcher(value).matches()) values.add(value);
            }
        }

        private void add(String value, String what) {
            values.add(value);
            // What is short, or a word, is in code by chance.
            if (value.length() >= SHORTEST_VALUE && !WORD.matcher(value).matches()) credentials.put(value, what);
        }
    }

    /** Without quotes; with and without what may be a comment, or part of the value. */
    private static Set<String> values(String raw) {
        var without = COMMENT.matcher(raw).replaceFirst("").strip();
        return QUOTED.matcher(without).matches()
                ? Set.of(unquoted(without))
                : new LinkedHashSet<>(List.of(unquoted(raw), without));
    }

    private static String unquoted(String raw) {
        var quoted = QUOTED.matcher(raw.strip());
        if (!quoted.matches()) return raw.strip();
        return quoted.group(1) != null ? quoted.group(1) : quoted.group(2);
    }
}
