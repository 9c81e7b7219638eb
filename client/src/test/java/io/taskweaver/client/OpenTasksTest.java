package io.taskweaver.client;

import static io.taskweaver.client.Events.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.projection.PlanView;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenTasksTest {
    private static PlanView after(PlanEvent... events) {
        var view = new PlanView(new PlanId("shop"));
        for (var event : events) view.on(event);
        return view;
    }

    @Test
    void work_is_open_until_it_is_merged_or_in_the_code() {
        var view = after(
                work("T1", 1, 0),
                work("T2", 1, 1),
                work("T3", 1, 2),
                started("T1", 1, 1),
                completed("T1", 1, 5, 4),
                merged("T1", 1, 6),
                failed("T2", 1, 7, Failure.TASK_FAILED));

        assertThat(OpenTasks.of(view, Set.of())).isEqualTo(new OpenTasks(List.of("T2", "T3"), true));
        assertThat(OpenTasks.of(view, Set.of("T3")).ids()).containsExactly("T2");
    }
}
