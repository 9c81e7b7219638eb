package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.CodeFile;
import io.taskweaver.model.ContractMode;
import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Plans of small documents. */
final class Plans {
    private Plans() {}

    static Planning planning(String... lines) {
        return Planner.plan(submission(List.of(new Document("d.md", String.join("\n", lines))), Optional.empty()));
    }

    static Planning planning(List<Document> documents, Optional<Document> structure) {
        return Planner.plan(submission(documents, structure));
    }

    static Submission submission(List<Document> documents, Optional<Document> structure) {
        return new Submission(new PlanId("p"), documents, structure, List.of(), PlanOptions.DEFAULT);
    }

    static Submission with(Submission submission, ContractMode contracts) {
        return new Submission(
                submission.plan(),
                submission.documents(),
                submission.structure(),
                submission.code(),
                submission.options().with(contracts));
    }

    /** The plan of a small document for code of which there are only paths. */
    static Plan plan(ContractMode contracts, List<String> code, String... lines) {
        return planned(Planner.plan(new Submission(
                new PlanId("p"),
                List.of(new Document("d.md", String.join("\n", lines))),
                Optional.empty(),
                code.stream()
                        .map(path -> new CodeFile(path, 1, Optional.of("x")))
                        .toList(),
                PlanOptions.DEFAULT.with(contracts))));
    }

    static Plan plan(String... lines) {
        return planned(planning(lines));
    }

    static Plan planned(Planning planning) {
        assertThat(planning).isInstanceOf(Planning.Planned.class);
        return ((Planning.Planned) planning).plan();
    }

    static List<Rejection> rejections(Planning planning) {
        assertThat(planning).isInstanceOf(Planning.Rejected.class);
        return ((Planning.Rejected) planning).rejections();
    }

    static Task task(Plan plan, String idOrTitle) {
        return plan.tasks().stream()
                .filter(task ->
                        task.id().value().equals(idOrTitle) || task.title().equals(idOrTitle))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task " + idOrTitle + " in "
                        + plan.tasks().stream().map(Task::title).toList()));
    }

    static List<String> needs(Plan plan, String task, Need.Kind kind) {
        return task(plan, task).needs().stream()
                .filter(need -> need.kind() == kind)
                .map(need -> need.on().value())
                .toList();
    }

    static String[] items(int count) {
        var lines = new String[count];
        Arrays.setAll(lines, i -> "- R-" + (i + 1) + ": do thing " + (i + 1));
        return lines;
    }
}
