package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Passage;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.text.Lexicon;
import java.util.ArrayList;
import java.util.List;

/**
 * What a document says besides what it asks for and what binds everything: meanings of words, tables, code, running text,
 * commands. It stands with the sections that it is from.
 *
 * @param chapters all sections, the outer ones before those in them; the first is the document
 * @param commands that build or test the product
 */
public record Background(List<Chapter> chapters, List<Passage> commands) {
    /** Of a document that has nothing but what it asks for. */
    public static final Background NONE = new Background(List.of(), List.of());

    /**
     * A section.
     *
     * @param headings its own one and those above it, outermost first; none for the document
     * @param above the section that it is in; -1 for the document
     * @param asks whether something is asked for in it or in a section in it
     * @param isTitle whether it is only the title, with all of the document in it
     * @param passages of itself, those of sections in it left out
     */
    public record Chapter(
            List<String> headings, int above, SourceSpan at, boolean asks, boolean isTitle, List<Passage> passages) {
        public Chapter {
            headings = List.copyOf(headings);
            passages = List.copyOf(passages);
        }
    }

    public Background {
        chapters = List.copyOf(chapters);
        commands = List.copyOf(commands);
    }

    /** Whether a line stands below a heading that announces what is taken for granted. */
    public boolean isAssumed(int line) {
        var around = around(line);
        if (around.isEmpty()) return false;
        var headings = chapters.get(around.getFirst()).headings();
        return !headings.isEmpty()
                && Lexicon.kindOf(List.of("heading.assumption"), headings.getLast())
                        .isPresent();
    }

    /** The innermost section with a line, and those that it is in, innermost first. */
    public List<Integer> around(int line) {
        int found = -1;
        // Sections stand in the order of their lines, so that the last one that begins before a line is the innermost.
        int low = 0;
        int high = chapters.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (chapters.get(middle).at().firstLine() <= line) {
                found = middle;
                low = middle + 1;
            } else high = middle - 1;
        }
        var around = new ArrayList<Integer>();
        for (int at = found; at >= 0; at = chapters.get(at).above()) around.add(at);
        return around;
    }
}
