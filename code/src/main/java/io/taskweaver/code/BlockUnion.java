package io.taskweaver.code;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffAlgorithm.SupportedAlgorithm;
import org.eclipse.jgit.diff.RawText;

/**
 * Unites what both sides added at the same place of a file: elements of lists, lines of barrels, entries of changelogs,
 * members of classes. Each side's block stays as it is, the head's first. Lines that one side changed and the other side did
 * not go together with what the other side added beside them, if no line depends on another one. A line that both sides changed
 * is a conflict.
 */
final class BlockUnion {
    private static final List<SupportedAlgorithm> ALGORITHMS =
            List.of(SupportedAlgorithm.HISTOGRAM, SupportedAlgorithm.MYERS);

    private final Soundness soundness;
    private final AddedLines added;
    private final Otherwise otherwise;
    private final List<String> out = new ArrayList<>();
    private Optional<UnionRule> rule = Optional.empty();

    private BlockUnion(String path, Otherwise otherwise) {
        this.otherwise = otherwise;
        soundness = Soundness.of(path);
        added = new AddedLines(path, soundness.hasGrammar());
    }

    /** What becomes of places that both sides changed and no rule unites. */
    private enum Otherwise {
        CONFLICT,
        HEAD,
        RESULT
    }

    /**
     * A united file.
     *
     * @param rule name of the rule that allowed it; of several, the one that assumes most
     */
    record United(byte[] content, String rule) {}

    /**
     * Unites the two sides.
     *
     * @return empty if they contradict each other, or if no rule allows it
     */
    static Optional<United> of(String path, byte[] base, byte[] head, byte[] result) {
        if (isBinary(base, head, result)) return Optional.empty();
        for (var algorithm : ALGORITHMS) {
            var united = new BlockUnion(path, Otherwise.CONFLICT)
                    .united(DiffAlgorithm.getAlgorithm(algorithm), base, head, result);
            if (united.isPresent()) return united;
        }
        return Optional.empty();
    }

    /**
     * Unites two new files that are lists: what both begin with is there once, and then come the elements of each.
     *
     * @return empty if one of them is more than a list, or the union would not be sound
     */
    static Optional<United> ofNew(String path, byte[] head, byte[] result) {
        return isBinary(head, result)
                ? Optional.empty()
                : new BlockUnion(path, Otherwise.CONFLICT).united(head, result);
    }

    /**
     * Merges the two sides where that goes, and takes one of them for each place where it does not.
     *
     * @param base empty if both sides made the file
     * @param theirs whether the result's side is taken
     * @return empty if the files have no lines
     */
    static Optional<byte[]> favouring(String path, byte[] base, byte[] head, byte[] result, boolean theirs) {
        if (isBinary(base, head, result)) return Optional.empty();
        var side = theirs ? Otherwise.RESULT : Otherwise.HEAD;
        // Of two new files nothing says which lines belong together.
        for (var algorithm : base.length == 0 ? List.<SupportedAlgorithm>of() : ALGORITHMS) {
            var united = new BlockUnion(path, side).united(DiffAlgorithm.getAlgorithm(algorithm), base, head, result);
            if (united.isPresent()) return united.map(United::content);
        }
        // With blocks of both it is not sound: the side counts wherever both changed something, as with Git's -X.
        var merge = new BlockUnion(path, side);
        merge.merge(DiffAlgorithm.getAlgorithm(ALGORITHMS.getFirst()), base, head, result, false);
        return Optional.of(merge.bytes(isEnded(base, head, result)));
    }

    private static boolean isBinary(byte[]... texts) {
        return Arrays.stream(texts).anyMatch(RawText::isBinary);
    }

    private Optional<United> united(byte[] head, byte[] result) {
        var ours = ended(head);
        var theirs = ended(result);
        int same = 0;
        while (same < Math.min(ours.size(), theirs.size()) && ours.get(same).equals(theirs.get(same))) same++;
        var start = ours.subList(0, same);
        var union = added.unitedLists(start, ours.subList(same, ours.size()), theirs.subList(same, theirs.size()));
        if (union.isEmpty()) return Optional.empty();
        out.addAll(start);
        out.addAll(union.get().lines());
        var content = bytes(isEnded(head) || isEnded(result));
        return soundness.allows(content, List.of(head, result))
                ? Optional.of(new United(content, union.get().rule().title()))
                : Optional.empty();
    }

    private Optional<United> united(DiffAlgorithm algorithm, byte[] base, byte[] head, byte[] result) {
        if (!merge(algorithm, base, head, result, true)) return Optional.empty();
        var content = bytes(isEnded(base, head, result));
        return soundness.allows(content, List.of(head, result))
                ? Optional.of(new United(content, rule.orElse(UnionRule.BLOCKS).title()))
                : Optional.empty();
    }

    /** @param unites whether the rules count */
    private boolean merge(DiffAlgorithm algorithm, byte[] base, byte[] head, byte[] result, boolean unites) {
        var ancestor = ended(base);
        var left = new Hunks(LineDiff.of(algorithm, ancestor, ended(head)));
        var right = new Hunks(LineDiff.of(algorithm, ancestor, ended(result)));
        int at = 0;
        while (left.isLeft() || right.isLeft()) {
            int from = Math.min(left.next(), right.next());
            int to = from;
            int before;
            do {
                before = to;
                to = right.take(left.take(to));
            } while (to > before || left.next() <= to || right.next() <= to);
            out.addAll(ancestor.subList(at, from));
            if (!region(ancestor, from, to, left.taken(), right.taken(), unites)) return false;
            at = to;
        }
        out.addAll(ancestor.subList(at, ancestor.size()));
        return true;
    }

    /** Unites what both sides did with some lines of the base. */
    private boolean region(
            List<String> base, int from, int to, List<LineDiff.Hunk> left, List<LineDiff.Hunk> right, boolean unites) {
        var ours = changed(base, from, to, left);
        var theirs = changed(base, from, to, right);
        if (right.isEmpty() || left.isEmpty() || ours.equals(theirs)) {
            out.addAll(right.isEmpty() ? ours : theirs);
            return true;
        }
        var union = !unites
                ? Optional.<AddedLines.Union>empty()
                : from == to
                        ? added.united(
                                ours,
                                left.getFirst().slack(),
                                theirs,
                                right.getFirst().slack())
                        : listed(base.subList(from, to), ours, theirs)
                                .or(() -> beside(base.subList(from, to), from, left, right))
                                .or(() -> beside(base.subList(from, to), from, right, left));
        union.ifPresent(made -> {
            out.addAll(made.lines());
            if (rule.isEmpty() || rule.get().compareTo(made.rule()) < 0) rule = Optional.of(made.rule());
        });
        if (union.isPresent()) return true;
        if (otherwise == Otherwise.CONFLICT) return false;
        out.addAll(otherwise == Otherwise.HEAD ? ours : theirs);
        return true;
    }

    private Optional<AddedLines.Union> listed(List<String> base, List<String> ours, List<String> theirs) {
        if (!soundness.hasGrammar()) return Optional.empty();
        return ListTail.united(base, ours, theirs)
                .or(() -> ListTail.behindChanged(base, ours, theirs))
                .or(() -> ListTail.behindChanged(base, theirs, ours));
    }

    /**
     * Unites lines that one side changed, all of them, with what the other side only added before, behind or, where each line
     * has become one line, between them.
     *
     * @param base the lines that were changed
     * @param from number of the first one
     */
    private Optional<AddedLines.Union> beside(
            List<String> base, int from, List<LineDiff.Hunk> changing, List<LineDiff.Hunk> adding) {
        if (changing.size() != 1 || changing.getFirst().lines().isEmpty()) return Optional.empty();
        var change = changing.getFirst();
        if (change.from() != from || change.to() != from + base.size()) return Optional.empty();
        var now = change.lines();
        var lines = new ArrayList<String>();
        int at = 0;
        for (var more : adding) {
            if (more.from() != more.to() || !added.areNeighbours(base, now, more.lines())) return Optional.empty();
            int next = more.from() == change.to() ? now.size() : more.from() - from;
            boolean isBetween = more.from() > change.from() && more.from() < change.to();
            if (isBetween && now.size() != base.size()) return Optional.empty();
            lines.addAll(now.subList(at, next));
            // What both sides have is there once.
            for (var line : more.lines()) if (!now.contains(line)) lines.add(line);
            at = next;
        }
        lines.addAll(now.subList(at, now.size()));
        return Optional.of(new AddedLines.Union(lines, UnionRule.NEIGHBOURS));
    }

    private static List<String> changed(List<String> base, int from, int to, List<LineDiff.Hunk> hunks) {
        var lines = new ArrayList<String>();
        int at = from;
        for (var hunk : hunks) {
            lines.addAll(base.subList(at, hunk.from()));
            lines.addAll(hunk.lines());
            at = hunk.to();
        }
        lines.addAll(base.subList(at, to));
        return lines;
    }

    /** The lines, each with an end: a line must not differ from another because it is the last one. */
    private static List<String> ended(byte[] text) {
        var lines = LineDiff.lines(text);
        if (!isEnded(text)) lines.set(lines.size() - 1, lines.getLast() + "\n");
        return lines;
    }

    private static boolean isEnded(byte[] text) {
        return text.length == 0 || text[text.length - 1] == '\n';
    }

    private static boolean isEnded(byte[] base, byte[] head, byte[] result) {
        return base.length == 0 || isEnded(head) == isEnded(base) ? isEnded(result) : isEnded(head);
    }

    private byte[] bytes(boolean ended) {
        var bytes = String.join("", out).getBytes(StandardCharsets.ISO_8859_1);
        return ended || bytes.length == 0 ? bytes : Arrays.copyOf(bytes, bytes.length - 1);
    }

    /** Changes of a side that are still to come. */
    private static final class Hunks {
        private final List<LineDiff.Hunk> hunks;
        private final List<LineDiff.Hunk> taken = new ArrayList<>();
        private int at;

        Hunks(List<LineDiff.Hunk> hunks) {
            this.hunks = hunks;
        }

        boolean isLeft() {
            return at < hunks.size();
        }

        int next() {
            return isLeft() ? hunks.get(at).from() : Integer.MAX_VALUE;
        }

        /** Takes all that touch lines up to a line; where they end. */
        int take(int to) {
            int end = to;
            while (next() <= end) {
                taken.add(hunks.get(at));
                end = Math.max(end, hunks.get(at).to());
                at++;
            }
            return end;
        }

        /** What was taken since. */
        List<LineDiff.Hunk> taken() {
            var all = List.copyOf(taken);
            taken.clear();
            return all;
        }
    }
}
