package io.taskweaver.code;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/**
 * What a side changed, in lines. An insertion often has several positions, because it ends as what is before it ends:
 * it is placed as low in the file as possible, so that additions of both sides at the same place have the same position.
 */
final class LineDiff {
    private final List<String> base;
    private final List<String> side;
    private final List<Edit> edits;

    private LineDiff(List<String> base, List<String> side, List<Edit> edits) {
        this.base = base;
        this.side = side;
        this.edits = edits;
    }

    /**
     * A change.
     *
     * @param from first line of the base that it replaces
     * @param to line of the base behind those that it replaces; the same as the first for an insertion
     * @param lines what comes instead
     * @param slack lines by which the insertion could be told higher
     */
    record Hunk(int from, int to, List<String> lines, int slack) {
        Hunk {
            lines = List.copyOf(lines);
        }
    }

    /** Lines of a text with their ends, each byte a character, so that no encoding is lost. */
    static List<String> lines(byte[] text) {
        var lines = new ArrayList<String>();
        int from = 0;
        for (int i = 0; i < text.length; i++)
            if (text[i] == '\n') {
                lines.add(new String(text, from, i + 1 - from, StandardCharsets.ISO_8859_1));
                from = i + 1;
            }
        if (from < text.length) lines.add(new String(text, from, text.length - from, StandardCharsets.ISO_8859_1));
        return lines;
    }

    /** The changes from a base to a side, in their order. */
    static List<Hunk> of(DiffAlgorithm algorithm, List<String> base, List<String> side) {
        var edits = new ArrayList<>(algorithm.diff(RawTextComparator.DEFAULT, raw(base), raw(side)));
        return new LineDiff(base, side, edits).normalised();
    }

    private static RawText raw(List<String> lines) {
        return new RawText(String.join("", lines).getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<Hunk> normalised() {
        var hunks = new ArrayList<Hunk>();
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i).getType() == Edit.Type.DELETE) lowerDeletion(i);
            if (edits.get(i).getType() != Edit.Type.INSERT) continue;
            // An insertion that meets another one is one with it, and may slide further.
            boolean met = true;
            while (met) {
                raise(i);
                met = i > 0 && meets(i - 1, i);
                if (met) join(--i);
                lower(i);
                while (i + 1 < edits.size() && meets(i, i + 1)) {
                    join(i);
                    met = true;
                    lower(i);
                }
            }
        }
        for (int i = 0; i < edits.size(); i++) {
            var edit = edits.get(i);
            hunks.add(new Hunk(
                    edit.getBeginA(), edit.getEndA(), side.subList(edit.getBeginB(), edit.getEndB()), slack(i)));
        }
        return hunks;
    }

    private boolean meets(int one, int next) {
        return edits.get(one).getType() == Edit.Type.INSERT
                && edits.get(next).getType() == Edit.Type.INSERT
                && edits.get(one).getEndA() == edits.get(next).getBeginA();
    }

    private void join(int one) {
        var next = edits.remove(one + 1);
        var edit = edits.get(one);
        edits.set(one, new Edit(edit.getBeginA(), next.getEndA(), edit.getBeginB(), next.getEndB()));
    }

    private void raise(int i) {
        while (canRise(edits.get(i), i)) shift(i, -1);
    }

    private void lower(int i) {
        int end = i + 1 < edits.size() ? edits.get(i + 1).getBeginA() : base.size();
        for (var edit = edits.get(i);
                edit.getBeginA() < end && base.get(edit.getBeginA()).equals(side.get(edit.getBeginB()));
                edit = edits.get(i)) shift(i, 1);
    }

    private void lowerDeletion(int i) {
        int end = i + 1 < edits.size() ? edits.get(i + 1).getBeginA() : base.size();
        for (var edit = edits.get(i);
                edit.getEndA() < end && base.get(edit.getBeginA()).equals(base.get(edit.getEndA()));
                edit = edits.get(i)) shift(i, 1);
    }

    private boolean canRise(Edit edit, int i) {
        int start = i > 0 ? edits.get(i - 1).getEndA() : 0;
        return edit.getBeginA() > start && base.get(edit.getBeginA() - 1).equals(side.get(edit.getEndB() - 1));
    }

    private void shift(int i, int by) {
        var edit = edits.get(i);
        edits.set(i, new Edit(edit.getBeginA() + by, edit.getEndA() + by, edit.getBeginB() + by, edit.getEndB() + by));
    }

    private int slack(int i) {
        var edit = edits.get(i);
        if (edit.getType() != Edit.Type.INSERT) return 0;
        int start = i > 0 ? edits.get(i - 1).getEndA() : 0;
        int slack = 0;
        while (edit.getBeginA() - slack > start
                && base.get(edit.getBeginA() - slack - 1).equals(side.get(edit.getEndB() - slack - 1))) slack++;
        return slack;
    }
}
