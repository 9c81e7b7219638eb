package io.taskweaver.requirements.analysis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of every line of a document, so that nobody has to guess what was read and what was passed over.
 *
 * @param path path of the document as the user named it
 * @param lines one for each line of the document, in order
 */
public record LineAccount(String path, List<Line> lines) {
    public LineAccount {
        lines = List.copyOf(lines);
        for (int i = 0; i < lines.size(); i++)
            if (lines.get(i).number() != i + 1) throw new IllegalArgumentException("line " + (i + 1) + " is missing");
    }

    /**
     * One line.
     *
     * @param number from 1
     * @param what id or title of what it became or belongs to; empty if it belongs to nothing
     * @param why the rule by which it was taken for that; empty only for blank lines
     */
    public record Line(int number, LineUse use, String what, String why, Sureness sureness) {
        public Line {
            if (use != LineUse.BLANK && why.isBlank())
                throw new IllegalArgumentException("line " + number + " needs a reason");
        }
    }

    /** How many lines there are of each kind, kinds without lines left out. */
    public Map<LineUse, Integer> counts() {
        var counts = new EnumMap<LineUse, Integer>(LineUse.class);
        for (var line : lines) counts.merge(line.use(), 1, Integer::sum);
        return counts;
    }
}
