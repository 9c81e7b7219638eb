package io.taskweaver.scheduling.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.event.Pause;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.dispatch.PlanState;
import io.taskweaver.scheduling.dispatch.TaskStage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProjectionPropertiesTest {
    /** One is delayed for its planner until the next attempt may begin, and for who only sees events until it does. */
    private static final Set<TaskStage> DELAYED_OR_READY = EnumSet.of(TaskStage.DELAYED, TaskStage.READY);

    private static PlanView viewOf(List<PlanEvent> events) {
        var view = new PlanView(PlayedPlan.ID);
        events.forEach(view::on);
        return view;
    }

    private static void areTheSame(PlayedPlan plan, PlanView view, String when) {
        assertThat(view.stage()).as(when).isEqualTo(PlanStage.of(plan.progress.state()));
        assertThat(view.reason()).as(when).isEqualTo(plan.progress.state().why());
        if (plan.progress.state() instanceof PlanState.Paused paused)
            assertThat(view.pause()).as(when).contains(new Pause(paused.cause(), paused.reason()));
        else assertThat(view.pause()).as(when).isEmpty();
        var seen = view.tasks();
        var kept = plan.kept();
        assertThat(seen).as(when).hasSameSizeAs(kept);
        for (int i = 0; i < kept.size(); i++) {
            var told = when + ": " + kept.get(i) + "\nby events " + seen.get(i);
            if (DELAYED_OR_READY.contains(kept.get(i).stage()))
                assertThat(seen.get(i).stage()).as(told).isIn(DELAYED_OR_READY);
            else assertThat(seen.get(i).stage()).as(told).isEqualTo(kept.get(i).stage());
            assertThat(seen.get(i).waitingFor()).as(told).isEqualTo(kept.get(i).waitingFor());
            assertThat(seen.get(i).used()).as(told).isEqualTo(kept.get(i).used());
            assertThat(seen.get(i).attempt()).as(told).isEqualTo(kept.get(i).attempt());
            if (!DELAYED_OR_READY.contains(kept.get(i).stage()))
                assertThat(seen.get(i).why()).as(told).isEqualTo(kept.get(i).why());
        }
        assertThat(shown(OpenConflict.of(view)))
                .as(when)
                .isEqualTo(shown(OpenConflict.of(kept, task -> plan.lastConflict(task.id()))));
    }

    /** What a person is shown of conflicts. */
    private static List<String> shown(List<OpenConflict> conflicts) {
        return conflicts.stream()
                .map(open -> open.task().id() + " " + open.task().stage() + " " + open.attempt() + " " + open.files()
                        + " " + open.reason() + " " + open.refused() + " " + open.commit() + " "
                        + open.reconciler()
                                .map(node -> node.id() + " "
                                        + (DELAYED_OR_READY.contains(node.stage()) ? "soon" : node.stage())))
                .toList();
    }

    @Property(tries = 1000)
    void events_show_what_the_planner_keeps_after_each_step(@ForAll long seed) {
        var plan = new PlayedPlan(seed);
        var view = new PlanView(PlayedPlan.ID);
        int shown = 0;
        for (int step = 0; step < 60 && !plan.isOver(); step++) {
            plan.step();
            for (; shown < plan.events.size(); shown++) view.on(plan.events.get(shown));
            areTheSame(plan, view, "seed " + seed + ", step " + step + ", " + plan.events.getLast());
        }
    }

    @Property(tries = 100)
    void the_order_of_events_does_not_matter(@ForAll long seed) {
        var plan = new PlayedPlan(seed);
        for (int step = 0; step < 60 && !plan.isOver(); step++) plan.step();
        var shuffled = new ArrayList<>(plan.events);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(viewOf(shuffled).tasks())
                .as("seed " + seed)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("attempts")
                .isEqualTo(viewOf(plan.events).tasks());
    }

    @Test
    void plans_are_played_that_see_every_state() {
        var seen = EnumSet.noneOf(TaskStage.class);
        for (long seed = 0; seed < 300; seed++) {
            var plan = new PlayedPlan(seed);
            for (int step = 0; step < 60 && !plan.isOver(); step++) {
                plan.step();
                plan.kept().forEach(task -> seen.add(task.stage()));
            }
        }
        assertThat(seen).isEqualTo(EnumSet.allOf(TaskStage.class));
    }
}
