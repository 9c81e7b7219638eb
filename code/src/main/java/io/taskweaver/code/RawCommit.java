package io.taskweaver.code;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** A commit as its bytes are: with parents that a shallow repository hides, and with all that others wrote into it. */
final class RawCommit {
    private static final Pattern TASK = Pattern.compile("(?i)[a-z-]*task(?:-id)?:\\s*(\\S+)");

    private static final String RECONCILE = "-reconcile-";

    private final String id;
    private final List<String> headers;
    private final byte[] message;

    private RawCommit(String id, List<String> headers, byte[] message) {
        this.id = id;
        this.headers = List.copyOf(headers);
        this.message = message;
    }

    static RawCommit read(CodeRepository code, String id) throws IOException {
        var bytes = code.repository()
                .open(ObjectId.fromString(id), Constants.OBJ_COMMIT)
                .getBytes();
        var headers = new ArrayList<String>();
        int at = 0;
        while (at < bytes.length && bytes[at] != '\n') {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') end++;
            headers.add(new String(bytes, at, end - at, StandardCharsets.ISO_8859_1));
            at = end + 1;
        }
        return new RawCommit(
                id, headers, java.util.Arrays.copyOfRange(bytes, Math.min(at + 1, bytes.length), bytes.length));
    }

    String id() {
        return id;
    }

    String tree() {
        return headers.getFirst().substring("tree ".length());
    }

    List<String> parents() {
        return headers.stream()
                .filter(header -> header.startsWith("parent "))
                .map(header -> header.substring("parent ".length()))
                .toList();
    }

    String message() {
        return new String(message, StandardCharsets.UTF_8);
    }

    /** First line of the message. */
    String title() {
        return message().lines().findFirst().orElse("").strip();
    }

    /** Whether it is about a task, as a trailer of its message says. */
    boolean isOf(String task) {
        return tasks().anyMatch(task::equals);
    }

    /** Whether it brings a task's result in that conflicted, directly or after further conflicts. */
    boolean isOfReconciliation(String task) {
        return tasks().anyMatch(other -> other.startsWith(task + RECONCILE));
    }

    /** The tasks that it is about, and those whose conflicting results it brings in. */
    Set<String> ofTasks() {
        var all = new LinkedHashSet<String>();
        tasks().forEach(task -> {
            all.add(task);
            for (int at = task.indexOf(RECONCILE); at > 0; at = task.indexOf(RECONCILE, at + 1))
                all.add(task.substring(0, at));
        });
        return all;
    }

    /** The tasks that it is about. */
    Stream<String> tasks() {
        return message().lines().map(TASK::matcher).filter(Matcher::matches).map(matcher -> matcher.group(1));
    }

    /** Whether it holds what a user had not committed, and is not the user's own. */
    boolean isSnapshot() {
        var author = "author " + CodeRepository.NAME + " <" + CodeRepository.MAIL + "> "
                + CodeSnapshot.EPOCH.getEpochSecond() + " ";
        return headers.stream().anyMatch(header -> header.startsWith(author));
    }

    /** Stores the same commit with another tree and parent: author, dates and message stay. */
    String rewritten(CodeRepository code, String tree, Optional<String> parent) throws IOException {
        return rewritten(code, tree, parent, message);
    }

    /** The same with another message. */
    String rewritten(CodeRepository code, String tree, Optional<String> parent, byte[] text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("tree " + tree + "\n").getBytes(StandardCharsets.US_ASCII));
        if (parent.isPresent()) bytes.writeBytes(("parent " + parent.get() + "\n").getBytes(StandardCharsets.US_ASCII));
        boolean ofSignature = false;
        for (var header : headers) {
            // A signature is of the commit as it was.
            ofSignature = header.startsWith("gpgsig") || (ofSignature && header.startsWith(" "));
            if (ofSignature || header.startsWith("tree ") || header.startsWith("parent ")) continue;
            bytes.writeBytes((header + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        bytes.write('\n');
        bytes.writeBytes(text);
        try (var inserter = code.repository().newObjectInserter()) {
            var made = inserter.insert(Constants.OBJ_COMMIT, bytes.toByteArray());
            inserter.flush();
            return made.name();
        }
    }
}
