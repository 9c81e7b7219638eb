package io.taskweaver.cli.progress;

import java.util.ArrayList;
import java.util.List;

/** As much of a terminal as the live display uses: lines, going up, clearing to the end of the line and of the screen. */
final class Screen {
    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    void print(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\u001b') at = obey(text, at + 2);
            else if (c == '\n') {
                if (++row == lines.size()) lines.add(new StringBuilder());
                column = 0;
            } else if (c == '\r') column = 0;
            else put(c);
        }
    }

    private void put(char c) {
        var line = lines.get(row);
        if (column < line.length()) line.setCharAt(column, c);
        else line.append(c);
        column++;
    }

    /** Obeys a control sequence from behind its introducer on; answers where it ends. */
    private int obey(String text, int from) {
        int end = from;
        while (!Character.isLetter(text.charAt(end))) end++;
        var parameter = text.substring(from, end);
        switch (text.charAt(end)) {
            case 'A' -> row = Math.max(0, row - Integer.parseInt(parameter));
            case 'K' -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
            case 'J' -> {
                lines.get(row).setLength(Math.min(column, lines.get(row).length()));
                while (lines.size() > row + 1) lines.removeLast();
            }
            default -> {} // Colours, the cursor's visibility, frames: nothing that moves text.
        }
        return end;
    }

    List<String> lines() {
        return lines.stream().map(StringBuilder::toString).toList();
    }
}
