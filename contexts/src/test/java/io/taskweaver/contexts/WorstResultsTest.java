package io.taskweaver.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.FileChange;
import io.taskweaver.model.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * Folds what is hardest for its size. The bound is far above what work in proportion to the files takes, and far below what
 * a comparison of each file with each other one does.
 */
class WorstResultsTest {
    private static final int FILES = 150_000;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private static <T> T soon(ThrowingSupplier<T> work) {
        return Assertions.assertTimeoutPreemptively(LONG_ENOUGH, work);
    }

    private static List<FileChange> created(IntFunction<String> path, String text) {
        return IntStream.range(0, FILES)
                .mapToObj(number -> new FileChange(path.apply(number), Optional.empty(), Optional.of(text)))
                .toList();
    }

    private static MergedContext after(List<FileChange> changes) {
        return MergedContext.EMPTY.with(of("first", changes)).context();
    }

    private static Contribution of(String task, List<FileChange> changes) {
        return new Contribution(new TaskId(task), 1, changes, Optional.empty());
    }

    private static int conflicts(Merging merging) {
        return merging.outcome() instanceof Settlement.Conflicted conflicted
                ? conflicted.conflicts().size()
                : 0;
    }

    @Test
    void a_result_whose_files_all_contradict_merged_ones_takes_time_in_proportion_to_them() {
        var conflicts = soon(() -> conflicts(after(created(number -> "f" + number, "a"))
                .with(of("second", created(number -> "f" + number, "b")))));

        assertThat(conflicts).isEqualTo(FILES);
    }

    @Test
    void a_result_whose_files_all_are_twins_of_merged_ones_takes_time_in_proportion_to_them() {
        var conflicts = soon(() -> conflicts(after(created(number -> "A" + number, "a"))
                .with(of("second", created(number -> "a" + number, "b")))));

        assertThat(conflicts).isEqualTo(FILES);
    }

    @Test
    void a_contract_whose_files_all_are_left_out_takes_time_in_proportion_to_them() {
        var adoption = soon(() -> MergedContext.EMPTY.withContract(
                new TaskId("contract"), created(number -> number % 2 + "/" + number + "/aux.txt", "a")));

        assertThat(adoption.leftOut()).hasSize(FILES);
    }
}
