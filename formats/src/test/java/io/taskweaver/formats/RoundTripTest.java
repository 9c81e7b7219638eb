package io.taskweaver.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskEntryBuilder;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is written and read again keeps ids, order, dependencies, states, and what is a part of what. */
class RoundTripTest {
    private static final List<TaskStatus> ALL = Arrays.asList(TaskStatus.values());
    private static final List<TaskStatus> TASK_MASTER =
            ALL.stream().filter(status -> status != TaskStatus.FAILED).toList();
    private static final List<TaskStatus> BEADS = List.of(
            TaskStatus.PENDING, TaskStatus.IN_PROGRESS, TaskStatus.BLOCKED, TaskStatus.DEFERRED, TaskStatus.DONE);
    private static final List<TaskStatus> BOXES = List.of(TaskStatus.PENDING, TaskStatus.DONE);

    /** What has to be the same. */
    private record Kept(String id, Set<String> dependencies, TaskStatus status, Optional<String> parent) {
        static List<Kept> of(TaskList list) {
            return list.entries().stream().map(Kept::of).toList();
        }

        private static Kept of(TaskEntry entry) {
            return new Kept(entry.id(), new HashSet<>(entry.dependencies()), entry.status(), entry.parent());
        }
    }

    @Provide
    Arbitrary<TaskList> any() {
        return Lists.of(Lists.Ids.FREE, true, ALL);
    }

    @Provide
    Arbitrary<TaskList> numbered() {
        return Lists.of(Lists.Ids.NUMBERS, true, TASK_MASTER);
    }

    @Provide
    Arbitrary<TaskList> unnumbered() {
        return Lists.of(Lists.Ids.FREE, true, TASK_MASTER);
    }

    @Provide
    Arbitrary<TaskList> kiro() {
        return Lists.of(Lists.Ids.NUMBERS, true, ALL);
    }

    @Provide
    Arbitrary<TaskList> specKit() {
        return Lists.of(Lists.Ids.SPEC_KIT, false, BOXES);
    }

    @Provide
    Arbitrary<TaskList> boxes() {
        return Lists.of(Lists.Ids.FREE, false, BOXES);
    }

    @Provide
    Arbitrary<TaskList> beads() {
        return Lists.of(Lists.Ids.FREE, true, BEADS);
    }

    @Property(tries = 150)
    void task_json(@ForAll("any") TaskList list) {
        var read = isKept(list, ExchangeFormat.JSON, "plan.json");
        assertThat(TaskJson.write(withoutSources(read))).isEqualTo(TaskJson.write(list));
    }

    /** A list that is read says where it was read; a list that was made up comes from nowhere. */
    private static TaskList withoutSources(TaskList list) {
        var entries = list.entries().stream()
                .map(entry ->
                        TaskEntryBuilder.builder(entry).source(Optional.empty()).build())
                .toList();
        return new TaskList(list.title(), entries, list.constraints(), list.boundaries(), true);
    }

    @Property(tries = 100)
    void csv(@ForAll("any") TaskList list) {
        isKept(list, ExchangeFormat.CSV, "tasks.csv");
    }

    @Property(tries = 150)
    void task_master_with_its_own_ids(@ForAll("numbered") TaskList list) {
        isKept(list, ExchangeFormat.TASK_MASTER, "tasks.json");
    }

    @Property(tries = 150)
    void task_master_with_ids_that_it_does_not_know(@ForAll("unnumbered") TaskList list) {
        isKept(list, ExchangeFormat.TASK_MASTER, "tasks.json");
    }

    @Property(tries = 200)
    void kiro_with_its_own_ids(@ForAll("kiro") TaskList list) {
        isKept(list, ExchangeFormat.KIRO, ".kiro/specs/shop/tasks.md");
    }

    @Property(tries = 200)
    void kiro_with_ids_that_it_does_not_know(@ForAll("any") TaskList list) {
        isKept(list, ExchangeFormat.KIRO, "tasks.md");
    }

    @Property(tries = 200)
    void spec_kit_with_its_own_ids(@ForAll("specKit") TaskList list) {
        isKept(list, ExchangeFormat.SPEC_KIT, "specs/001-shop/tasks.md");
    }

    @Property(tries = 200)
    void spec_kit_with_ids_that_it_does_not_know(@ForAll("boxes") TaskList list) {
        isKept(list, ExchangeFormat.SPEC_KIT, "tasks.md");
    }

    @Property(tries = 100)
    void beads(@ForAll("beads") TaskList list) {
        isKept(list, ExchangeFormat.BEADS, ".beads/issues.jsonl");
    }

    @Property(tries = 100)
    void beads_graph(@ForAll("any") TaskList list) {
        isKept(list, ExchangeFormat.BEADS_GRAPH, "graph.json");
    }

    private static TaskList isKept(TaskList list, ExchangeFormat format, String path) {
        var text = TaskListWriter.write(list, format).text();
        var document = new Document(path, text);
        if (list.entries().size() > 1)
            assertThat(TaskListReader.detect(document)).contains(format);
        var reading = TaskListReader.read(List.of(document), format, "");
        assertThat(reading).as(text).isInstanceOf(TaskListReader.Read.class);
        var read = ((TaskListReader.Read) reading).listing();
        assertThat(read.list().statesDependencies()).as(text).isTrue();
        assertThat(Kept.of(read.list())).as(text).isEqualTo(Kept.of(list));
        return read.list();
    }
}
