package io.taskweaver.requirements.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of words, as its contributors keep it. */
class LexiconTest {
    private static final Set<String> LANGUAGES =
            Set.of("en", "de", "fr", "es", "it", "pt", "ru", "zh", "ja", "ko", "ar", "tr");

    private record Row(String kind, String language, String phrases) {}

    @Test
    void every_language_has_a_row_of_every_kind_or_says_that_it_has_none() throws IOException {
        var languages = new LinkedHashMap<String, Set<String>>();
        for (var row : rows())
            assertThat(languages
                            .computeIfAbsent(row.kind(), key -> new LinkedHashSet<>())
                            .add(row.language()))
                    .as("%s %s has one row", row.kind(), row.language())
                    .isTrue();
        var all = languages.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(all).containsAll(LANGUAGES);
        assertThat(languages)
                .allSatisfy((kind, known) -> assertThat(known)
                        .as("languages of %s; write - where one has no phrase", kind)
                        .containsExactlyInAnyOrderElementsOf(all));
    }

    @Test
    void no_language_lacks_what_documents_need() throws IOException {
        assertThat(rows())
                .filteredOn(row -> row.phrases().equals("-"))
                .extracting(Row::kind)
                .allSatisfy(
                        kind -> assertThat(kind).matches("work\\..*\\.(?:begin|within)|column\\.seconds|title\\..*"));
    }

    @Test
    void rows_have_no_blank_phrases_and_none_twice() throws IOException {
        for (var row : rows()) {
            var phrases = List.of(row.phrases().split(", ", -1));
            assertThat(phrases).as("%s %s", row.kind(), row.language()).doesNotHaveDuplicates();
            assertThat(phrases).as("%s %s", row.kind(), row.language()).noneMatch(String::isBlank);
        }
    }

    @Test
    void a_phrase_is_of_one_status_only() throws IOException {
        var kinds = new HashMap<String, Set<String>>();
        for (var row : rows())
            if (Set.of("status.done", "status.progress", "status.rejected", "status.deferred")
                    .contains(row.kind()))
                for (var phrase : row.phrases().split(", ", -1))
                    kinds.computeIfAbsent(Words.normalised(phrase), key -> new LinkedHashSet<>())
                            .add(row.kind());
        assertThat(kinds.entrySet())
                .filteredOn(entry -> entry.getValue().size() > 1)
                .extracting(Map.Entry::getKey)
                .isEmpty();
    }

    @Test
    void case_and_marks_do_not_count() {
        assertThat(Lexicon.is("status.rejected", "Won't do")).isTrue();
        assertThat(Lexicon.is("column.id", "#")).isTrue();
        assertThat(Lexicon.is("column.component", "Component/s")).isTrue();
        assertThat(Lexicon.is("heading.criteria", "КРИТЕРИИ ПРИЁМКИ:")).isTrue();
    }

    @Test
    void the_more_usual_name_of_a_column_comes_first() {
        var key = Lexicon.first(List.of("column.id"), "Issue key").orElseThrow();
        var number = Lexicon.first(List.of("column.id"), "Number").orElseThrow();
        assertThat(key.rank()).isLessThan(number.rank());
        assertThat(Lexicon.first(List.of("column.title", "column.description"), "Notes"))
                .map(Lexicon.Meaning::kind)
                .contains("column.description");
    }

    private static List<Row> rows() throws IOException {
        var rows = new ArrayList<Row>();
        try (var in = Objects.requireNonNull(Lexicon.class.getResourceAsStream("lexicon.tsv"))) {
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.isBlank() || line.startsWith("#")) continue;
                var columns = line.split("\t", -1);
                assertThat(columns).as(line).hasSize(3);
                rows.add(new Row(columns[0], columns[1], columns[2]));
            }
        }
        return rows;
    }
}
