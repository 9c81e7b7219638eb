package io.taskweaver.client;

import static io.taskweaver.client.Events.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.projection.PlanView;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlanArchiverTest {
    private static final Path FILE = Path.of("shop.taskweaver.zip");

    private static PlanView after(PlanEvent... events) {
        var view = new PlanView(new PlanId("shop"));
        for (var event : events) view.on(event);
        return view;
    }

    @Test
    void a_plan_that_ended_anew_while_it_was_written_is_not_what_the_file_has() {
        var written = after(created(1), failure(5, "T1"));

        assertThat(PlanArchiver.continued(written, after(created(1), failure(5, "T1")), FILE))
                .isEmpty();
        assertThat(PlanArchiver.continued(written, after(created(1), failure(5, "T1"), failure(9, "T1")), FILE))
                .get()
                .isInstanceOf(ArchivedPlan.Outcome.Refused.class);
        assertThat(PlanArchiver.continued(written, after(created(1)), FILE))
                .get()
                .isInstanceOf(ArchivedPlan.Outcome.Refused.class);
    }
}
