package io.taskweaver.domain.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.domain.document.Document;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Planner;
import io.taskweaver.domain.plan.Planning;
import io.taskweaver.domain.plan.Submission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Plans of small documents, to be drawn. */
final class Drawn {
    private Drawn() {}

    static Planning planning(String text) {
        return Planner.plan(new Submission(
                new PlanId("p"),
                List.of(new Document("d.md", text)),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT));
    }

    static Plan plan(String... lines) {
        var planning = planning(String.join("\n", lines));
        assertThat(planning).isInstanceOf(Planning.Planned.class);
        return ((Planning.Planned) planning).plan();
    }

    static String[] items(int count) {
        var lines = new String[count];
        Arrays.setAll(lines, i -> "- R-" + (i + 1) + ": do thing " + (i + 1));
        return lines;
    }
}
