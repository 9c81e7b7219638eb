package io.taskweaver.agents;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Texts that must not be published, and their removal from what is: as they are, URL-encoded, escaped as in JSON, and in
 * base64, at any place of a longer encoded text and broken into lines. Whatever hides secrets uses this class.
 */
public final class Secrets {
    /** Nothing to hide. */
    public static final Secrets NONE = new Secrets(Set.of());

    /** Fewest characters of a secret. Shorter ones would hide harmless words; whoever knows the place guesses them anyway. */
    public static final int SHORTEST = 6;

    private static final String MASK = "***";
    private static final int LONGEST = 1024;
    private static final int SHORTEST_LINE = 16;

    private static final List<String> NAMES = List.of(
            "TOKEN", "SECRET", "PASSWORD", "PASSWD", "_KEY", "APIKEY", "CREDENTIAL", "JAAS", "USER_INFO", "USER.INFO");
    /** In a JAAS configuration; a user's name is no secret. */
    private static final Pattern OPTION = Pattern.compile(
            "\\w*(?:password|secret|token)\\w*\\s*=\\s*(?:\"([^\"]+)\"|'([^']+)'|([^\"';\\s]+))",
            Pattern.CASE_INSENSITIVE);
    /** In a list of {@code role:token}. */
    private static final Pattern ENTRY = Pattern.compile("[^,\\s:]+:([^,\\s]+)");

    private final Set<String> values;
    private final SecretForms plain;
    private final SecretForms encoded;

    private Secrets(Set<String> values) {
        this.values = Set.copyOf(values);
        var pieces = values.stream().flatMap(value -> pieces(value).stream()).toList();
        var texts = new LinkedHashSet<String>();
        var codes = new LinkedHashSet<String>();
        for (var piece : pieces) {
            texts.addAll(texts(piece));
            codes.addAll(base64(piece));
        }
        this.plain = new SecretForms(texts, false);
        this.encoded = new SecretForms(codes, true);
    }

    /** Secrets of some values; what is too short is none. */
    public static Secrets of(Collection<String> values) {
        return NONE.with(values);
    }

    /** Values of variables and settings whose names say that they are secret. */
    public static Secrets ofVariables(Map<String, String> variables) {
        var found = new ArrayList<String>();
        variables.forEach((name, value) -> {
            if (!isName(name)) return;
            var upper = name.toUpperCase(Locale.ROOT);
            found.add(value);
            if (upper.contains("JAAS")) add(OPTION, value, found);
            if (upper.contains("TOKENS")) add(ENTRY, value, found);
        });
        return of(found);
    }

    /** Whether the name of a variable or of a setting tells that its value is a secret. */
    public static boolean isName(String name) {
        var upper = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return NAMES.stream().anyMatch(upper::contains);
    }

    private static void add(Pattern pattern, String value, List<String> found) {
        for (var matcher = pattern.matcher(value); matcher.find(); )
            for (int group = 1; group <= matcher.groupCount(); group++)
                if (matcher.group(group) != null) found.add(matcher.group(group));
    }

    /** These and more. */
    public Secrets with(Collection<String> more) {
        var all = new LinkedHashSet<>(values);
        for (var value : more) if (value.strip().length() >= SHORTEST) all.add(value.strip());
        return all.size() == values.size() ? this : new Secrets(all);
    }

    /** The texts themselves. */
    public Set<String> values() {
        return values;
    }

    /** These and others. */
    public Secrets with(Secrets others) {
        return with(others.values);
    }

    /** The text with a mask in place of each secret. */
    public String masked(String text) {
        var ranges = ranges(text);
        if (ranges.isEmpty()) return text;
        var masked = new StringBuilder(text.length());
        int at = 0;
        for (var range : ranges) {
            masked.append(text, at, range.start()).append(MASK);
            at = range.end();
        }
        return masked.append(text, at, text.length()).toString();
    }

    /** Whether the text contains one of them, in any form. */
    public boolean isIn(String text) {
        return !ranges(text).isEmpty();
    }

    /** For a text that comes in parts. */
    public Masking masking() {
        return new Masking();
    }

    /** Secrets and where they are; those that overlap or touch are one. */
    private List<SecretForms.Range> ranges(CharSequence text) {
        if (values.isEmpty()) return List.of();
        var found = new ArrayList<SecretForms.Range>();
        plain.find(text, found);
        encoded.find(text, found);
        found.sort(Comparator.comparingInt(SecretForms.Range::start));
        var merged = new ArrayList<SecretForms.Range>(found.size());
        for (var range : found) {
            if (!merged.isEmpty() && range.start() <= merged.getLast().end())
                merged.add(merged.removeLast().until(range.end()));
            else merged.add(range);
        }
        return merged;
    }

    /** Parts that are hidden each: of a long text a few lines may be shown alone. */
    private static List<String> pieces(String value) {
        var pieces = new ArrayList<String>();
        if (value.length() <= LONGEST) pieces.add(value);
        else
            for (int at = 0; at < value.length(); at += LONGEST)
                pieces.add(value.substring(at, Math.min(value.length(), at + LONGEST)));
        if (value.indexOf('\n') >= 0)
            value.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST_LINE)
                    .forEach(pieces::add);
        pieces.removeIf(piece -> piece.length() < SHORTEST);
        return pieces;
    }

    private static Collection<String> texts(String value) {
        var forms = new LinkedHashSet<String>();
        forms.add(value);
        var form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        for (var url :
                List.of(form, form.replace("+", "%20"), form.replace("+", "%20").replace("%7E", "~"))) {
            forms.add(url);
            forms.add(lowerHex(url));
        }
        forms.add(jsonEscaped(value));
        return forms;
    }

    private static final Pattern HEX = Pattern.compile("%[0-9A-F]{2}");

    private static String lowerHex(String url) {
        return HEX.matcher(url).replaceAll(match -> match.group().toLowerCase(Locale.ROOT));
    }

    private static String jsonEscaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    /** The characters that are the same wherever the value begins in an encoded text, whatever is around it. */
    private static Collection<String> base64(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        var forms = new LinkedHashSet<String>();
        for (int before = 0; before < 3; before++) {
            var shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            int from = (8 * before + 5) / 6;
            int to = 8 * shifted.length / 6;
            for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                var form = encoder.encodeToString(shifted).substring(from, to);
                if (form.length() >= SHORTEST) forms.add(form);
            }
        }
        return forms;
    }

    /** Masks a text that comes in parts: a secret may be split among them. Not thread-safe. */
    public final class Masking {
        private final StringBuilder held = new StringBuilder();

        private Masking() {}

        /** What is certain of the text so far: all but an end that may be the beginning of a secret. */
        public String add(String more) {
            held.append(more);
            int cut = Math.min(plain.undecided(held), encoded.undecided(held));
            for (var range : ranges(held)) if (range.start() < cut && range.end() > cut) cut = range.start();
            var certain = masked(held.substring(0, cut));
            held.delete(0, cut);
            return certain;
        }

        /** The rest; nothing follows. */
        public String end() {
            var rest = masked(held.toString());
            held.setLength(0);
            return rest;
        }
    }

    @Override
    public String toString() {
        return "Secrets[" + values.size() + "]";
    }
}
