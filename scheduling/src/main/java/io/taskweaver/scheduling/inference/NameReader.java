package io.taskweaver.scheduling.inference;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the names that a text gives to parts of the product: code spans, identifiers, paths of files and endpoints; and
 * which of them it makes rather than uses.
 */
final class NameReader {
    private static final Pattern NAME = Pattern.compile(
            "`([^`\\n"
                    + "]{3,60})`|((?:(?:GET|POST|PUT|PATCH|DELETE)\\s+)?/[a-z][\\w{}:.-]*+(?:/[\\w{}:.*-]++)*+)"
                    + "|\\b([\\w-]++(?:/[\\w.-]++(?=/))*+(?:/[\\w.-]+)?\\.(?:java|kt|py|tsx?|jsx?|go|rs|sql|md|json|ya?ml|toml|html|css|sh))\\b"
                    + "|\\b([A-Za-z][a-z0-9]+[A-Z][A-Za-z0-9]*+|[A-Z][A-Z0-9]*[a-z][a-z0-9]+[A-Z]\\w*|[A-Za-z][A-Za-z0-9]*+(?:_[A-Za-z0-9]++)++)\\b");
    private static final Pattern MAKES = Pattern.compile(
            "(?i)\\b(?:creat|defin|implement|add|build|design|develop|writ|introduc|expos|provid|declar|establish|scaffold|generat|export)(?:e|es|ing|ed|s)?\\b[^.\\n"
                    + "]*$");
    private static final int BEFORE = 90;
    private static final int MOST = 60;

    private NameReader() {}

    /**
     * Names in lower case, after a backtick, so that no name is taken for a word.
     *
     * @param made those that stand in the title or after a word of making in their sentence
     */
    record Names(Set<String> all, Set<String> made) {}

    static Names names(String title, String text) {
        var all = new LinkedHashSet<String>();
        var made = new LinkedHashSet<String>();
        read(title, true, all, made);
        read(text, false, all, made);
        return new Names(all, made);
    }

    private static void read(String text, boolean title, Set<String> all, Set<String> made) {
        if (!mayName(text)) return;
        var names = NAME.matcher(text);
        while (names.find() && all.size() < MOST) {
            int group = 1;
            while (names.group(group) == null) group++;
            var name = key(names.group(group));
            if (name.length() < 3) continue;
            all.add("`" + name);
            var before = text.substring(Math.max(0, names.start() - BEFORE), names.start());
            if (title || MAKES.matcher(before).find()) made.add("`" + name);
        }
    }

    /** Plain sentences hold no sign of a name, and are most of what there is. */
    private static boolean mayName(String text) {
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            char before = text.charAt(i - 1);
            if (c == '`' || c == '/' || c == '_' || before == '`' || before == '/') return true;
            boolean inside = Character.isLetterOrDigit(before);
            if (inside && Character.isUpperCase(c)) return true;
            if (before == '.' && Character.isLetter(c)) return true;
        }
        return false;
    }

    private static String key(String name) {
        var plain = name.strip().replaceFirst("^(?:GET|POST|PUT|PATCH|DELETE)\\s+", "");
        int end = plain.indexOf('(');
        return (end > 0 ? plain.substring(0, end) : plain).toLowerCase(Locale.ROOT);
    }
}
