package io.taskweaver.requirements.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Words that people of the supported languages use for the same thing: headings of columns, states, priorities, labels.
 * They are in {@code words.txt} beside this class, for contributors who write no Java.
 */
public final class WordTable {
    private static final Pattern BLANKS = Pattern.compile("[\\s_-]+");
    private static final Map<String, Map<String, Entry>> KINDS = read();

    private WordTable() {}

    /**
     * What a word stands for.
     *
     * @param rank how many words stand before it in its line
     */
    public record Entry(String meaning, int rank) {}

    /**
     * What a word stands for, however it is spelled: "In Progress", "in_progress".
     *
     * @param kind {@code column}, {@code status}, {@code priority} or {@code structure}
     */
    public static Optional<Entry> of(String kind, String word) {
        return Optional.ofNullable(KINDS.getOrDefault(kind, Map.of()).get(form(word)));
    }

    private static String form(String word) {
        var lower = BLANKS.matcher(word.strip().toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .replace('’', '\'');
        return lower.isBlank() ? word.strip() : lower.strip();
    }

    private static Map<String, Map<String, Entry>> read() {
        try (InputStream in = WordTable.class.getResourceAsStream("words.txt")) {
            var text = new String(Objects.requireNonNull(in, "words.txt").readAllBytes(), StandardCharsets.UTF_8);
            return parsed(text.replaceAll("\n\\s+", " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Map<String, Entry>> parsed(String text) {
        var kinds = new HashMap<String, Map<String, Entry>>();
        for (var line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (line.startsWith("#") || colon < 0) continue;
            int blank = line.indexOf(' ');
            var words = kinds.computeIfAbsent(line.substring(0, blank), key -> new LinkedHashMap<>());
            var meaning = line.substring(blank + 1, colon).strip();
            int rank = 0;
            for (var word : line.substring(colon + 1).split(",", -1))
                words.putIfAbsent(form(word), new Entry(meaning, rank++));
        }
        return kinds;
    }
}
