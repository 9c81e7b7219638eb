package io.taskweaver.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FileMergePropertiesTest {

    @Provide
    Arbitrary<String> texts() {
        var lines = Arbitraries.of("a", "b", "c", "d", "", "{", "}").list().ofMaxSize(12);
        return lines.flatMap(list -> Arbitraries.of(true, false)
                .map(last -> String.join("\n", list) + (last && !list.isEmpty() ? "\n" : "")));
    }

    @Property
    void a_side_that_changed_nothing_yields_the_other(@ForAll("texts") String base, @ForAll("texts") String changed) {
        assertThat(merge(base, base, changed)).isEqualTo(clean(changed));
        assertThat(merge(base, changed, base)).isEqualTo(clean(changed));
    }

    @Property
    void sides_may_be_swapped(
            @ForAll("texts") String base, @ForAll("texts") String one, @ForAll("texts") String other) {
        assertThat(merge(base, one, other)).isEqualTo(merge(base, other, one));
    }

    @Property
    void no_line_is_invented(@ForAll("texts") String base, @ForAll("texts") String one, @ForAll("texts") String other) {
        if (!(merge(base, one, other) instanceof FileMerge.Clean(var merged))) return;
        assertThat(lines(one, other)).containsAll(lines(merged.orElseThrow()));
    }

    @Property
    void what_both_keep_is_kept(
            @ForAll("texts") String base, @ForAll("texts") String one, @ForAll("texts") String other) {
        if (!(merge(base, one, other) instanceof FileMerge.Clean(var merged))) return;
        var kept = lines(base);
        kept.retainAll(lines(one));
        kept.retainAll(lines(other));
        // A line that stands several times may lose some of them on either side.
        kept.removeIf(line -> count(base, line) != 1 || count(one, line) != 1 || count(other, line) != 1);
        Assume.that(!kept.isEmpty());
        assertThat(merged.orElseThrow().lines().toList()).containsAll(kept);
    }

    @Property
    void merging_what_is_merged_changes_nothing(
            @ForAll("texts") String base, @ForAll("texts") String one, @ForAll("texts") String other) {
        if (!(merge(base, one, other) instanceof FileMerge.Clean(var merged))) return;
        assertThat(merge(base, merged.orElseThrow(), merged.orElseThrow())).isEqualTo(new FileMerge.Clean(merged));
    }

    @Property
    void edits_of_lines_apart_are_combined(
            @ForAll @IntRange(min = 3, max = 40) int size,
            @ForAll @IntRange(max = 39) int first,
            @ForAll @IntRange(max = 39) int second) {
        Assume.that(first < size && second < size && Math.abs(first - second) > 1);
        var base = numbered(size);
        var one = with(base, first, "one");
        var other = with(base, second, "other");
        assertThat(merge(text(base), text(one), text(other))).isEqualTo(clean(text(with(one, second, "other"))));
    }

    private static FileMerge merge(String base, String current, String proposed) {
        return FileMerge.of(Optional.of(base), Optional.of(current), Optional.of(proposed));
    }

    private static FileMerge clean(String text) {
        return new FileMerge.Clean(Optional.of(text));
    }

    private static List<String> numbered(int size) {
        var lines = new ArrayList<String>();
        for (int line = 0; line < size; line++) lines.add("line " + line);
        return lines;
    }

    private static List<String> with(List<String> lines, int at, String line) {
        var changed = new ArrayList<>(lines);
        changed.set(at, line);
        return changed;
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static Set<String> lines(String... texts) {
        var all = new HashSet<String>();
        for (var text : texts) text.lines().forEach(all::add);
        return all;
    }

    private static long count(String text, String line) {
        return text.lines().filter(line::equals).count();
    }
}
