package io.taskweaver.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.FileChange;
import io.taskweaver.model.TaskId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MergedContextPropertiesTest {

    /** Any results at all: of few tasks, attempts, files and texts, so that they meet. */
    @Provide
    Arbitrary<List<Contribution>> results() {
        var texts = Arbitraries.of("", "a\n", "b\n", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n")
                .optional(0.9);
        var changes = Combinators.combine(Arbitraries.of("x", "y", "z"), texts, texts)
                .as(FileChange::new)
                .list()
                .ofMaxSize(3);
        var tasks = Arbitraries.of("t", "u", "v", "t-reconcile-1", "u-reconcile-1", "t-reconcile-1-reconcile-1")
                .map(TaskId::new);
        return Combinators.combine(tasks, Arbitraries.integers().between(1, 2), changes)
                .as((task, attempt, files) -> new Contribution(task, attempt, files, ResolvedAttempt.of(task)))
                .list()
                .ofMaxSize(12);
    }

    /** Results of different tasks, each with a file of its own and a line of its own in a shared one. */
    @Provide
    Arbitrary<List<Contribution>> disjointResults() {
        return Arbitraries.integers()
                .between(1, 8)
                .map(count -> IntStream.range(0, count)
                        .mapToObj(task -> new Contribution(
                                new TaskId("t" + task),
                                1,
                                List.of(
                                        new FileChange("own" + task, Optional.empty(), Optional.of("text " + task)),
                                        new FileChange("shared", Optional.of(shared(-1)), Optional.of(shared(task)))),
                                Optional.empty()))
                        .toList());
    }

    @Property
    void disjoint_results_make_the_same_context_in_any_order(
            @ForAll("disjointResults") List<Contribution> results, @ForAll Random random) {
        var shuffled = new ArrayList<>(results);
        Collections.shuffle(shuffled, random);
        var start = withShared();

        var one = fold(start, results);
        var other = fold(start, shuffled);

        assertThat(texts(other)).isEqualTo(texts(one));
        assertThat(other.digest()).isEqualTo(one.digest());
        assertThat(other.version()).isEqualTo(one.version());
        assertThat(file(other, "shared").contributors())
                .isEqualTo(file(one, "shared").contributors());
    }

    @Property
    void every_result_of_a_disjoint_set_is_merged(@ForAll("disjointResults") List<Contribution> results) {
        var context = fold(withShared(), results);

        assertThat(context.settlements().values()).allMatch(Settlement.Merged.class::isInstance);
        assertThat(context.settlements()).hasSameSizeAs(results);
    }

    @Property
    void repeating_results_changes_nothing(@ForAll("results") List<Contribution> results, @ForAll Random random) {
        var context = MergedContext.EMPTY;
        for (int next = 0; next < results.size(); next++) {
            context = context.with(results.get(next)).context();
            var repeated = context.with(results.get(random.nextInt(next + 1))).context();
            // A repeated older result may have been overtaken by a newer attempt, never the other way round.
            assertThat(repeated).isEqualTo(context);
        }
    }

    @Property
    void the_digest_is_that_of_the_files(@ForAll("results") List<Contribution> results) {
        var context = fold(MergedContext.EMPTY, results);
        var digest = ContextDigest.EMPTY;
        for (var file : texts(context).entrySet()) digest = digest.with(file.getKey(), file.getValue());

        assertThat(context.digest()).isEqualTo(digest);
    }

    @Property
    void a_slice_folds_like_the_whole(@ForAll("results") List<Contribution> results) {
        var whole = MergedContext.EMPTY;
        for (var result : results) {
            var merging = whole.with(result);
            assertThat(slice(whole, result).with(result).changed()).isEqualTo(merging.changed());
            assertThat(slice(whole, result).with(result).outcome()).isEqualTo(merging.outcome());
            whole = merging.context();
        }
    }

    @Property
    void a_version_is_made_by_each_merge_and_by_nothing_else(@ForAll("results") List<Contribution> results) {
        var context = MergedContext.EMPTY;
        for (var result : results) {
            var merging = context.with(result);
            boolean merged = !merging.settled().isEmpty() && merging.outcome() instanceof Settlement.Merged;
            assertThat(merging.context().version()).isEqualTo(context.version() + (merged ? 1 : 0));
            context = merging.context();
        }
    }

    private static MergedContext slice(MergedContext whole, Contribution result) {
        var paths = result.changes().stream().map(FileChange::path).collect(Collectors.toSet());
        whole.settlements().values().stream()
                .filter(Settlement.Conflicted.class::isInstance)
                .forEach(settled -> paths.addAll(((Settlement.Conflicted) settled).paths()));
        var files = whole.files().entrySet().stream()
                .filter(file -> paths.contains(file.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new MergedContext(whole.version(), whole.digest(), files, whole.settlements());
    }

    private static MergedContext withShared() {
        var first = new Contribution(
                new TaskId("first"),
                1,
                List.of(new FileChange("shared", Optional.empty(), Optional.of(shared(-1)))),
                Optional.empty());
        var context = MergedContext.EMPTY.with(first).context();
        return new MergedContext(context.version(), context.digest(), context.files(), Map.of());
    }

    private static String shared(int changedBy) {
        return IntStream.range(0, 8)
                .mapToObj(line -> "line " + line + (line == changedBy ? " changed" : "") + "\nbetween " + line + "\n")
                .collect(Collectors.joining());
    }

    private static MergedContext fold(MergedContext start, List<Contribution> results) {
        var context = start;
        for (var result : results) context = context.with(result).context();
        return context;
    }

    private static Map<String, String> texts(MergedContext context) {
        return context.files().values().stream()
                .filter(file -> file.content().isPresent())
                .collect(Collectors.toMap(
                        MergedFile::path, file -> file.content().get()));
    }

    private static MergedFile file(MergedContext context, String path) {
        return Objects.requireNonNull(context.files().get(path));
    }
}
