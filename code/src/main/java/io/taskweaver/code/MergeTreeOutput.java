package io.taskweaver.code;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What {@code git merge-tree --write-tree -z} printed about a merge.
 *
 * <p>Where a file and a folder want the same name, Git moves the file to a marker, {@code name~COMMIT}. Stages and kinds are
 * told here of the name that it would have.
 *
 * @param tree the merged tree, with marks in the files that conflict
 * @param all sides of conflicting paths: 1 is the base, 2 the head, 3 the result
 * @param kinds kinds of Git's messages, by path
 * @param marker matches the text of a marker
 */
record MergeTreeOutput(
        String tree, Map<String, Map<Integer, Stage>> all, Map<String, Set<String>> kinds, Pattern marker) {
    private static final String CONTENTS = "CONFLICT (contents)";
    private static final String CONFLICT = "CONFLICT";

    /** @param mode as Git has it */
    record Stage(int mode, String object) {
        boolean isNothing() {
            return object.chars().allMatch(c -> c == '0');
        }
    }

    /** @param commits full names of both sides */
    static MergeTreeOutput of(byte[] output, Set<String> commits) throws IOException {
        var fields = fields(output);
        if (fields.isEmpty()) throw new IOException("git merge-tree printed nothing");
        var marker = Pattern.compile("~(?:" + String.join("|", commits) + ")(?:_[0-9]+)?(?=\"?$)");
        var stages = new TreeMap<String, Map<Integer, Stage>>();
        int at = 1;
        for (; at < fields.size() && fields.get(at).length > 0; at++) {
            var field = fields.get(at);
            int tab = indexOf(field, '\t');
            var columns = ascii(Arrays.copyOf(field, tab)).split(" ", -1);
            stages.computeIfAbsent(
                            path(Arrays.copyOfRange(field, tab + 1, field.length), marker), any -> new HashMap<>())
                    .put(Integer.parseInt(columns[2]), new Stage(Integer.parseInt(columns[0], 8), columns[1]));
        }
        var kinds = new HashMap<String, Set<String>>();
        at++;
        while (at < fields.size() && fields.get(at).length > 0) {
            int paths = Integer.parseInt(ascii(fields.get(at)));
            var kind = ascii(fields.get(at + paths + 1));
            for (int i = 1; i <= paths; i++)
                kinds.computeIfAbsent(path(fields.get(at + i), marker), any -> new HashSet<>())
                        .add(kind);
            at += paths + 3;
        }
        return new MergeTreeOutput(ascii(fields.getFirst()), stages, kinds, marker);
    }

    private static String path(byte[] field, Pattern marker) {
        return marker.matcher(GitPath.text(field)).replaceFirst("");
    }

    /** Whether a path of the merged tree is a marker. */
    boolean isMarker(String path) {
        return marker.matcher(path).find();
    }

    /** Paths that have stages. */
    Set<String> paths() {
        return all.keySet();
    }

    Map<Integer, Stage> stages(String path) {
        return all.getOrDefault(path, Map.of());
    }

    /** Whether a path conflicts in its content alone. */
    boolean isOnlyContent(String path) {
        var conflicts = new HashSet<>(kinds.getOrDefault(path, Set.of()));
        conflicts.removeIf(kind -> !kind.startsWith(CONFLICT));
        return conflicts.equals(Set.of(CONTENTS));
    }

    /** Whether Git complains about a path. */
    boolean isUnresolved(String path) {
        return all.containsKey(path) || unresolved().contains(path);
    }

    /** Paths that Git complains about. */
    Set<String> unresolved() {
        var paths = new TreeSet<String>();
        kinds.forEach((path, told) -> {
            if (told.stream().anyMatch(kind -> kind.startsWith(CONFLICT))) paths.add(path);
        });
        return paths;
    }

    private static List<byte[]> fields(byte[] output) {
        var fields = new ArrayList<byte[]>();
        int from = 0;
        for (int i = 0; i < output.length; i++)
            if (output[i] == 0) {
                fields.add(Arrays.copyOfRange(output, from, i));
                from = i + 1;
            }
        return fields;
    }

    private static int indexOf(byte[] field, char c) {
        for (int i = 0; i < field.length; i++) if (field[i] == c) return i;
        return field.length;
    }

    private static String ascii(byte[] field) {
        return new String(field, java.nio.charset.StandardCharsets.UTF_8);
    }
}
