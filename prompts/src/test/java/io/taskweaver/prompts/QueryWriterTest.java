package io.taskweaver.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.FileConflict;
import io.taskweaver.model.TaskId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QueryWriterTest {
    @Test
    void a_query_says_all_that_the_task_needs() {
        String text = write(Map.of("docs/usage.md", "# Usage\n"));

        assertThat(text)
                .contains("# Shorten links", "Link shortener", "- Task: FR-1", "requirements.md:12-14")
                .contains(
                        "> Shorten a link.", "- A link of 2,000 characters works", "- Two lines\n    of one criterion")
                .contains(
                        "- Java 25 only",
                        "Out of scope: No user accounts",
                        "critical path",
                        "2 other tasks start only when this one is done")
                .contains("class `ShortenInShortener`", Contexts.INTERFACE, "src/main/java/app/store/Store.java")
                .contains("- FR-2: Resolve links (uses short links); also works on `docs/usage.md`\n"
                        + "    - will have to hold there: A shortened link resolves\n- FR-9: Count clicks")
                .contains("- FR-0: Lay the ground (depends on FR-0)", "- FR-12: Report clicks")
                .contains("- FR-3: Expire links (may run at the same time), in `src/Expire.java`")
                .contains("- Language: Java (3 files)", "# Usage", "### Delete:", "5 MiB")
                .doesNotContain("17", "MockShortener");
    }

    @Test
    void a_contract_that_is_text_demands_no_file_and_no_class() {
        String text = QueryWriter.DEFAULT
                .write(Contexts.workWith(List.of(Contexts.OWN_TEXT, Contexts.USED_TEXT)), Optional.empty())
                .text();

        assertThat(text)
                .contains("- Operation: shorten", "the operation `shorten` of the contract below")
                .contains("## The contract that you implement\n\n### Contract of Shortener\n```markdown\n# Shortener")
                .contains("### Data format of Shortener (JSON Schema)\n```json\n{}")
                .contains("## Contracts that you may call", "### Contract of Store\n```markdown\n# Store")
                .contains("The contracts below are agreed with others: keep to them.", "stand-ins of your own")
                .doesNotContain("java/", "class `", "interfaces", "mock", "New class", "### File: contracts");
        assertThat(QueryReader.read(text).implemented()).isEmpty();
        assertThat(QueryReader.read(text).newClass()).isEmpty();
    }

    @Test
    void without_contracts_nothing_is_said_of_them() {
        String text = QueryWriter.DEFAULT
                .write(Contexts.workWith(List.of()), Optional.empty())
                .text();

        assertThat(text)
                .contains("Change or create the files that it needs")
                .doesNotContainIgnoringCase("contract")
                .doesNotContain("class `");
    }

    @Test
    void the_same_context_gives_the_same_text_whatever_the_order_of_its_maps() {
        var files = new HashMap<String, String>();
        for (int i = 0; i < 100; i++) files.put("src/file" + i + ".txt", "text " + i);

        assertThat(write(files)).isEqualTo(write(new TreeMap<>(files)));
    }

    @Test
    void the_feedback_of_a_failed_attempt_is_quoted_and_a_long_one_shortened_in_the_middle() {
        String failure = "first line\n```\n" + "x".repeat(50_000) + "\nlast line";

        Query query = QueryWriter.DEFAULT.write(Contexts.work(Map.of()), Optional.of(failure));

        assertThat(query.text())
                .contains("## The last attempt was not good enough", "> first line", "> last line", "left out ...]");
        assertThat(query.tokens()).isLessThan(10_000);
        assertThat(QueryReader.read(query.text()).implemented()).containsKey(Contexts.INTERFACE_PATH);
    }

    @Test
    void a_program_finds_the_parts_again() {
        Map<String, String> files = Map.of("docs/usage.md", "# Usage\n````\nx\n````", "empty.txt", "", "crlf", "a\r\n");

        QueryParts parts = QueryReader.read(write(files));

        assertThat(parts.task()).isEqualTo("FR-1");
        assertThat(parts.title()).isEqualTo("Shorten links");
        assertThat(parts.description()).isEqualTo("Shorten a link.\n\n```\n## Files at hand");
        assertThat(parts.acceptanceCriteria())
                .containsExactly("A link of 2,000 characters works", "Two lines\nof one criterion");
        assertThat(parts.component()).contains("Shortener");
        assertThat(parts.operation()).contains("shorten");
        assertThat(parts.newClass()).contains("src/main/java/app/shortener/ShortenInShortener.java");
        assertThat(parts.expectedFiles()).containsExactly("docs/usage.md");
        assertThat(parts.implemented())
                .containsEntry(Contexts.INTERFACE_PATH, Contexts.INTERFACE)
                .hasSize(2);
        assertThat(parts.callable()).containsOnlyKeys("src/main/java/app/store/Store.java");
        assertThat(parts.files()).isEqualTo(files);
        assertThat(parts.conflicts()).isEmpty();
    }

    @Test
    void the_three_sides_of_a_conflict_are_found_again_and_a_missing_side_stays_missing() {
        var both = new FileConflict(
                "a.txt",
                Optional.of("base\n"),
                Optional.of("ours"),
                Optional.of("theirs\n"),
                List.of(new TaskId("FR-7")));
        var deleted = new FileConflict("b.txt", Optional.of("base\n"), Optional.empty(), Optional.of(""), List.of());

        String text = QueryWriter.DEFAULT
                .write(Contexts.reconcile(List.of(both, deleted)), Optional.empty())
                .text();

        assertThat(text).contains("the results of FR-7", "There is no such file on this side");
        assertThat(QueryReader.read(text).conflicts())
                .containsExactly(
                        new FileConflict("a.txt", both.base(), both.current(), both.proposed(), List.of()),
                        new FileConflict("b.txt", deleted.base(), deleted.current(), deleted.proposed(), List.of()));
        assertThat(QueryReader.read(text).newClass()).isEmpty();
    }

    @Test
    void a_conflict_of_names_is_told_as_that_with_both_texts() {
        var names = new FileConflict(
                "A.txt",
                Optional.empty(),
                Optional.of("ours\n"),
                Optional.of("theirs\n"),
                List.of(new TaskId("FR-7")),
                Optional.of("a.txt"));

        String text = QueryWriter.DEFAULT
                .write(Contexts.reconcile(List.of(names)), Optional.empty())
                .text();

        assertThat(text)
                .contains("`a.txt`", "one file with `A.txt`", "ours", "theirs", "the results of FR-7")
                .doesNotContain("changed the same places");
        assertThat(QueryReader.read(text).conflicts().getFirst().proposed()).contains("theirs\n");
    }

    @Property(tries = 300)
    void any_text_can_be_read_as_a_query(@ForAll String text) {
        assertThat(QueryReader.read(text)).isNotNull();
    }

    private static String write(Map<String, String> files) {
        return QueryWriter.DEFAULT.write(Contexts.work(files), Optional.empty()).text();
    }
}
