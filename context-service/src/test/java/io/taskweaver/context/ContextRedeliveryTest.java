package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka delivers at least once, and an instance may end at any time: the line of a plan is the same whatever happens. */
class ContextRedeliveryTest {
    private static final int RESULTS = 10;
    private static final List<String> LINES =
            IntStream.range(0, 30).mapToObj(number -> "line " + number + "\n").toList();
    private static final String BASE = String.join("", LINES);

    private final PlanEvents plan = new PlanEvents(Story.PLAN.value());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void events_that_are_read_again_by_one_instance_or_another_change_nothing(long seed, @TempDir Path folder)
            throws Exception {
        var random = new Random(seed);
        var events = events(random);
        var story = new Story(folder.resolve("again"));
        try (var once = new Story(folder.resolve("once"))) {
            once.given(events.toArray(SpecificRecord[]::new));
            for (int next = 0; next < events.size(); next++) {
                story.when(events.get(next));
                if (random.nextInt(4) == 0) story = story.moved(folder.resolve("again" + next));
                for (int times = random.nextInt(3); times > 0; times--)
                    story.when(events.get(random.nextInt(next + 1)));
            }

            assertThat(story.deadLetters()).isEmpty();
            assertThat(story.line()).isEqualTo(once.line());
            assertThat(story.context()).isEqualTo(once.context());
            for (var commit : story.line())
                assertThat(story.code().isComplete(commit)).isTrue();
            assertThat(story.git("fsck", "--strict", "--no-dangling", "--no-progress"))
                    .isEmpty();
        } finally {
            story.close();
        }
    }

    /** Results that change some of the same lines, so that some of them conflict, and contracts between them. */
    private List<SpecificRecord> events(Random random) {
        var events = new ArrayList<SpecificRecord>();
        events.add(plan.submitted(code("src/A.txt", BASE), code("src/B.txt", BASE)));
        events.add(plan.created());
        for (int task = 0; task < RESULTS; task++) {
            var path = random.nextBoolean() ? "src/A.txt" : "src/B.txt";
            var edits = new ArrayList<Edit>();
            edits.add(file(path, BASE, changed(random, task)));
            if (random.nextInt(3) == 0) edits.add(file("new/" + task + ".txt", null, "made by " + task));
            events.add(plan.completed("task-" + task, 1, edits.toArray(Edit[]::new))
                    .from(0));
            if (random.nextInt(3) == 0)
                events.add(plan.contract("c" + task, "C" + task, 1, Map.of("C" + task + ".txt", "contract")));
        }
        return events;
    }

    private static String changed(Random random, int task) {
        var lines = new ArrayList<>(LINES);
        lines.set(random.nextInt(lines.size()), "changed by " + task + "\n");
        return String.join("", lines);
    }
}
