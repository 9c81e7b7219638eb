package io.taskweaver.requirements.document;

import java.util.List;
import java.util.regex.Pattern;

/** Rows of a table that share a cell. Where the cell is an id, they state one requirement together. */
final class MergedCells {
    private static final Pattern KEY =
            Pattern.compile("(?!P[0-9]$)(?=\\S*[0-9])(?=\\S*\\p{L})[\\p{L}\\p{N}][\\p{L}\\p{N}._/-]{1,24}");
    private static final Pattern BULLET = Pattern.compile("[-*•+] +.*");
    private static final String ENDS = ".!?:;。！？；";

    private MergedCells() {}

    /**
     * Whether what follows a row belongs to the same requirement: the cells that reach further hold an id, and none of
     * those that end does.
     *
     * @param ends for each cell whether it ends with the row
     */
    static boolean isOneRequirement(List<String> cells, List<Boolean> ends) {
        boolean shared = false;
        for (int i = 0; i < cells.size(); i++) {
            boolean isKey = KEY.matcher(cells.get(i)).matches();
            if (ends.get(i) && isKey) return false;
            shared |= !ends.get(i) && isKey;
        }
        return shared;
    }

    /** Adds a line of a cell to the lines before it; items of a list and paragraphs are set off. */
    static void append(StringBuilder cell, String text) {
        if (text.isEmpty()) return;
        boolean item = BULLET.matcher(text).matches();
        if (item && !cell.isEmpty() && ENDS.indexOf(cell.charAt(cell.length() - 1)) < 0) cell.append(';');
        if (!cell.isEmpty()) cell.append(' ');
        cell.append(item ? text.substring(1).strip() : text);
    }

    /** Ends what a cell says so far. */
    static void endSentence(StringBuilder cell) {
        int end = cell.length();
        while (end > 0 && Character.isWhitespace(cell.charAt(end - 1))) end--;
        cell.setLength(end);
        if (end > 0 && ENDS.indexOf(cell.charAt(end - 1)) < 0) cell.append('.');
    }

    /** Two cells of one requirement, one after the other. */
    static String joined(String first, String second) {
        if (first.equals(second) || second.isBlank()) return first;
        var cell = new StringBuilder(first);
        endSentence(cell);
        append(cell, second);
        return cell.toString();
    }
}
