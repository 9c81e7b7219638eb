package io.taskweaver.client;

import static io.taskweaver.client.Events.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Task;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.PlanView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlanViewPropertiesTest {
    private static final List<PlanEvent> HISTORY = List.of(
            created(3, "T1", "T3"),
            planned("C-store", Task.Kind.CONTRACT, 0, 0),
            work("T1", 1, 1),
            work("T2", 1, 2),
            work("T3", 2, 3, "T1"),
            planned("T2-reconcile-1", Task.Kind.RECONCILE, 2, 4, "T2"),
            specified("C-store", 0),
            published("C-store", 1),
            published("C-store", 2),
            ready("T1", 1, 1),
            started("T1", 1, 2),
            failed("T1", 1, 3, Failure.TASK_FAILED),
            ready("T1", 2, 4),
            started("T1", 2, 5),
            completed("T1", 2, 9, 4),
            merged("T1", 2, 10),
            ready("T2", 1, 1),
            started("T2", 1, 2),
            completed("T2", 1, 6, 4),
            conflicted("T2", 1, 11),
            ready("T2-reconcile-1", 1, 12),
            started("T2-reconcile-1", 1, 12),
            completed("T2-reconcile-1", 1, 14, 2),
            merged("T2-reconcile-1", 1, 15),
            commanded(new Command.PausePlan("lunch"), 11),
            commanded(new Command.ResumePlan(Limits.NONE), 12),
            ready("T3", 1, 11),
            started("T3", 1, 12),
            failed("T3", 1, 13, Failure.REFUSED_CREDENTIALS),
            commanded(new Command.ResumePlan(Limits.NONE), 20),
            failure(30, "T3"),
            commanded(new Command.RetryTask(id("T3")), 31),
            ready("T3", 2, 32),
            started("T3", 2, 33),
            completed("T3", 2, 35, 2),
            merged("T3", 2, 36),
            completed(3, 2, 37));

    private static PlanView fold(List<PlanEvent> events) {
        var view = new PlanView(new PlanId("shop"));
        events.forEach(view::on);
        return view;
    }

    @Property(tries = 300)
    void the_order_and_repetition_of_events_do_not_matter(@ForAll long seed) {
        var random = new Random(seed);
        var events = new ArrayList<>(HISTORY);
        for (int i = 0; i < 20; i++) events.add(HISTORY.get(random.nextInt(HISTORY.size())));
        Collections.shuffle(events, random);

        var expected = fold(HISTORY);
        var view = fold(events);

        assertThat(view.tasks()).isEqualTo(expected.tasks());
        assertThat(view.tasks()).allMatch(task -> task.stage() == TaskStage.MERGED);
        assertThat(view.end()).isEqualTo(expected.end());
        assertThat(view.pause()).isEmpty();
        assertThat(view.contracts()).isEqualTo(expected.contracts());
    }
}
