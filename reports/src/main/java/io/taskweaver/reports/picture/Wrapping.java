package io.taskweaver.reports.picture;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines of a width, by estimate: SVG does not wrap, and no font is at hand to measure with. */
final class Wrapping {
    private Wrapping() {}

    /**
     * The text in at most so many lines; the last ends with an ellipsis if something is left out.
     *
     * @param ems width of a line, in units of the font's size
     */
    static List<String> lines(String text, double ems, int most) {
        var lines = new ArrayList<String>();
        var words = new ArrayList<>(List.of(text.strip().split("\\s+")));
        var line = new StringBuilder();
        while (!words.isEmpty()) {
            var word = words.removeFirst();
            var longer = line.isEmpty() ? word : line + " " + word;
            if (width(longer) <= ems) {
                line.setLength(0);
                line.append(longer);
                continue;
            }
            if (line.isEmpty()) {
                int fits = fitting(word, ems);
                line.append(word, 0, fits);
                words.addFirst(word.substring(fits));
            } else words.addFirst(word);
            if (lines.size() == most - 1) {
                lines.add(cut(line + " " + String.join(" ", words.subList(0, Math.min(4, words.size()))), ems));
                return lines;
            }
            lines.add(line.toString());
            line.setLength(0);
        }
        if (!line.isEmpty()) lines.add(line.toString());
        return lines;
    }

    /** The text in one line, with an ellipsis if it is too long. */
    static String cut(String text, double ems) {
        if (width(text) <= ems) return text;
        return text.substring(0, fitting(text, ems - width("…"))).stripTrailing() + "…";
    }

    /** How many chars of the text fit, at least one character; no pair of surrogates is torn. */
    private static int fitting(String text, double ems) {
        double width = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            width += width(point);
            if (width > ems && end > 0) break;
            end += Character.charCount(point);
        }
        return end;
    }

    static double width(String text) {
        return text.codePoints().mapToDouble(Wrapping::width).sum();
    }

    /** Widths of a common sans-serif face, rounded up. */
    private static double width(int point) {
        if ("iljtfrI.,:;'|!()[] ".indexOf(point) >= 0) return 0.33;
        if ("mwMW@%…—".indexOf(point) >= 0) return 0.9;
        if (point >= 0x1100 && (point <= 0x115f || (point >= 0x2e80 && point <= 0xd7a3) || point >= 0xf900))
            return 1.05;
        return Character.isUpperCase(point) ? 0.68 : 0.56;
    }
}
