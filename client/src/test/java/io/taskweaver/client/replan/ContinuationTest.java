package io.taskweaver.client.replan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Document;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.reports.PlanJson;
import io.taskweaver.scheduling.planning.PlanIds;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.refine.Refinery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinuationTest {
    private static final String FIRST = """
            # Shop
            ## Cart
            - R-1: Customers put articles into the cart
            - R-2: Customers empty the cart
            ## Payment
            - R-3: Customers pay by card
            """;
    private static final String CHANGED = FIRST.replace("pay by card", "pay by card or transfer");

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    @Test
    void what_was_merged_and_nobody_changed_is_finished_and_its_files_are_the_code() throws IOException {
        ran(plan(FIRST, List.of()), Set.of("R-1", "R-2", "R-3"));
        Files.createDirectories(folder.resolve("merged/src"));
        Files.writeString(folder.resolve("merged/src/Cart.txt"), "made");
        Files.writeString(folder.resolve("merged/src/Contract.java"), "interface");
        Files.createDirectories(folder.resolve("contracts/Cart"));
        Files.writeString(folder.resolve("contracts/Cart/Contract.java"), "interface");

        var own = List.of(file("src/Cart.txt", "before"), file("src/Other.txt", "other"));
        var continuation = continued(CHANGED, own, false);

        assertThat(continuation.finished())
                .extracting(change -> change.task().value())
                .containsExactlyInAnyOrder("R-1", "R-2");
        assertThat(continuation.code())
                .containsExactlyInAnyOrder(file("src/Cart.txt", "made"), file("src/Other.txt", "other"));
        assertThat(continuation.replaced()).containsExactly("src/Cart.txt");
        assertThat(continuation.plan()).isNotEqualTo(submission(CHANGED, own).plan());
        var plan = Refinery.refine(plan(CHANGED, own), continuation.finished()).plan();
        assertThat(open(plan)).containsExactly("R-3");
    }

    @Test
    void the_same_command_again_goes_on_with_the_same_plan() throws IOException {
        ran(plan(FIRST, List.of()), Set.of("R-1", "R-2", "R-3"));
        var first = continued(CHANGED, List.of(), false);
        var begun = Refinery.refine(plan(CHANGED, List.of()), first.finished()).plan();
        ran(
                new Plan(
                        first.plan(),
                        begun.title(),
                        begun.tasks(),
                        begun.components(),
                        begun.phases(),
                        begun.criticalPath(),
                        begun.criticalPathMinutes(),
                        begun.totalMinutes(),
                        begun.constraints(),
                        begun.boundaries(),
                        begun.notices(),
                        begun.options()),
                Set.of("R-3"));

        var again = continued(CHANGED, List.of(), false);

        assertThat(again.plan()).isEqualTo(first.plan());
        assertThat(again.finished())
                .extracting(PlanChange::task)
                .isEqualTo(first.finished().stream().map(PlanChange::task).toList());
        assertThat(continued(CHANGED, List.of(), true).finished()).hasSize(3);
    }

    @Test
    void a_run_of_the_unchanged_document_is_gone_on_with() throws IOException {
        var plan = plan(FIRST, List.of());
        ran(plan, Set.of("R-1"));

        var continuation = continued(FIRST, List.of(), false);

        assertThat(continuation.plan()).isEqualTo(plan.id());
        assertThat(continuation.finished()).isEmpty();
    }

    @Test
    void a_folder_of_no_run_is_none() throws IOException {
        assertThat(EarlierRun.read(folder, 1000)).isEmpty();
    }

    /** Leaves the folder as a run would that merged these tasks. */
    private void ran(Plan plan, Set<String> merged) throws IOException {
        var json = (ObjectNode) new ObjectMapper().readTree(PlanJson.write(plan, new PlanView(plan.id())));
        for (var task : json.path("tasks"))
            if (merged.contains(task.path("id").asText()))
                ((ObjectNode) task).put("status", "done").put("attempts", 1);
        Files.writeString(folder.resolve(EarlierPlan.FILE), json.toString());
    }

    private Continuation continued(String text, List<CodeFile> code, boolean anew) throws IOException {
        var earlier = EarlierRun.read(folder, 1_000_000).orElseThrow();
        return Continuation.of(earlier, submission(text, code), plan(text, code), anew);
    }

    private static List<String> open(Plan plan) {
        return plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK && !task.done())
                .map(Task::id)
                .map(TaskId::value)
                .toList();
    }

    private static CodeFile file(String path, String text) {
        return new CodeFile(path, text.length(), Optional.of(text));
    }

    private static Submission submission(String text, List<CodeFile> code) {
        var documents = List.of(new Document("d.md", text));
        return new Submission(
                PlanIds.derive(documents, Optional.empty(), code, PlanOptions.DEFAULT),
                documents,
                Optional.empty(),
                code,
                PlanOptions.DEFAULT);
    }

    private static Plan plan(String text, List<CodeFile> code) {
        return TaskWeaver.plan(submission(text, code));
    }
}
