package io.taskweaver.executor;

/** How the lines of a text end. */
enum LineEnding {
    LF,
    CRLF,
    /** Both kinds, or no line end at all. */
    MIXED;

    static LineEnding of(String text) {
        boolean lf = false;
        boolean crlf = false;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (at > 0 && text.charAt(at - 1) == '\r') crlf = true;
            else lf = true;
        }
        return lf == crlf ? MIXED : lf ? LF : CRLF;
    }

    /**
     * A new version of a text with this ending, in the ending of the old one.
     *
     * @param next new version
     * @param previous old version; if it differs from the new one by line endings alone, those are what is meant to change
     */
    String unlessOnlyEndingsChange(String next, String previous) {
        var theirs = of(next);
        if (this == MIXED || theirs == MIXED || theirs == this) return next;
        var converted = this == CRLF ? next.replace("\n", "\r\n") : next.replace("\r\n", "\n");
        return converted.equals(previous) ? next : converted;
    }
}
