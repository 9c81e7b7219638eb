package io.taskweaver.client;

import io.taskweaver.domain.document.CodeFile;
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
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * The files of an existing code base, as git would see them: what {@code .gitignore} files exclude is left out, and so
 * are build output, dependencies and symbolic links. Binary files are listed without their content, and so are files
 * over the limits; small files come first when the text has to be rationed.
 *
 * @param files sorted by path
 * @param withoutContent how many of them are listed without content for want of room
 * @param leftOut how many are not even listed for want of room
 */
public record CodeInventory(List<CodeFile> files, int withoutContent, int leftOut) {
    private static final int LARGEST_FILE_BYTES = 256 * 1024;
    private static final Set<String> NEVER = Set.of(".git", "target", "node_modules", ".taskweaver", "taskweaver-out");

    /** What a listed file takes up besides its path and content, bytes, rounded up. */
    private static final int ENTRY_BYTES = 16;

    public CodeInventory {
        files = List.copyOf(files);
    }

    /**
     * Reads a directory.
     *
     * @param budgetBytes most bytes that paths and texts together may take up
     * @throws UncheckedIOException if a file or folder can not be read
     */
    public static CodeInventory read(Path directory, long budgetBytes) {
        return new Walk(directory).inventory(budgetBytes);
    }

    private record Found(Path file, String path, long size) {}

    private static final class Walk {
        private final Path root;
        private final List<Found> found = new ArrayList<>();

        /** Rules of the folders from the root to the one at hand; a folder's own come last and decide first. */
        private final Deque<FolderRules> rules = new ArrayDeque<>();

        Walk(Path root) {
            this.root = root;
        }

        CodeInventory inventory(long budgetBytes) {
            rulesOf(root.resolve(".git/info/exclude"), "").ifPresent(rules::push);
            visit(root, "");
            long left = budgetBytes;
            var listed = new ArrayList<Found>();
            for (var file : found) {
                long cost = (long) file.path.getBytes(StandardCharsets.UTF_8).length + ENTRY_BYTES;
                if (cost > left) break;
                left -= cost;
                listed.add(file);
            }
            var contents = new HashMap<String, String>();
            int withoutContent = 0;
            for (var file : bySize(listed)) {
                if (file.size > Math.min(left, LARGEST_FILE_BYTES)) {
                    withoutContent++;
                    continue;
                }
                var text = textOf(file.file);
                if (text.isEmpty()) continue;
                left -= file.size;
                contents.put(file.path, text.get());
            }
            return new CodeInventory(files(listed, contents), withoutContent, found.size() - listed.size());
        }

        private static List<Found> bySize(List<Found> files) {
            return files.stream()
                    .sorted(Comparator.comparingLong(Found::size).thenComparing(Found::path))
                    .toList();
        }

        private static List<CodeFile> files(List<Found> listed, Map<String, String> contents) {
            return listed.stream()
                    .map(file -> new CodeFile(file.path, file.size, Optional.ofNullable(contents.get(file.path))))
                    .sorted(Comparator.comparing(CodeFile::path))
                    .toList();
        }

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
                    found.add(new Found(entry, path, size(entry)));
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

    private static Optional<String> textOf(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            for (byte b : bytes) if (b == 0) return Optional.empty();
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
