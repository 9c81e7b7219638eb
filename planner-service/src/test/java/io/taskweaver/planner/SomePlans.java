package io.taskweaver.planner;

import io.taskweaver.model.Checks;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Operation;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.Planning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Plans for tests. A document of lines {@code task: need need} becomes a plan of those tasks; a task whose name begins with
 * {@code @} is a contract node, {@code gated...} has the tag of that name; {@code reject} is refused and {@code crash} is a defect.
 */
final class SomePlans {
    private SomePlans() {}

    static Submission submission(String plan, PlanOptions options, String... lines) {
        return new Submission(
                new PlanId(plan),
                List.of(new Document("shop.md", String.join("\n", lines))),
                Optional.empty(),
                List.of(),
                options);
    }

    static Planning plan(Submission submission) {
        var lines = new LinkedHashMap<TaskId, List<TaskId>>();
        var contracts = new ArrayList<TaskId>();
        for (var line : submission.documents().getFirst().content().split("\n", -1)) {
            if (line.equals("crash")) throw new IllegalStateException("as asked");
            if (line.equals("reject"))
                return new Planning.Rejected(List.of(
                        new Rejection("nothing", "there is nothing in it", "write something", Optional.empty())));
            var parts = line.replace("@", "").split("[: ]+", -1);
            var id = new TaskId(parts[0]);
            if (line.startsWith("@")) contracts.add(id);
            lines.put(
                    id,
                    Arrays.stream(parts)
                            .skip(1)
                            .filter(need -> !need.isEmpty())
                            .map(TaskId::new)
                            .toList());
        }
        return new Planning.Planned(plan(submission, lines, contracts));
    }

    private static Plan plan(Submission submission, LinkedHashMap<TaskId, List<TaskId>> lines, List<TaskId> contracts) {
        var tasks = lines.keySet().stream()
                .map(id -> task(id, lines, contracts.contains(id)))
                .toList();
        var components = contracts.stream()
                .map(id -> new ComponentSpec(
                        id,
                        "Component " + id,
                        "does things",
                        "app",
                        List.of(new Operation("run", "runs", id)),
                        List.of()))
                .toList();
        return new Plan(
                submission.plan(),
                "A shop",
                tasks,
                components,
                List.of(List.copyOf(lines.keySet())),
                List.of(tasks.getFirst().id()),
                10,
                10 * tasks.size(),
                List.of("It must be fast."),
                List.of("No payment."),
                List.of(new Notice("some-notice", "look here", Optional.empty())),
                submission.options());
    }

    private static Task task(TaskId id, LinkedHashMap<TaskId, List<TaskId>> lines, boolean contract) {
        return Task.builder(id, contract ? Task.Kind.CONTRACT : Task.Kind.WORK, "Title of " + id)
                .description("Description of " + id)
                .acceptanceCriteria(List.of("It works."))
                .component(Optional.of("Shop"))
                .estimateMinutes(10)
                .needs(lines.getOrDefault(id, List.of()).stream()
                        .map(need -> new Need(need, Need.Kind.RESULT, Need.Reason.EXPLICIT, "after " + need, 1))
                        .toList())
                .unlocks(lines.entrySet().stream()
                        .filter(line -> line.getValue().contains(id))
                        .map(java.util.Map.Entry::getKey)
                        .toList())
                .phase(contract ? 0 : 1)
                .expectedFiles(List.of("src/" + id + ".java"))
                .checks(new Checks(Optional.of("make " + id), List.of("docs/" + id + ".md")))
                .tags(id.value().startsWith("gated") ? List.of("Gated") : List.of())
                .source(Optional.of(new SourceSpan("shop.md", 1, 2)))
                .build();
    }
}
