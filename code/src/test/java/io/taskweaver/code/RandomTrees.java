package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Small trees with all that Git knows, and changes of them. Paths are bytes, each a character. */
final class RandomTrees {
    private static final List<String> FOLDERS = List.of(
            "",
            "src/",
            "src/main/",
            "src/main/deep/",
            "lib/",
            "doc/",
            "q\"uote/",
            "tab\there/",
            utf8("\u00fcml\u00e4ut/"),
            "raw\u00e4/",
            "back\\slash/",
            "two words/in/");
    private static final List<String> NAMES = List.of(
            "one.txt",
            "two.txt",
            "three.java",
            "four.js",
            "five.json",
            "six.md",
            "\"seven",
            "eight\n.txt",
            utf8("n\u00fcn.txt"),
            "z\u00ebhn",
            "-eleven",
            " twelve ");

    record Content(int mode, String bytes) {}

    private final Random random;

    RandomTrees(Random random) {
        this.random = random;
    }

    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    TreeMap<String, Content> base() {
        var files = new TreeMap<String, Content>();
        int count = 3 + random.nextInt(9);
        for (int i = 0; i < count; i++) add(files);
        return files;
    }

    /** A tree made of another one by some changes. */
    TreeMap<String, Content> changed(TreeMap<String, Content> from) {
        var files = new TreeMap<>(from);
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) change(files);
        return files;
    }

    private void change(TreeMap<String, Content> files) {
        if (files.isEmpty()) {
            add(files);
            return;
        }
        var path = pick(new ArrayList<>(files.keySet()));
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> files.computeIfPresent(path, (any, content) -> edited(content));
            case 4, 5 -> add(files);
            case 6 -> files.remove(path);
            case 7 -> put(files, path(), taken(files, path));
            case 8 -> put(files, path(), edited(taken(files, path)));
            case 9, 10 -> moveFolder(files, path);
            case 11 ->
                files.computeIfPresent(
                        path,
                        (any, content) -> content.mode() == FileEntry.LINK
                                ? content
                                : new Content(
                                        content.mode() == FileEntry.FILE ? FileEntry.EXECUTABLE : FileEntry.FILE,
                                        content.bytes()));
            case 12 -> {
                var content = taken(files, path);
                put(files, path + "/" + pick(NAMES), random.nextBoolean() ? content : content());
            }
            case 13 -> {
                int slash = path.lastIndexOf('/');
                if (slash > 0) put(files, path.substring(0, slash), content());
            }
            case 14 -> {
                int slash = path.lastIndexOf('/');
                if (slash > 0) files.keySet().removeIf(each -> each.startsWith(path.substring(0, slash + 1)));
            }
            default -> files.put(path, content());
        }
    }

    private void moveFolder(TreeMap<String, Content> files, String path) {
        int slash = path.indexOf('/');
        if (slash < 0) return;
        var from = path.substring(0, slash + 1);
        var to = random.nextInt(4) == 0 ? "moved/" + from : random.nextBoolean() ? "moved/" : pick(FOLDERS);
        for (var each : new ArrayList<>(files.keySet()))
            if (each.startsWith(from)) {
                var content = taken(files, each);
                put(files, to + each.substring(from.length()), random.nextInt(4) == 0 ? edited(content) : content);
            }
    }

    private static Content taken(TreeMap<String, Content> files, String path) {
        return java.util.Objects.requireNonNull(files.remove(path));
    }

    private void add(TreeMap<String, Content> files) {
        put(files, path(), content());
    }

    private String path() {
        return pick(FOLDERS) + pick(NAMES);
    }

    /** What is in the way goes. */
    private static void put(TreeMap<String, Content> files, String path, Content content) {
        files.keySet().removeIf(each -> each.startsWith(path + "/") || path.startsWith(each + "/"));
        files.put(path, content);
    }

    private Content content() {
        return switch (random.nextInt(10)) {
            case 0 -> new Content(FileEntry.LINK, "target" + random.nextInt(3));
            case 1 -> new Content(FileEntry.FILE, "binary\0" + random.nextInt(3));
            case 2 -> new Content(FileEntry.EXECUTABLE, text());
            case 3 -> new Content(FileEntry.FILE, "");
            default -> new Content(FileEntry.FILE, text());
        };
    }

    private String text() {
        var text = new StringBuilder();
        int kind = random.nextInt(3);
        int lines = 4 + random.nextInt(8);
        for (int i = 0; i < lines; i++)
            text.append("line ").append(i).append(" of ").append(kind).append(end(i));
        return text.toString();
    }

    private static String end(int line) {
        return line % 5 == 4 ? " \u00e4\r\n" : "\n";
    }

    private Content edited(Content content) {
        if (content.mode() == FileEntry.LINK || content.bytes().indexOf('\0') >= 0)
            return new Content(content.mode(), content.bytes() + random.nextInt(3));
        var lines = new ArrayList<>(LineDiff.lines(content.bytes().getBytes(StandardCharsets.ISO_8859_1)));
        int at = lines.isEmpty() ? 0 : random.nextInt(lines.size());
        switch (random.nextInt(7)) {
            case 0 -> {
                if (!lines.isEmpty()) lines.remove(at);
            }
            case 1 -> {
                if (!lines.isEmpty()) lines.set(at, "changed " + random.nextInt(3) + "\n");
            }
            case 2, 3, 4 -> lines.add("end " + random.nextInt(4) + (random.nextInt(3) == 0 ? "" : "\n"));
            default -> lines.add(at, "new " + random.nextInt(4) + "\n");
        }
        return new Content(content.mode(), String.join("", lines));
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    static String tree(CodeRepository code, TreeMap<String, Content> files) throws IOException {
        var changes = new ArrayList<EntryChange>();
        for (var file : files.entrySet())
            changes.add(new EntryChange(
                    GitPath.text(file.getKey().getBytes(StandardCharsets.ISO_8859_1)),
                    Optional.empty(),
                    Optional.of(code.file(
                            file.getValue().bytes().getBytes(StandardCharsets.ISO_8859_1),
                            file.getValue().mode()))));
        return changes.isEmpty() ? code.emptyTree() : code.edit(code.emptyTree(), changes);
    }
}
