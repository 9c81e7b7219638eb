package io.taskweaver.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.model.Document;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.requirements.analysis.ReadingNotice;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskListing;
import io.taskweaver.requirements.tasks.TaskStatus;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.planning.TaskListPlanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real lists of others, read where they lie; skipped where they do not. */
class ExchangeCorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("taskweaver.corpus", "../../shared/corpus"));

    @Test
    void tasks_of_kiro_are_read_with_their_parts_and_requirements() throws IOException {
        var listing = listing("21-", ExchangeFormat.KIRO);
        var entries = listing.list().entries();
        assertThat(entries).hasSize(90).allMatch(entry -> entry.status() == TaskStatus.DONE);
        assertThat(entries.stream().filter(entry -> entry.parent().isEmpty())).hasSize(20);
        assertThat(listing.list().statesDependencies()).isFalse();
        assertThat(entry(listing, "2.2").parent()).contains("2");
        assertThat(entry(listing, "2.2").references())
                .contains("3.3", "3.10", "3.17", "9.1", "11.1")
                .hasSize(31);
        assertThat(entry(listing, "2.2").details()).contains("Create `CostEngine` class");
        assertThat(listing.remarks()).extracting(ReadingNotice::code).containsExactly("duplicate-id");
    }

    @Test
    void tasks_of_spec_kit_in_another_language_are_read() throws IOException {
        var listing = listing("22-", ExchangeFormat.SPEC_KIT);
        assertThat(listing.list().entries())
                .extracting(TaskEntry::id)
                .hasSize(30)
                .startsWith("T001")
                .endsWith("T030");
        assertThat(entry(listing, "T001").dependencies()).isEmpty();
        assertThat(entry(listing, "T006").dependencies()).containsExactly("T002", "T003", "T004", "T005");
        assertThat(entry(listing, "T027").dependencies()).containsExactly("T013", "T014", "T015", "T016", "T021");
        assertThat(listing.list().entries())
                .allSatisfy(entry -> assertThat(entry.status()).isEqualTo(TaskStatus.PENDING));
        assertThat(listing.list().entries().stream()
                        .mapToInt(entry -> entry.dependencies().size())
                        .sum())
                .as("those of the tasks and those of the list of arrows")
                .isEqualTo(62);
        assertThat(listing.remarks()).extracting(ReadingNotice::code).containsExactly("no-task");
    }

    @Test
    void tasks_of_task_master_are_read_with_their_subtasks() throws IOException {
        var listing = listing("25-", ExchangeFormat.TASK_MASTER);
        assertThat(listing.list().entries()).hasSize(93 + 535);
        assertThat(listing.list().entries().stream()
                        .filter(entry -> entry.parent().isEmpty()))
                .hasSize(93);
        assertThat(entry(listing, "3").dependencies()).containsExactly("1");
        assertThat(entry(listing, "98.4").dependencies()).containsExactlyInAnyOrder("98.2", "98.3");
        assertThat(entry(listing, "1").source().orElseThrow().firstLine()).isEqualTo(4);
        assertThat(listing.remarks())
                .extracting(ReadingNotice::code)
                .filteredOn("tag-left-out"::equals)
                .hasSize(8);
        assertThat(planning(listing)).isInstanceOf(Planning.Planned.class);
    }

    @Test
    void one_of_several_lists_may_be_named() throws IOException {
        var document = document("25-");
        var reading = TaskListReader.read(List.of(document), ExchangeFormat.TASK_MASTER, "test-tag");
        var listing = ((TaskListReader.Read) reading).listing();
        assertThat(listing.list().entries()).extracting(TaskEntry::id).containsExactly("1");
        assertThat(listing.remarks()).extracting(ReadingNotice::code).contains("unknown-dependency");
        assertThat(TaskListReader.read(List.of(document), ExchangeFormat.TASK_MASTER, "nowhere"))
                .isInstanceOf(TaskListReader.Refused.class);
    }

    @Test
    void graphs_of_others_keep_each_edge_and_state() throws IOException {
        assumeTrue(Files.isDirectory(CORPUS.resolve("labelled")));
        int edges = 0;
        try (var files = Files.list(CORPUS.resolve("labelled"))) {
            for (var file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                var document = new Document(file.getFileName().toString(), Files.readString(file));
                var read = (TaskListReader.Read) TaskListReader.read(
                        List.of(document), TaskListReader.detect(document).orElseThrow(), "");
                edges += isWhole(document, read.listing());
            }
        }
        assertThat(edges).isEqualTo(659);
    }

    private static int isWhole(Document document, TaskListing listing) throws IOException {
        var tasks = new ObjectMapper().readTree(document.content()).path("tasks");
        assertThat(listing.list().entries()).hasSize(tasks.size());
        int edges = 0;
        for (int i = 0; i < tasks.size(); i++) {
            var entry = listing.list().entries().get(i);
            var wanted = new ArrayList<String>();
            tasks.get(i).path("dependencies").forEach(id -> wanted.add(id.asText()));
            assertThat(entry.id()).isEqualTo(tasks.get(i).path("id").asText());
            assertThat(entry.dependencies())
                    .as(document.path() + " " + entry.id())
                    .isEqualTo(wanted);
            assertThat(entry.status() == TaskStatus.DONE)
                    .isEqualTo(List.of("done", "completed")
                            .contains(tasks.get(i).path("status").asText()));
            edges += wanted.size();
        }
        return edges;
    }

    private static Planning planning(TaskListing listing) {
        return TaskListPlanner.plan(new PlanId("p"), listing, PlanOptions.DEFAULT);
    }

    private static TaskEntry entry(TaskListing listing, String id) {
        return listing.list().entries().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static TaskListing listing(String prefix, ExchangeFormat format) throws IOException {
        var document = document(prefix);
        assertThat(TaskListReader.detect(document)).contains(format);
        return ((TaskListReader.Read) TaskListReader.read(List.of(document), format, "")).listing();
    }

    private static Document document(String prefix) throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), () -> "skipped: no documents in " + CORPUS.toAbsolutePath());
        try (var files = Files.list(CORPUS)) {
            var file = files.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
            return new Document(file.getFileName().toString(), Files.readString(file));
        }
    }
}
