package io.taskweaver.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What real documents say about who needs whom, found by reading them line by line: a plan has these needs, and no other
 * counts as stated. Skipped where the documents are not.
 */
class ExplicitStatementsTest {
    private static final Path CORPUS = Path.of(System.getProperty("taskweaver.corpus", "../../shared/corpus"));

    /** Of an ordered list, by line: "depends on 3 & 4" and the like. */
    private static final String CHAIN = "46:44,45 47:44 48:42,46";

    /** What tasks say of themselves, and what the list of arrows below them says. */
    private static final String ARROWS = """
            T006:T002,T003,T004,T005 T007:T001 T008:T006,T007 T009:T006,T007 T010:T006,T007 T011:T006,T007
            T012:T008,T009,T010,T011 T013:T001,T012 T014:T012,T013 T015:T012,T013 T016:T012,T013 T017:T002,T013
            T018:T003,T014 T019:T004,T015 T020:T005,T016 T021:T017,T018,T019,T020 T022:T013,T014,T021 T023:T016,T021
            T024:T013,T014,T021 T025:T017,T018,T019,T020,T021 T026:T013,T014,T016,T021 T027:T013,T014,T015,T016,T021
            T028:T021 T029:T021 T030:T021""";

    @Test
    void numbers_of_a_list_are_its_items() throws IOException {
        assertThat(stated(plan("04-"))).isEqualTo(edges(CHAIN));
    }

    @Test
    void tasks_and_a_list_of_arrows_state_needs_in_another_language() throws IOException {
        assertThat(stated(plan("22-"))).isEqualTo(edges(ARROWS));
    }

    /** They speak of dependencies as their subject, in examples and in templates. */
    @ParameterizedTest
    @ValueSource(strings = {"01-", "05-", "09-", "11-", "12-", "16-", "21-"})
    void documents_that_state_no_need_have_none(String document) throws IOException {
        assertThat(stated(plan(document))).isEmpty();
    }

    private static Plan plan(String begins) throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), CORPUS + " is not here: skipped");
        try (var files = Files.list(CORPUS)) {
            var file = files.filter(path -> String.valueOf(path.getFileName()).startsWith(begins))
                    .findFirst()
                    .orElseThrow();
            return TaskWeaver.plan(TaskWeaver.read(Sources.of(file)).submission(PlanOptions.DEFAULT));
        }
    }

    /** Stated needs as "task:on", tasks by their ids if the document has some, else by their first lines. */
    private static Set<String> stated(Plan plan) {
        Map<TaskId, String> names = new HashMap<>();
        for (var task : plan.tasks()) names.put(task.id(), name(task));
        var stated = new TreeSet<String>();
        for (var task : plan.tasks())
            for (var need : task.needs())
                if (need.reason() == Need.Reason.EXPLICIT)
                    stated.add(names.getOrDefault(task.id(), "") + ":" + names.getOrDefault(need.on(), ""));
        return stated;
    }

    private static String name(Task task) {
        return task.id().value().matches("[A-Z]+-?[0-9]+")
                ? task.id().value()
                : task.source().map(at -> Integer.toString(at.firstLine())).orElse("?");
    }

    private static Set<String> edges(String compact) {
        var edges = new TreeSet<String>();
        for (var task : compact.strip().split("\\s+")) {
            var parts = task.split(":");
            Arrays.stream(parts[1].split(",")).forEach(on -> edges.add(parts[0] + ":" + on));
        }
        return edges;
    }
}
