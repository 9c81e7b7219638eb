package io.taskweaver.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No submission takes much longer than its size makes it. Work is counted; time has a bound that no load reaches. */
class WorstCasesTest {
    private static final int CHARACTERS = 8_000;
    private static final int TIMES = 4;
    /** Growth that still counts as linear: logarithms. */
    private static final double SLACK = 1.6;

    private static final long FIXED_STEPS = 3_000;
    private static final Duration BOUND = Duration.ofSeconds(3);

    static Stream<String> shapes() {
        return WorstCases.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void work_grows_about_as_the_size_of_a_submission_does(String shape) {
        var made = Optional.ofNullable(WorstCases.all().get(shape)).orElseThrow();

        assertGrowsAsSize(shape, characters -> work(made.apply(characters)), 1);
    }

    @Property(tries = 10)
    void work_grows_about_as_the_size_of_mixed_submissions_does(@ForAll("mixtures") List<String> shapes) {
        assertGrowsAsSize(shapes, characters -> work(mixed(shapes, characters)), shapes.size());
    }

    @Provide
    Arbitrary<List<String>> mixtures() {
        return Arbitraries.of(List.copyOf(WorstCases.all().keySet()))
                .list()
                .ofMinSize(2)
                .ofMaxSize(4);
    }

    private static Submission mixed(List<String> shapes, int characters) {
        var documents = new ArrayList<Document>();
        for (var shape : shapes)
            for (var document : Optional.ofNullable(WorstCases.all().get(shape))
                    .orElseThrow()
                    .apply(characters / shapes.size())
                    .documents()) documents.add(new Document("d" + documents.size() + ".md", document.content()));
        return new Submission(new PlanId("mixed"), documents, Optional.empty(), List.of(), PlanOptions.DEFAULT);
    }

    /**
     * What it took to plan a submission.
     *
     * @param needs edges of the plan: a few words state many, and their number has a limit of its own
     */
    private record Work(long steps, long needs) {}

    /** Some work is the square of a number up to a limit of its own; where it has that behind it, it has to grow as the rest. */
    private static void assertGrowsAsSize(Object what, IntFunction<Work> at, int documents) {
        var few = at.apply(CHARACTERS);
        var many = at.apply(TIMES * CHARACTERS);
        if (many.steps <= most(few, many, documents)) return;
        var more = at.apply(TIMES * TIMES * CHARACTERS);
        assertThat(more.steps)
                .as("steps for %s, of which there were %d and %d before", what, few.steps, many.steps)
                .isLessThanOrEqualTo(most(many, more, documents));
    }

    private static long most(Work few, Work many, int documents) {
        double size = Math.max(TIMES, (double) many.needs / Math.max(1, few.needs));
        return (long) (size * SLACK * few.steps) + documents * FIXED_STEPS;
    }

    private static Work work(Submission submission) {
        var threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + BOUND.toNanos();
        var planning = new AtomicReference<Planning>();
        long steps = Effort.steps(
                () -> threads.getCurrentThreadCpuTime() > end, () -> planning.set(Planner.plan(submission)));
        assertThat(threads.getCurrentThreadCpuTime())
                .as("time of the processor")
                .isLessThan(end);
        long needs = planning.get() instanceof Planning.Planned planned
                ? planned.plan().tasks().stream()
                        .mapToLong(task -> task.needs().size())
                        .sum()
                : 0;
        return new Work(steps, needs);
    }
}
