package io.taskweaver.reports.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
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
