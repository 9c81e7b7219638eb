package io.taskweaver.prompts;

/** Paths of files in the work, as headings name them. */
final class WorkPath {
    private static final String[] REMARKS = {" (new)", " (new file)", " (created)", " (modified)", " (updated)"};

    private WorkPath() {}

    /** A path as it stands in a heading: plain where that reads back equal, else in quotes. */
    static String written(String path) {
        if (cleaned(path).equals(path)) return path;
        return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A path as a heading names it, without the quotes, backticks and remarks that agents put around it. */
    static String cleaned(String heading) {
        String path = heading.strip();
        if (path.length() > 1 && path.startsWith("\"") && path.endsWith("\""))
            return path.substring(1, path.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
        for (String remark : REMARKS)
            if (path.endsWith(remark)) path = path.substring(0, path.length() - remark.length());
        for (String around : new String[] {"**", "`"}) {
            if (path.length() > 2 * around.length() && path.startsWith(around) && path.endsWith(around))
                path = path.substring(around.length(), path.length() - around.length());
        }
        return path.startsWith("./") ? path.substring(2) : path;
    }
}
