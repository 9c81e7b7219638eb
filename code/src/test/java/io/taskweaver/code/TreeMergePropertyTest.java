package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.taskweaver.code.TreeMerge.Outcome;
import io.taskweaver.code.TreeMerge.PathConflict;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compared with {@code git merge} itself. A failure tells its seed; {@code -Dmerge.seed} and {@code -Dmerge.pairs} choose. */
class TreeMergePropertyTest {
    private static final int WORKERS = 4;

    /** By these, and no others, what Git calls a conflict is united. */
    private static final Set<String> RULES = Set.of("blocks", "lines", "list", "heading");

    @TempDir
    private Path folder;

    @Test
    void where_git_merges_the_tree_is_the_same_and_where_it_does_not_only_a_rule_unites() throws Exception {
        long first = Long.getLong("merge.seed", 1);
        int pairs = Integer.getInteger("merge.pairs", 1000);
        var ends = new ConcurrentSkipListMap<String, Integer>();
        var failures = new ConcurrentLinkedQueue<String>();
        var seeds = new AtomicLong(first);
        try (var threads = Executors.newFixedThreadPool(WORKERS)) {
            for (int i = 0; i < WORKERS; i++) {
                var place = folder.resolve("worker" + i);
                threads.submit(() -> {
                    try (var code = CodeRepository.open(place.resolve("line"))) {
                        var real = new RealMerge(code, place.resolve("real"));
                        for (long seed = seeds.getAndIncrement(); seed < first + pairs; seed = seeds.getAndIncrement())
                            compare(code, real, seed, ends, failures);
                    } catch (Exception | AssertionError e) {
                        failures.add(e.toString());
                    }
                });
            }
        }
        System.out.println("ends: " + ends);
        assertThat(failures).isEmpty();
        // Else the trees would not test much.
        if (pairs >= 1000) assertThat(ends.keySet()).contains("clean", "conflict", "united");
    }

    private static void compare(
            CodeRepository code, RealMerge real, long seed, Map<String, Integer> ends, Queue<String> failures)
            throws IOException, InterruptedException {
        var trees = new RandomTrees(new Random(seed));
        var files = trees.base();
        var base = RandomTrees.tree(code, files);
        var head = RandomTrees.tree(code, trees.changed(files));
        var result = RandomTrees.tree(code, trees.changed(files));
        if (head.equals(result) || base.equals(head) || base.equals(result)) return;
        try {
            ends.merge(compare(code, real, base, head, result, "seed " + seed), 1, Integer::sum);
        } catch (AssertionError | Exception e) {
            failures.add("seed " + seed + ": " + e);
        }
    }

    static String compare(CodeRepository code, RealMerge real, String base, String head, String result, String hint)
            throws IOException, InterruptedException {
        var git = real.of(base, head, result);
        var ours = TreeMerge.of(code, base, head, result);
        // There is nothing to compare with; that there is an end at all counts.
        if (git.unmerged().equals(Set.of("failed"))) return "git fails";
        return switch (ours) {
            case Outcome.Merged merged
            when git.tree().isPresent() -> {
                assertThat(difference(code, git.tree().get(), merged.tree()))
                        .as(hint)
                        .isEmpty();
                assertThat(merged.tree()).as(hint).isEqualTo(git.tree().get());
                yield "clean";
            }
            case Outcome.Merged merged -> {
                assertThat(merged.united()).as(hint).isNotEmpty();
                assertThat(RULES).as(hint).containsAll(merged.united().values());
                for (var path : git.unmerged())
                    assertThat(merged.united()).as(hint).containsKey(path);
                yield "united";
            }
            case Outcome.Conflicted conflicted -> {
                if (git.tree().isPresent()) fail(hint + ": git merges what conflicts here: " + conflicted.conflicts());
                assertSound(code, git, head, result, conflicted, hint);
                yield "conflict";
            }
        };
    }

    /** The tree with conflicts: the head at each of them, the merge everywhere else, nothing of Git's marks. */
    private static void assertSound(
            CodeRepository code, RealMerge.End git, String head, String result, Outcome.Conflicted ours, String hint)
            throws IOException {
        var paths = ours.conflicts().stream().map(PathConflict::path).toList();
        assertThat(paths).as(hint).isNotEmpty().doesNotHaveDuplicates().isSorted();
        for (var conflict : ours.conflicts()) {
            assertThat(code.entry(ours.tree(), conflict.path()))
                    .as(hint + " " + conflict)
                    .isEqualTo(code.entry(head, conflict.path()));
            for (var side : List.of(conflict.base(), conflict.head(), conflict.result()))
                if (side.filter(FileEntry::isFile).isPresent())
                    assertThat(new String(code.bytes(side.get().object()), StandardCharsets.ISO_8859_1))
                            .as(hint)
                            .doesNotContain("<<<<<<<");
        }
        var there = files(code, ours.tree());
        for (var path : there.keySet()) assertThat(path).as(hint).doesNotContain("~");
        var before = files(code, head);
        var wanted = files(code, result);
        for (var file : there.entrySet()) {
            assertThat(new String(code.bytes(file.getValue().object()), StandardCharsets.ISO_8859_1))
                    .as(hint)
                    .doesNotContain("<<<<<<<");
            if (paths.contains(file.getKey())) continue;
            var clean = git.clean().get(file.getKey());
            // What a rule united is clean here only.
            if (clean == null)
                assertThat(git.unmerged()).as(hint + " not of the merge").contains(file.getKey());
            else
                assertThat(file.getValue().object())
                        .as(hint + " " + file.getKey())
                        .isEqualTo(clean.object());
        }
        for (var file : git.clean().entrySet())
            if (!paths.contains(file.getKey()))
                assertThat(there).as(hint + " lost by the merge").containsKey(file.getKey());
        // No bytes of the head are lost but those that the result replaced or removed.
        for (var file : before.entrySet())
            if (!there.containsKey(file.getKey()))
                assertThat(wanted.get(file.getKey()))
                        .as(hint + " lost of the head: " + file.getKey())
                        .isNull();
    }

    private static Map<String, FileEntry> files(CodeRepository code, String tree) throws IOException {
        var files = new HashMap<String, FileEntry>();
        code.eachFile(tree, files::put);
        return files;
    }

    private static List<String> difference(CodeRepository code, String one, String other) throws IOException {
        var lines = new ArrayList<String>();
        for (var change : code.difference(one, other)) lines.add(change.toString());
        return lines;
    }
}
