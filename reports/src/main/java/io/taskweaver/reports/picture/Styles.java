package io.taskweaver.reports.picture;

import io.taskweaver.model.Resources;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Style sheets and the script that pictures carry in themselves. */
final class Styles {
    private static final Pattern VARIABLE = Pattern.compile("var\\(--([a-z0-9-]+)\\)");
    private static final Pattern DEFINITION = Pattern.compile("--([a-z0-9-]+):\\s*([^;]+);");

    private Styles() {}

    /** A text that lies beside this class. */
    static String text(String name) {
        return Resources.text(Styles.class, name);
    }

    /** The scene's rules with their values put in, for programs that know no variables; dark ones where dark is preferred. */
    static String fixed() {
        var rules = text("scene.css");
        return valued(rules, values("light.css")) + "@media (prefers-color-scheme: dark) {\n"
                + valued(rules, values("dark.css")) + "}\n";
    }

    private static String valued(String rules, Map<String, String> values) {
        return VARIABLE.matcher(rules).replaceAll(match -> values.getOrDefault(match.group(1), "currentColor"));
    }

    private static Map<String, String> values(String name) {
        var values = new TreeMap<String, String>();
        var match = DEFINITION.matcher(text(name));
        while (match.find()) values.put(match.group(1), match.group(2).strip());
        return values;
    }
}
