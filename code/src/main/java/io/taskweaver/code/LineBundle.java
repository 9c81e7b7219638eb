package io.taskweaver.code;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;

/**
 * The line of a plan as a Git bundle, with the branches {@code base} and {@code line}. It is written here and not by Git,
 * because what is above the base is not ours: the bundle names the base's parents as commits that its reader has, and holds
 * all of the base's files nevertheless.
 */
public final class LineBundle {
    private static final String SIGNATURE = "# v2 git bundle";
    private static final String BASE = "refs/heads/base";
    private static final String LINE = "refs/heads/line";
    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern PREREQUISITE = Pattern.compile("-([0-9a-f]{40})(?: .*)?");
    private static final Pattern REFERENCE = Pattern.compile("([0-9a-f]{40}) (\\S+)");

    private LineBundle() {}

    /**
     * What a bundle holds.
     *
     * @param base the commit that the line begins with
     * @param head its last commit
     */
    public record Content(String base, String head) {}

    /** A bundle as bytes; see {@link #write}. */
    public static byte[] bytes(CodeRepository code, String base, String head, Optional<String> have)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        write(code, base, head, have, bytes);
        return bytes.toByteArray();
    }

    /**
     * Writes a bundle.
     *
     * @param base first commit of the line
     * @param head last commit of the line
     * @param have commit that its reader has with all of its files, such as the base; without effect if it is no commit, or not here
     */
    public static void write(CodeRepository code, String base, String head, Optional<String> have, OutputStream out)
            throws IOException {
        var commits = new ArrayList<String>();
        var required = new TreeSet<String>();
        var known = have.isPresent() && isHere(code, have.get()) ? have : Optional.<String>empty();
        var at = Optional.of(head);
        while (at.isPresent() && !at.equals(known)) {
            commits.addFirst(at.get());
            at = before(code, at.get(), base, required);
        }
        known.ifPresent(required::add);
        var header = new StringBuilder(SIGNATURE).append('\n');
        for (var commit : required) header.append('-').append(commit).append('\n');
        header.append(base).append(' ').append(BASE).append('\n');
        header.append(head).append(' ').append(LINE).append("\n\n");
        out.write(header.toString().getBytes(StandardCharsets.US_ASCII));
        code.packs().write(commits, known.isPresent() ? Optional.of(code.treeOf(known.get())) : Optional.empty(), out);
    }

    /** What a reader names may be anything. */
    private static boolean isHere(CodeRepository code, String commit) throws IOException {
        try {
            return OBJECT.matcher(commit).matches() && code.isComplete(commit);
        } catch (IncorrectObjectTypeException e) {
            return false;
        }
    }

    /** The commit before one on the line; empty before the base. */
    private static Optional<String> before(CodeRepository code, String commit, String base, TreeSet<String> required)
            throws IOException {
        var raw = RawCommit.read(code, commit);
        var parents = raw.parents();
        if (commit.equals(base)) {
            required.addAll(parents);
            return Optional.empty();
        }
        if (parents.isEmpty()) throw new IOException("the line does not lead from " + base + " to it");
        required.addAll(parents.subList(1, parents.size()));
        return Optional.of(parents.getFirst());
    }

    /**
     * Takes up a bundle.
     *
     * @param into repository of ours; it has, or borrows, what the writer was told that the reader has
     * @throws IOException if it is no bundle of a line, or something is missing
     */
    public static Content read(byte[] bundle, CodeRepository into) throws IOException {
        int at = 0;
        var lines = new ArrayList<String>();
        while (true) {
            int end = at;
            while (end < bundle.length && bundle[end] != '\n') end++;
            if (end == bundle.length) throw new IOException("not a Git bundle");
            var line = new String(bundle, at, end - at, StandardCharsets.UTF_8);
            at = end + 1;
            if (line.isEmpty()) break;
            lines.add(line);
        }
        var content = content(lines);
        into.unpack(Arrays.copyOfRange(bundle, at, bundle.length));
        for (var commit : List.of(content.base(), content.head()))
            if (!into.isComplete(commit)) throw new IOException("the bundle lacks the commit " + commit);
        into.cutAbove(content.base());
        into.head(content.head());
        return content;
    }

    private static Content content(List<String> lines) throws IOException {
        if (lines.isEmpty() || !lines.getFirst().equals(SIGNATURE))
            throw new IOException("not a Git bundle, version 2");
        String base = "";
        String head = "";
        for (var line : lines.subList(1, lines.size())) {
            if (PREREQUISITE.matcher(line).matches()) continue;
            var reference = REFERENCE.matcher(line);
            if (!reference.matches()) throw new IOException("not a line of a bundle: " + line);
            if (reference.group(2).equals(BASE)) base = reference.group(1);
            if (reference.group(2).equals(LINE)) head = reference.group(1);
        }
        if (base.isEmpty() || head.isEmpty()) throw new IOException("the bundle holds no line of a plan");
        return new Content(base, head);
    }
}
