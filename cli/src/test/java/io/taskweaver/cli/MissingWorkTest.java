package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.client.OpenTasks;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.replan.EarlierPlan;
import io.taskweaver.model.Document;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.reports.PlanJson;
import io.taskweaver.scheduling.projection.PlanView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a result lacks: decided by its code, then by the newest state that is known. */
class MissingWorkTest {
    private static final String STATUS = "taskweaver status shop";
    private static final String DOCUMENT = """
            # Shop
            ## Cart
            - R-1: Customers put articles into the cart
            - R-2: Customers see what is in the cart
            """;

    private static Plan plan() {
        return TaskWeaver.plan(new Submission(
                new PlanId("shop"),
                List.of(new Document("R.md", DOCUMENT)),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT));
    }

    /** As a run wrote it before anything was merged. */
    private static EarlierPlan written() {
        return EarlierPlan.of(PlanJson.write(plan(), new PlanView(new PlanId("shop"))))
                .orElseThrow();
    }

    private static List<String> sentences(OpenTasks open, Set<String> inCode) {
        return MissingWork.sentences(open, inCode, Optional.of(written()), STATUS);
    }

    @Test
    void what_the_code_has_is_not_missing_whatever_a_file_says() {
        var tasks = OpenTasks.of(written(), Set.of()).ids();
        assertThat(tasks).hasSize(2);
        var open = OpenTasks.of(written(), Set.of(tasks.getFirst()));

        assertThat(open).isEqualTo(new OpenTasks(List.of(tasks.getLast()), false));
        assertThat(sentences(open, Set.of(tasks.getFirst())))
                .satisfiesExactly(
                        missing -> assertThat(missing)
                                .contains("as taskweaver-out/plan.json says: " + tasks.getLast() + ".")
                                .contains("what was decided since", "report.md"),
                        older -> assertThat(older)
                                .contains("older", tasks.getFirst() + " is still open")
                                .doesNotContain(tasks.getLast()));
    }

    @Test
    void a_running_system_knows_better_than_a_file() {
        var tasks = OpenTasks.of(written(), Set.of()).ids();
        var now = new OpenTasks(List.of(tasks.getLast()), true);

        assertThat(sentences(now, Set.of()))
                .satisfiesExactly(
                        missing -> assertThat(missing)
                                .isEqualTo("Not in it, because it is not merged: " + tasks.getLast() + ". See " + STATUS
                                        + "."),
                        older -> assertThat(older).contains("older", tasks.getFirst()));
        assertThat(sentences(new OpenTasks(tasks, true), Set.of())).hasSize(1);
    }

    @Test
    void nothing_is_said_where_nothing_is_missing_and_the_files_say_so_too() {
        assertThat(MissingWork.sentences(OpenTasks.NONE, Set.of(), Optional.empty(), STATUS))
                .isEmpty();
    }

    @Test
    void a_file_that_is_no_plan_or_one_of_another_plan_says_nothing(@TempDir Path folder) throws Exception {
        var file = folder.resolve("plan.json");
        assertThat(MissingWork.written(file, new PlanId("shop"))).isEmpty();
        Files.writeString(file, PlanJson.write(plan(), new PlanView(new PlanId("shop"))));
        assertThat(MissingWork.written(file, new PlanId("shop"))).isPresent();
        assertThat(MissingWork.written(file, new PlanId("other"))).isEmpty();
        Files.writeString(file, "{\"plan\": \"shop\", \"tasks\": [7], \"components\": []}");
        assertThat(MissingWork.written(file, new PlanId("shop"))).isEmpty();
    }
}
