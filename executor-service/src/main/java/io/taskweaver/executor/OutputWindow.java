package io.taskweaver.executor;

import java.util.ArrayList;
import java.util.List;

/**
 * What of an output is kept, and in which parts it is told: all of its beginning as it comes; then, each time, the end of
 * what came since; and when nothing follows, its end. Memory and what is told are limited, however much is printed.
 */
final class OutputWindow {
    /** Most characters of a part that is told while more is printed, after the beginning. */
    private static final int SAMPLE = 16 << 10;

    private static final int LONGEST_PART = 128 << 10;

    /**
     * A part.
     *
     * @param position characters that came before it
     */
    record Part(long position, String text) {}

    private final int tailLimit;
    private int headLeft;
    /** Of the beginning, what is not told yet. */
    private final StringBuilder head = new StringBuilder();

    private long headFrom;
    /** What comes after the beginning, up to now. */
    private final StringBuilder tail = new StringBuilder();

    private long position;
    private long told;

    /** @param limit most characters that are kept, half of them from the beginning */
    OutputWindow(int limit) {
        this.headLeft = limit / 2;
        this.tailLimit = limit - limit / 2;
    }

    /** Something was printed. */
    void add(String text) {
        int first = Math.min(headLeft, text.length());
        head.append(text, 0, first);
        headLeft -= first;
        tail.append(text, first, text.length());
        position += text.length();
        if (tail.length() > 2 * tailLimit) tail.delete(0, tail.length() - tailLimit);
    }

    /** Something was printed that nobody read: the beginning is over. */
    void skip(long characters) {
        headLeft = 0;
        tail.setLength(0);
        position += characters;
    }

    /** Characters until now. */
    long position() {
        return position;
    }

    /** What is told while more may come. */
    List<Part> next() {
        var parts = beginning();
        int fresh = (int) Math.min(tail.length(), position - told);
        if (fresh > 0) {
            int from = startOfLine(tail.length() - Math.min(fresh, SAMPLE), fresh > SAMPLE);
            parts.add(new Part(position - tail.length() + from, tail.substring(from)));
            told = position;
        }
        return parts;
    }

    /** What is told at the end: the beginning, if it was not told yet, and the end, whatever was told of it. */
    List<Part> end() {
        var parts = beginning();
        if (tail.length() > tailLimit) tail.delete(0, tail.length() - tailLimit);
        boolean isCut = position - tail.length() > headFrom;
        int from = startOfLine(0, isCut);
        for (; from < tail.length(); from += LONGEST_PART) {
            int to = Math.min(tail.length(), from + LONGEST_PART);
            parts.add(new Part(position - tail.length() + from, tail.substring(from, to)));
        }
        tail.setLength(0);
        return parts;
    }

    private List<Part> beginning() {
        var parts = new ArrayList<Part>();
        for (int from = 0; from < head.length(); from += LONGEST_PART) {
            int to = Math.min(head.length(), from + LONGEST_PART);
            parts.add(new Part(headFrom + from, head.substring(from, to)));
        }
        headFrom += head.length();
        told = Math.max(told, headFrom);
        head.setLength(0);
        return parts;
    }

    /** Where the next line begins, if the one at a place lacks its beginning and is not all that there is. */
    private int startOfLine(int at, boolean isCut) {
        if (!isCut) return at;
        int end = tail.indexOf("\n", at);
        return end < 0 || end + 1 >= tail.length() ? at : end + 1;
    }
}
