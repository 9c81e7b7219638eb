package io.taskweaver.planner;

import static io.taskweaver.planner.SomeEvents.cancel;
import static io.taskweaver.planner.SomeEvents.completed;
import static io.taskweaver.planner.SomeEvents.merged;
import static io.taskweaver.planner.SomeEvents.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskweaver.wire.Outgoing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlannerMetricsTest {
    @TempDir
    Path folder;

    private PlannerStory story;

    @BeforeEach
    void begin() {
        story = new PlannerStory(folder).executors(2);
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void plans_and_tasks_are_counted_by_where_they_stand() {
        story.submitted("shop", "a", "b", "c", "d: a").sent(started("shop", "a", 1));

        assertThat(plans(story.meters())).isEqualTo("active=1");
        assertThat(tasks(story.meters())).isEqualTo("issued=1 ready=1 running=1 waiting=1");
        assertThat(queue(story.meters())).isEqualTo(1);

        story.sent(completed("shop", "a", 1), merged("shop", "a", 1));
        assertThat(tasks(story.meters())).isEqualTo("issued=2 merged=1 ready=1");

        story.sent(cancel("shop"));
        assertThat(plans(story.meters())).isEqualTo("cancelled=1");
        assertThat(tasks(story.meters())).isEmpty();
        assertThat(queue(story.meters())).isZero();
    }

    @Test
    void a_submission_that_comes_again_is_counted_once() {
        story.submitted("shop", "reject");
        assertThat(plans(story.meters())).isEqualTo("rejected=1");
        story.submitted("shop", "reject");
        assertThat(plans(story.meters())).isEqualTo("rejected=1");
        story.submitted("shop", "a").submitted("shop", "a");
        assertThat(plans(story.meters())).isEqualTo("active=1");
    }

    @Test
    void how_long_tasks_waited_for_a_slot_is_measured() {
        story.submitted("shop", "a", "b", "c").after(Duration.ofSeconds(30));
        var waited = story.meters().get("taskweaver.queue").timer();
        assertThat(waited.count()).isEqualTo(2);
        assertThat(waited.max(TimeUnit.SECONDS)).isZero();

        story.sent(completed("shop", "a", 1), merged("shop", "a", 1));
        assertThat(waited.count()).isEqualTo(3);
        assertThat(waited.totalTime(TimeUnit.SECONDS)).isBetween(30.0, 31.0);
    }

    @Test
    void a_planner_that_starts_counts_what_is_kept() {
        story.submitted("shop", "a", "b", "c", "d: a")
                .submitted("done", "a")
                .submitted("bad", "reject")
                .sent(cancel("done"));
        var before = story.meters();
        var after = new SimpleMeterRegistry();

        restart(after).close();
        assertThat(plans(after)).as("what a processor held that is closed").isEmpty();
        var again = new SimpleMeterRegistry();
        restart(again);
        assertThat(plans(again)).isEqualTo("active=1 cancelled=1 rejected=1").isEqualTo(plans(before));
        assertThat(tasks(again)).isEqualTo(tasks(before)).isNotEmpty();
    }

    private PlanProcessor restart(MeterRegistry meters) {
        var context = new MockProcessorContext<byte[], Outgoing>();
        var processor = story.processor(context, meters);
        processor.init(context);
        return processor;
    }

    private static String plans(MeterRegistry meters) {
        return byState(meters, "taskweaver.plans");
    }

    private static String tasks(MeterRegistry meters) {
        return byState(meters, "taskweaver.tasks");
    }

    private static double queue(MeterRegistry meters) {
        return meters.get("taskweaver.queue.depth").gauge().value();
    }

    private static String byState(MeterRegistry meters, String name) {
        var counts = new TreeMap<String, Integer>();
        for (Gauge gauge : meters.get(name).gauges())
            if (gauge.value() != 0) counts.put(String.valueOf(gauge.getId().getTag("state")), (int) gauge.value());
        return String.join(
                " ",
                counts.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
    }
}
