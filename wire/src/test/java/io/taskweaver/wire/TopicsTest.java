package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static final Path DOCS = Path.of("../docs/topics.md");

    @Test
    void names_are_unique_and_in_kebab_case() {
        var names = Topics.all().stream().map(Topic::name).toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z]+(-[a-z]+)+"));
    }

    @Test
    void a_topic_is_named_after_its_event() {
        assertThat(Topics.all().stream().map(topic -> topic.schema().getName()))
                .containsExactlyElementsOf(Topics.all().stream()
                        .map(topic -> switch (topic.name()) {
                            // Streams of commands and of letters, not of facts.
                            case "plan-commands" -> "PlanCommand";
                            case "context-commands" -> "ContextCommand";
                            case "dead-letters" -> "DeadLetter";
                            default -> upperCamel(topic.name());
                        })
                        .toList());
    }

    @Test
    void an_undecodable_record_of_any_topic_fits_into_a_dead_letter() {
        assertThat(Topics.all())
                .filteredOn(topic -> !topic.equals(Topics.DEAD_LETTERS))
                .allMatch(topic -> topic.maxMessageBytes() < Topics.DEAD_LETTERS.maxMessageBytes());
    }

    /** Compaction keeps the last record of a key. Of two runs or two outcomes of an attempt, the first counts. */
    @Test
    void all_entries_of_the_journal_are_kept_as_long_as_any() {
        assertThat(Topics.EXECUTION_JOURNAL.cleanup()).isEqualTo(Topic.Cleanup.DELETE);
    }

    /** Regenerate it with {@code ./mvnw -pl wire -am test -Dsurefire.failIfNoSpecifiedTests=false -Dtest=TopicsTest -Dtaskweaver.docs=write}. */
    @Test
    void the_documentation_lists_the_topics_as_they_are() throws IOException {
        var current = documentation();
        if ("write".equals(System.getProperty("taskweaver.docs"))) {
            Files.createDirectories(DOCS.getParent());
            Files.writeString(DOCS, current);
        }

        assertThat(Files.readString(DOCS)).isEqualTo(current);
    }

    private static String documentation() {
        return """
                # Topics

                Generated from `io.taskweaver.wire.Topics`; a test fails when it is stale. Values are Avro in Confluent's wire format,
                each schema registered under `<topic>-value`; keys are UTF-8 text. All names may carry a configured prefix.
                Only the plan's id determines the partition, so that one partition number orders one plan on every topic.

                Every record about a plan carries its trace in the headers `traceparent`, `tracestate` and `baggage` (W3C Trace Context).
                If a submission has a `traceparent`, as a header of the record or of the REST request, all events of the plan are in that trace;
                services copy it unchanged, since they report no spans. Otherwise the trace id is the first 16 bytes of SHA-256 of the plan's
                id, in hexadecimal, and the parent id the 8 bytes after them; the trace is sampled.

                | topic | event | key | writer | cleanup | kept | largest batch | meaning |
                |---|---|---|---|---|---|---|---|
                """ + Topics.all().stream().map(TopicsTest::row).collect(Collectors.joining());
    }

    private static String row(Topic<?> topic) {
        return "| `" + topic.name() + "` | `" + topic.schema().getName() + "` | " + topic.key() + " | " + topic.writer()
                + " | " + topic.cleanup().policy() + " | " + kept(topic) + " | "
                + topic.maxMessageBytes() / (1024 * 1024)
                + " MiB | " + topic.meaning() + " |\n";
    }

    private static String kept(Topic<?> topic) {
        return switch (topic.cleanup()) {
            case DELETE -> days(topic.retention());
            case COMPACT -> "last per key";
            case COMPACT_DELETE -> "last per key, " + days(topic.retention());
        };
    }

    private static String days(Duration retention) {
        return retention.toDays() + (retention.toDays() == 1 ? " day" : " days");
    }

    private static String upperCamel(String kebab) {
        var name = new StringBuilder();
        for (var word : kebab.split("-", -1))
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        return name.toString();
    }
}
