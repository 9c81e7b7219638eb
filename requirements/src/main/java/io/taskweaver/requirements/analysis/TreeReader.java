package io.taskweaver.requirements.analysis;

import java.util.ArrayList;
import java.util.List;

/** Reads directory trees as people draw them in a fence: with lines and corners, or by indentation. */
final class TreeReader {
    private static final String DRAWN = "│├└─┬┌|`+- \t\u00a0";
    private static final int MOST_FILES = 10_000;

    private final List<String> open = new ArrayList<>();
    private final List<Integer> depths = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final List<Folder> folders = new ArrayList<>();

    private TreeReader() {}

    /**
     * A folder of a tree.
     *
     * @param path without a '/' at its end
     * @param remark what the tree says about it; may be empty
     */
    record Folder(String path, String remark) {}

    /** The folders of a tree, outermost first; none if the text is no tree. */
    static List<Folder> folders(String text) {
        return read(text).folders;
    }

    /** Paths of the files and empty folders of a tree, in its order; empty if the text is no tree. */
    static List<String> files(String text) {
        return List.copyOf(read(text).files);
    }

    private static TreeReader read(String text) {
        var reader = new TreeReader();
        var lines = text.split("\n", -1);
        if (!isTree(lines)) return reader;
        for (int i = 0; i < lines.length && reader.files.size() < MOST_FILES; i++)
            reader.line(lines[i], i + 1 < lines.length ? lines[i + 1] : "");
        reader.close(0);
        return reader;
    }

    private static boolean isTree(String[] lines) {
        int named = 0;
        int marks = 0;
        for (var line : lines) {
            if (line.isBlank()) continue;
            named++;
            boolean drawn = line.contains("├") || line.contains("└") || line.contains("|--") || line.contains("`--");
            if (drawn || nameOf(line).endsWith("/")) marks++;
        }
        return named > 1 && marks * 3 >= named;
    }

    private void line(String line, String next) {
        var name = nameOf(line);
        if (name.isEmpty() || name.equals("...") || name.equals("…")) return;
        int depth = depthOf(line);
        close(depth);
        open.add(name);
        depths.add(depth);
        boolean isFolder = name.endsWith("/") || (!nameOf(next).isEmpty() && depthOf(next) > depth);
        if (isFolder) folders.add(new Folder(path().replaceFirst("^\\./", "").replaceFirst("/+$", ""), remarkOf(line)));
    }

    /** Ends what is as deep or deeper; what ends without anything in it is a file. */
    private void close(int depth) {
        boolean last = true;
        while (!depths.isEmpty() && depths.getLast() >= depth) {
            if (last) files.add(path());
            last = false;
            open.removeLast();
            depths.removeLast();
        }
    }

    private String path() {
        var path = new StringBuilder();
        for (var part : open) {
            if (!path.isEmpty() && path.charAt(path.length() - 1) != '/') path.append('/');
            path.append(part);
        }
        return path.toString();
    }

    private static int depthOf(String line) {
        int depth = 0;
        while (depth < line.length() && DRAWN.indexOf(line.charAt(depth)) >= 0) depth++;
        return depth;
    }

    /** What stands behind the name. */
    private static String remarkOf(String line) {
        var rest = line.substring(depthOf(line)).strip();
        var remark = rest.substring(nameOf(line).length()).strip();
        return remark.replaceFirst("^(?:#+|//|←|<-|—|–|-)\\s*", "").strip();
    }

    /** What a line names, without lines before it and without a remark after it. */
    private static String nameOf(String line) {
        var rest = line.substring(depthOf(line)).strip();
        int end = rest.length();
        for (var remark : new String[] {" #", "\t#", " //", " ←", " <-", " — ", " - ", "  "}) {
            int at = rest.indexOf(remark);
            if (at >= 0) end = Math.min(end, at);
        }
        return rest.substring(0, end).strip();
    }
}
