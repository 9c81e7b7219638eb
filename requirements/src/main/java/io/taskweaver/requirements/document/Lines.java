package io.taskweaver.requirements.document;

import java.util.ArrayList;

/** Lines of a text as an editor counts them. */
final class Lines {
    private Lines() {}

    /** The lines without their ends, which may be LF, CR LF or CR; at least one. */
    static String[] of(String text) {
        var lines = new ArrayList<String>();
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && c != '\r') continue;
            lines.add(text.substring(begin, i));
            if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') i++;
            begin = i + 1;
        }
        lines.add(text.substring(begin));
        return lines.toArray(String[]::new);
    }
}
