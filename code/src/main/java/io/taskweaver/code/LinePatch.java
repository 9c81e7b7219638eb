package io.taskweaver.code;

import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The result of a plan as patches for {@code git am}, one per commit of the line. A file with carriage returns is in them
 * as a binary patch, for mail does not keep its line ends; lines of messages that {@code git am} would take for something
 * else are indented.
 */
public final class LinePatch {
    /** Begins a patch, a message or a header of a message, where it is at the beginning of a line of text. */
    private static final Pattern MISREAD = Pattern.compile(
            "^(?=---|@@ -|diff -|Index: |>*From |From:|Date:|Subject:|\\[PATCH|-- $)",
            Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    private LinePatch() {}

    /** How it ended. */
    public sealed interface Written {
        /**
         * The patches as one mailbox.
         *
         * @param notes what a person should know, a sentence each
         */
        record Mailbox(byte[] bytes, List<String> notes) implements Written {}

        /**
         * The patches as files.
         *
         * @param files in the order in which they apply
         * @param notes what a person should know, a sentence each
         */
        record PatchFiles(List<Path> files, List<String> notes) implements Written {
            public PatchFiles {
                files = List.copyOf(files);
            }
        }

        /** Nothing was written. */
        record Refused(Refusal refusal) implements Written {}
    }

    /**
     * All patches as one mailbox.
     *
     * @param user repository that the plan started from, if it is here: patches then begin with what was not committed
     */
    public static Written mailbox(CodeRepository code, PlanLine line, Optional<UserRepository> user)
            throws IOException, InterruptedException {
        try (var scratch = user.isPresent() ? Scratch.of(code, user.get()) : Scratch.of(code)) {
            var range = range(scratch.code(), line);
            return new Written.Mailbox(format(scratch.code(), range, "--stdout"), range.notes());
        }
    }

    /**
     * A file per patch, in a folder without other patches.
     *
     * @param user as above
     */
    public static Written files(CodeRepository code, PlanLine line, Optional<UserRepository> user, Path folder)
            throws IOException, InterruptedException {
        var refusal = Destination.refusalOfFolder(folder, "with --out");
        if (refusal.isPresent()) return new Written.Refused(refusal.get());
        if (Files.isDirectory(folder) && holdsPatches(folder))
            return refused(
                    folder + " has patches already, which would be applied with the new ones.",
                    "Delete them, or name another folder with --out.");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            return refused(
                    "The folder " + folder + " cannot be made: " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(e, "Name another folder with --out."));
        }
        try (var scratch = user.isPresent() ? Scratch.of(code, user.get()) : Scratch.of(code)) {
            var range = range(scratch.code(), line);
            format(
                    scratch.code(),
                    range,
                    "--output-directory",
                    folder.toRealPath().toString());
            return new Written.PatchFiles(patches(folder.toRealPath()), range.notes());
        }
    }

    private static Written refused(String reason, String remedy) {
        return new Written.Refused(new Refusal(reason, remedy));
    }

    private static boolean holdsPatches(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".patch"));
        }
    }

    /** In the order of their names, which begin with their numbers. */
    private static List<Path> patches(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted(Comparator.comparingInt(LinePatch::number))
                    .toList();
        }
    }

    private static int number(Path patch) {
        var name = patch.getFileName().toString();
        return Integer.parseInt(name.substring(0, name.indexOf('-')));
    }

    private record Range(String from, String to, List<String> notes) {}

    /** The commits once more, on one without parents: what is above them is not ours to read. */
    private static Range range(CodeRepository code, PlanLine line) throws IOException, InterruptedException {
        var steps = LineSteps.on(commit -> false, code, line);
        var first = steps.steps().getFirst().before().orElseThrow();
        var from = code.commit(first, List.of(), "base", CodeSnapshot.EPOCH);
        var to = from;
        var notes = new ArrayList<>(steps.note().stream().toList());
        var returns = new TreeSet<String>();
        for (var step : steps.steps()) {
            var commit = step.commit();
            if (step.isWork()) notes.add("The first patch is the work that was not committed when the plan started.");
            to = commit.rewritten(
                    code, commit.tree(), Optional.of(to), safe(commit.message()).getBytes(StandardCharsets.UTF_8));
            for (var change : code.difference(step.before().orElseThrow(), commit.tree()))
                for (var side : List.of(change.before(), change.after()))
                    if (side.isPresent()
                            && side.get().isFile()
                            && hasReturns(code.bytes(side.get().object()))) returns.add(change.path());
        }
        writeAttributes(code, returns);
        return new Range(from, to, notes);
    }

    /** Not the title, which is a header of its own. */
    private static String safe(String message) {
        int end = message.indexOf('\n');
        if (end < 0) return message;
        return message.substring(0, end)
                + MISREAD.matcher(message.substring(end)).replaceAll(" ");
    }

    private static boolean hasReturns(byte[] content) {
        for (byte each : content) if (each == '\r') return true;
        return false;
    }

    private static void writeAttributes(CodeRepository code, TreeSet<String> binary) throws IOException {
        var lines = binary.stream().map(path -> pattern(path) + " -diff").collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(code.folder().resolve("info/attributes"), lines);
    }

    /** A pattern that means one path: special characters escaped, and all of it quoted. */
    private static String pattern(String path) {
        var pattern = new StringBuilder("\"/");
        for (byte each : GitPath.bytes(path)) {
            int c = Byte.toUnsignedInt(each);
            if (c == '*' || c == '?' || c == '[') pattern.append("\\\\").append((char) c);
            else if (c == '\\') pattern.append("\\\\\\\\");
            else if (c == '"') pattern.append("\\\"");
            else if (c < 0x20 || c >= 0x7f) pattern.append(String.format("\\%03o", c));
            else pattern.append((char) c);
        }
        return pattern.append('"').toString();
    }

    private static byte[] format(CodeRepository code, Range range, String... where)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(
                "format-patch", "--binary", "--full-index", "--find-renames", "--no-signature", "--zero-commit"));
        arguments.addAll(List.of(where));
        arguments.add(range.from() + ".." + range.to());
        return code.git().options("-c", "core.quotePath=true").bytes(arguments.toArray(String[]::new));
    }
}
