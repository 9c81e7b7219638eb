package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.ContractMode;
import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PlannerPropertiesTest {
    private static final String[] PIECES = {
        "# Title",
        "## Requirements",
        "## Non-goals",
        "### Requirement 3",
        "#### Acceptance Criteria",
        "- FR-1: one",
        "- **FR-2**: two (depends on FR-1)",
        "  - nested",
        "    - [x] deeper",
        "- [] box",
        "- [ ] T001 [P] do",
        "- [x] T002 done (depends on T001)",
        "1. first",
        "2. second (depends on 1)",
        "| ID | Requirement | Depends on |",
        "|---|---|---|",
        "|| A-1 | cell | A-2 ||",
        "| A-2 | cell | none |",
        "```",
        "~~~json",
        "> quote",
        "<context>",
        "</context>",
        "<example>",
        "</example>",
        "---",
        "***",
        "text with **bold",
        "~~struck~~",
        "As a user, I want x, so that y",
        "**User Story:** As a user, I want x",
        "**Acceptance Criteria:**",
        "- Given x",
        "- When y",
        "- Then z",
        "[Name]",
        "- [Task name] (depends on: [none])",
        "\t\tcode",
        "",
        "",
        "-Item",
        "####### seven",
        "depends on FR-1 to FR-900",
        "FR-1–FR-3: range",
        "<div>",
        "</div>",
        "&nbsp;",
        "\u0000",
        "\uD83D",
        "🚀 launch",
        "- 用户可以登录",
        "Priority: High",
        "- **Why:** so",
        "||||",
        "* ",
        "1.",
        "- -",
        "***bold***: x"
    };

    @Property(tries = 500)
    void any_document_gives_a_plan_or_a_reason(@ForAll("documents") String text) {
        check(text);
    }

    @Property(tries = 300)
    void any_text_gives_a_plan_or_a_reason(@ForAll String text) {
        check(text);
    }

    @Property(tries = 100)
    void any_text_may_be_the_structure(@ForAll("documents") String text) {
        var submission = Plans.submission(
                List.of(new Document("d.md", "# X\n- do a thing\n")), Optional.of(new Document("STRUCTURE.md", text)));
        if (Planner.plan(submission) instanceof Planning.Planned planned) isSound(planned.plan());
    }

    private static void check(String text) {
        var submission = Plans.submission(List.of(new Document("d.md", text)), Optional.empty());
        var planning = Planner.plan(submission);
        assertThat(Planner.plan(submission)).isEqualTo(planning);
        switch (planning) {
            case Planning.Rejected rejected ->
                assertThat(rejected.rejections()).allSatisfy(rejection -> {
                    assertThat(rejection.message()).isNotBlank();
                    assertThat(rejection.hint()).isNotBlank();
                });
            case Planning.Planned planned -> {
                isSound(planned.plan());
                isSoundWithoutContracts(Plans.planned(Planner.plan(Plans.with(submission, ContractMode.NONE))));
            }
        }
    }

    /** What can be planned with contracts can be without, and nothing waits for one. */
    static void isSoundWithoutContracts(Plan plan) {
        isSound(plan);
        assertThat(plan.components()).isEmpty();
        assertThat(plan.tasks()).allSatisfy(task -> {
            assertThat(task.kind()).isEqualTo(Task.Kind.WORK);
            assertThat(task.operation()).isEmpty();
            assertThat(task.needs()).allMatch(need -> need.kind() == Need.Kind.RESULT);
        });
    }

    /** Ids are unique, edges lead to earlier nodes, phases follow results. */
    static void isSound(Plan plan) {
        var seen = new HashSet<TaskId>();
        var phases = new java.util.HashMap<TaskId, Integer>();
        for (var task : plan.tasks()) {
            for (var need : task.needs()) {
                assertThat(seen).as("%s needs %s", task.id(), need.on()).contains(need.on());
                if (need.kind() == Need.Kind.RESULT && !isDone(plan, need.on()))
                    assertThat(task.phase()).isGreaterThan(phases.getOrDefault(need.on(), 0));
            }
            assertThat(seen.add(task.id())).as("%s is unique", task.id()).isTrue();
            phases.put(task.id(), task.phase());
        }
        var scheduled = new ArrayList<TaskId>();
        plan.phases().forEach(scheduled::addAll);
        assertThat(scheduled).doesNotHaveDuplicates().hasSize((int) plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK && !task.done())
                .count());
        assertThat(plan.criticalPathMinutes()).isLessThanOrEqualTo(plan.totalMinutes());
        for (var component : plan.components()) {
            assertThat(component.operations())
                    .extracting(operation -> operation.name().toLowerCase(java.util.Locale.ROOT))
                    .doesNotHaveDuplicates();
            assertThat(seen).contains(component.node());
        }
    }

    private static boolean isDone(Plan plan, TaskId id) {
        return plan.tasks().stream().anyMatch(task -> task.id().equals(id) && task.done());
    }

    @Provide
    Arbitrary<String> documents() {
        var line = Arbitraries.of(PIECES);
        var odd =
                Combinators.combine(line, Arbitraries.strings().ofMaxLength(20)).as((piece, noise) -> piece + noise);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(6, line), net.jqwik.api.Tuple.of(1, odd))
                .list()
                .ofMaxSize(40)
                .map(lines -> String.join("\n", lines));
    }
}
