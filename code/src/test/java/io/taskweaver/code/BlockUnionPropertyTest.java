package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffAlgorithm.SupportedAlgorithm;
import org.junit.jupiter.api.Test;

/** Whatever is united holds both sides' lines. A failure tells its seed. */
class BlockUnionPropertyTest {
    private static final List<String> PATHS = List.of("a.txt", "b.md", "c.java", "d.js", "e.json", "f.py", "g.yaml");
    private static final List<String> LINES = List.of(
            "",
            "}",
            "    }",
            "    return 1;",
            "@Test",
            "import a;",
            "import b;",
            "- item",
            "- other",
            "## Unreleased",
            "'a',",
            "'a'",
            "x();",
            "y();",
            "\u00e4\u00f6");

    @Test
    void all_lines_that_a_side_added_are_there_and_those_of_the_base_that_both_kept_in_order() {
        var rules = new HashMap<String, Integer>();
        for (int seed = 0; seed < 5_000; seed++) {
            var random = new Random(seed);
            var base = lines(random, 1 + random.nextInt(8));
            var head = changed(random, base);
            var result = changed(random, base);
            var path = PATHS.get(random.nextInt(PATHS.size()));
            var union = BlockUnion.of(path, bytes(base), bytes(head), bytes(result));
            if (union.isEmpty()) continue;
            rules.merge(union.get().rule(), 1, Integer::sum);
            var lines = new String(union.get().content(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            var hint = "seed " + seed + " " + path + " " + base + " " + head + " " + result + " " + lines;
            boolean isWhole = union.get().rule().equals("blocks");
            Function<String, String> bare = isWhole ? Function.identity() : BlockUnionPropertyTest::unseparated;
            var count = count(lines, bare);
            var before = count(base, bare);
            for (var side : List.of(count(head, bare), count(result, bare)))
                side.forEach((line, times) -> {
                    if (!line.isBlank() && times > before.getOrDefault(line, 0))
                        assertThat(count.getOrDefault(line, 0))
                                .as(hint + ": " + line)
                                .isPositive();
                });
            if (isWhole) {
                // Where neither side removed anything, both are in it, in order.
                if (isWithin(base, head) && isWithin(base, result)) {
                    assertThat(isWithin(head, lines)).as(hint).isTrue();
                    assertThat(isWithin(result, lines)).as(hint).isTrue();
                    assertThat(sizes(base, head, result)).as(hint).contains(lines.size());
                }
            }
        }
        assertThat(rules.keySet()).contains("blocks", "lines", "heading");
    }

    /** Sizes of a union that has all of both blocks, and once what both sides did alike. */
    private static Set<Integer> sizes(List<String> base, List<String> head, List<String> result) {
        var sizes = new HashSet<Integer>();
        for (var name : SupportedAlgorithm.values()) {
            var algorithm = DiffAlgorithm.getAlgorithm(name);
            var ancestor = LineDiff.lines(bytes(base));
            var ours = LineDiff.of(algorithm, ancestor, LineDiff.lines(bytes(head)));
            var theirs = LineDiff.of(algorithm, ancestor, LineDiff.lines(bytes(result)));
            int size = head.size() + result.size() - base.size();
            for (var hunk : ours)
                if (theirs.stream()
                        .anyMatch(other -> other.from() == hunk.from()
                                && other.to() == hunk.to()
                                && other.lines().equals(hunk.lines())))
                    size -= hunk.lines().size();
            sizes.add(size);
        }
        return sizes;
    }

    private static boolean isWithin(List<String> some, List<String> all) {
        int at = 0;
        for (var line : all) if (at < some.size() && some.get(at).equals(line)) at++;
        return at == some.size();
    }

    private static String unseparated(String line) {
        return line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
    }

    private static Map<String, Integer> count(List<String> lines, Function<String, String> bare) {
        var count = new HashMap<String, Integer>();
        for (var line : lines) count.merge(bare.apply(line), 1, Integer::sum);
        return count;
    }

    private static List<String> lines(Random random, int count) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++) lines.add(LINES.get(random.nextInt(LINES.size())));
        return lines;
    }

    private static List<String> changed(Random random, List<String> base) {
        var lines = new ArrayList<>(base);
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            int at = random.nextInt(lines.size() + 1);
            if (random.nextInt(6) == 0 && at < lines.size() && lines.size() > 1) lines.remove(at);
            else lines.addAll(at, lines(random, 1 + random.nextInt(3)));
        }
        return lines;
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
