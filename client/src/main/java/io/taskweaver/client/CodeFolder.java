package io.taskweaver.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * The files of a code base, as git would see them: what {@code .gitignore} files exclude is left out, and so are build
 * output, dependencies and symbolic links. Files are read when their text is asked for.
 *
 * @param entries folder by folder, each sorted by name
 */
public record CodeFolder(List<Entry> entries) {
    private static final Set<String> NEVER = Set.of(".git", "target", "node_modules", ".taskweaver", "taskweaver-out");

    /**
     * A file.
     *
     * @param path relative to the code base's root, '/' separated
     * @param size bytes
     */
    public record Entry(Path file, String path, long size) {
        /** Its text, read now. */
        public Text text() {
            try {
                var bytes = Files.readAllBytes(file);
                for (byte b : bytes) if (b == 0) return new Text.Binary();
                return new Text.Read(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString());
            } catch (CharacterCodingException e) {
                return new Text.Binary();
            } catch (IOException e) {
                return new Text.Unreadable(e);
            }
        }
    }

    /** What reading a file gives. */
    public sealed interface Text {
        /** It is text in UTF-8. */
        record Read(String content) implements Text {}

        /** It holds a zero byte or is not UTF-8. */
        record Binary() implements Text {}

        /** It cannot be opened or read. */
        record Unreadable(IOException cause) implements Text {}
    }

    public CodeFolder {
        entries = List.copyOf(entries);
    }

    /**
     * Lists a directory.
     *
     * @throws UncheckedIOException if a folder cannot be read
     */
    public static CodeFolder read(Path directory) {
        var walk = new Walk();
        rulesOf(directory.resolve(".git/info/exclude"), "").ifPresent(walk.rules::push);
        walk.visit(directory, "");
        return new CodeFolder(walk.found);
    }

    /** The same without some files. */
    public CodeFolder without(Set<Path> files) {
        if (files.isEmpty()) return this;
        return new CodeFolder(entries.stream()
                .filter(entry -> !files.contains(entry.file().toAbsolutePath().normalize()))
                .toList());
    }

    private static final class Walk {
        private final List<Entry> found = new ArrayList<>();

        /** Rules of the folders from the root to the one at hand; a folder's own come last and decide first. */
        private final Deque<FolderRules> rules = new ArrayDeque<>();

        private void visit(Path folder, String prefix) {
            var own = rulesOf(folder.resolve(".gitignore"), prefix);
            own.ifPresent(rules::push);
            for (var entry : entries(folder)) {
                var path = prefix + entry.getFileName();
                if (Files.isSymbolicLink(entry)) continue;
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    if (!NEVER.contains(entry.getFileName().toString()) && !ignored(path, true))
                        visit(entry, path + "/");
                } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) && !ignored(path, false)) {
                    found.add(new Entry(entry, path, size(entry)));
                }
            }
            own.ifPresent(mine -> rules.pop());
        }

        private boolean ignored(String path, boolean directory) {
            for (var folder : rules) {
                var verdict = folder.node.checkIgnored(path.substring(folder.prefix.length()), directory);
                if (verdict != null) return verdict;
            }
            return false;
        }
    }

    private record FolderRules(String prefix, IgnoreNode node) {}

    private static Optional<FolderRules> rulesOf(Path file, String prefix) {
        if (!Files.isRegularFile(file)) return Optional.empty();
        try (var in = Files.newInputStream(file)) {
            var node = new IgnoreNode();
            node.parse(in);
            return Optional.of(new FolderRules(prefix, node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> entries(Path folder) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            return StreamSupport.stream(stream.spliterator(), false).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
