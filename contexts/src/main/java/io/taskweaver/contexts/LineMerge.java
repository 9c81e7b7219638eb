package io.taskweaver.contexts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.Sequence;
import org.eclipse.jgit.diff.SequenceComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;

/**
 * Three-way merge on lines, as Git does it. A line takes its terminator along, so that line endings survive. Whether the
 * text ends with a line end is decided apart, because else a line added after an unterminated last one would contradict
 * every change of that line.
 */
final class LineMerge {
    /** Above it a diff may take seconds; such files are data, and are left to the reconcile task. */
    private static final int MAX_LINES = 100_000;

    private LineMerge() {}

    /** The merged text, or empty if both sides changed the same lines differently. */
    static Optional<String> of(String base, String current, String proposed) {
        var ending = LineEnding.of(current) == LineEnding.CRLF ? "\r\n" : "\n";
        var ancestor = Lines.of(base, ending);
        var ours = Lines.of(current, ending);
        var theirs = Lines.of(proposed, ending);
        if (Math.max(ancestor.size(), Math.max(ours.size(), theirs.size())) > MAX_LINES) return Optional.empty();
        var merge = new MergeAlgorithm().merge(SameLine.INSTANCE, ancestor, ours, theirs);
        if (merge.containsConflicts()) return Optional.empty();
        var text = new StringBuilder(current.length() + proposed.length() - Math.min(base.length(), proposed.length()));
        for (var chunk : merge)
            for (int line = chunk.getBegin(); line < chunk.getEnd(); line++)
                text.append(
                        merge.getSequences().get(chunk.getSequenceIndex()).lines.get(line));
        boolean terminated = theirs.terminated == ancestor.terminated ? ours.terminated : theirs.terminated;
        if (!terminated) dropTerminator(text);
        return Optional.of(text.toString());
    }

    private static void dropTerminator(StringBuilder text) {
        if (text.isEmpty()) return;
        text.setLength(text.length() - 1);
        if (!text.isEmpty() && text.charAt(text.length() - 1) == '\r') text.setLength(text.length() - 1);
    }

    private static final class Lines extends Sequence {
        private final List<String> lines;
        private final boolean terminated;

        private Lines(List<String> lines, boolean terminated) {
            this.lines = lines;
            this.terminated = terminated;
        }

        static Lines of(String text, String ending) {
            var lines = new ArrayList<String>();
            int from = 0;
            for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
                lines.add(text.substring(from, at + 1));
                from = at + 1;
            }
            boolean terminated = from == text.length();
            if (!terminated) lines.add(text.substring(from) + ending);
            return new Lines(lines, terminated);
        }

        @Override
        public int size() {
            return lines.size();
        }
    }

    private static final class SameLine extends SequenceComparator<Lines> {
        private static final SameLine INSTANCE = new SameLine();

        @Override
        public boolean equals(Lines a, int ai, Lines b, int bi) {
            return a.lines.get(ai).equals(b.lines.get(bi));
        }

        @Override
        public int hash(Lines lines, int at) {
            return lines.lines.get(at).hashCode();
        }
    }
}
