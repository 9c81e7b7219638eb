package io.taskweaver.agents.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.code.PreparedFiles;
import io.taskweaver.code.WorkFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What set-up commands made, in a folder that all executors of a machine share. A key is made once, whoever asks for it; who
 * asks meanwhile waits. What is not complete is not there: it is made in another folder, which is renamed when it is done. If
 * all of it together is too large, what was not used for the longest time is removed.
 *
 * <p>Files are copied into each work tree, as clones where the file system has them. Hard links would be faster, but agents
 * and their tools write into files in place, and with links into those of all others.
 */
final class SetupCache {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOCK = ".lock";
    private static final String FAILED = ".failed";
    private static final String MAKING = "making.";
    private static final String REMOVED = "removed.";
    private static final String DESCRIPTION = "made.json";
    private static final String ENTRY = "entry";
    private static final String FILES = "files";

    private final Path folder;
    private final long most;

    /**
     * @param folder made if it is missing
     * @param most bytes that all of it may have together; the last one stays even if it has more
     */
    SetupCache(Path folder, long most) {
        this.folder = folder.toAbsolutePath().normalize();
        this.most = most;
    }

    /** What is asked for. */
    sealed interface Found<T> {
        /** It is here, and was used. */
        record Used<T>(T result) implements Found<T> {}

        /** The command failed. */
        record Failed<T>(String reason) implements Found<T> {}
    }

    /** Uses what was made, which stays where it is meanwhile. */
    interface Use<T> {
        T of(Made made) throws IOException, InterruptedException;
    }

    /**
     * What a command made.
     *
     * @param path its folder
     * @param files what it is
     * @param roots paths of the folder in which it was made, as text in some of the files
     * @param mentioning files and links with one of these paths in them, below {@link #content}
     * @param bytes on the disk
     */
    record Made(Path path, PreparedFiles files, List<String> roots, List<String> mentioning, long bytes) {
        /** The files themselves. */
        Path content() {
            return path.resolve(FILES);
        }

        private static Made read(Path path) throws IOException {
            var json = JSON.readTree(Files.readString(path.resolve(DESCRIPTION)));
            var roots = new ArrayList<String>();
            for (var root : json.path("roots")) roots.add(root.asText());
            var mentioning = new ArrayList<String>();
            for (var file : json.path("mentioning")) mentioning.add(file.asText());
            return new Made(
                    path,
                    PreparedJson.read(json),
                    roots,
                    mentioning,
                    json.path("bytes").asLong());
        }

        private void describe() throws IOException {
            var json = PreparedJson.write(files).put("bytes", bytes);
            roots.forEach(json.putArray("roots")::add);
            mentioning.forEach(json.putArray("mentioning")::add);
            Files.writeString(path.resolve(DESCRIPTION), json.toPrettyString());
        }

        private FileTime used() throws IOException {
            return Files.getLastModifiedTime(path.resolve(DESCRIPTION));
        }
    }

    /** Runs a set-up command. */
    interface Maker {
        /**
         * Runs it in a folder of its own.
         *
         * @param making folder that exists and is empty; what the command made belongs into {@link #content} of it
         */
        Making make(Path making) throws IOException, InterruptedException;
    }

    /** Where the files belong in a folder in which they are made. */
    static Path content(Path making) {
        return making.resolve(ENTRY).resolve(FILES);
    }

    /** How it ended. */
    sealed interface Making {
        /** It succeeded. */
        record Done(PreparedFiles files, SetupContent content) implements Making {}

        /** It failed. */
        record Failed(String reason) implements Making {}
    }

    /**
     * Uses what was made for a key; makes it first if it is not there. Who waited while somebody else failed to make it does
     * not try again.
     */
    <T> Found<T> use(SetupKey key, Maker maker, Use<T> use) throws IOException, InterruptedException {
        var asked = Instant.now();
        var path = folder.resolve(key.value());
        var file = lock(path);
        try (var lock = PathLock.share(file)) {
            if (isThere(path)) return used(path, use);
        }
        Found<T> found;
        try (var lock = PathLock.acquire(file)) {
            var failure = failureSince(asked, key);
            if (isThere(path)) found = used(path, use);
            else if (failure.isPresent()) found = new Found.Failed<>(failure.get());
            else found = made(key, path, maker, use);
        }
        removeUnused();
        return found;
    }

    private <T> Found<T> made(SetupKey key, Path path, Maker maker, Use<T> use)
            throws IOException, InterruptedException {
        removeRemains(MAKING + key.value() + ".");
        var failed = folder.resolve(key.value() + FAILED);
        var reason = make(key, path, maker);
        if (reason.isPresent()) {
            Files.writeString(failed, reason.get());
            return new Found.Failed<>(reason.get());
        }
        Files.deleteIfExists(failed);
        return used(path, use);
    }

    private static <T> Found<T> used(Path path, Use<T> use) throws IOException, InterruptedException {
        Files.setLastModifiedTime(path.resolve(DESCRIPTION), FileTime.from(Instant.now()));
        return new Found.Used<>(use.of(Made.read(path)));
    }

    private static Path lock(Path entry) {
        return entry.resolveSibling(entry.getFileName() + LOCK);
    }

    private static boolean isThere(Path entry) {
        return Files.exists(entry.resolve(DESCRIPTION));
    }

    /** Makes it; why it failed, if it did. */
    private Optional<String> make(SetupKey key, Path path, Maker maker) throws IOException, InterruptedException {
        var making = Files.createDirectory(folder.resolve(MAKING + key.value() + "." + UUID.randomUUID()));
        try {
            return switch (maker.make(making)) {
                case Making.Failed(String reason) -> Optional.of(reason);
                case Making.Done(PreparedFiles files, SetupContent content) -> {
                    var entry = making.resolve(ENTRY);
                    new Made(entry, files, content.roots(), content.mentioning(), content.bytes()).describe();
                    Files.move(entry, path, StandardCopyOption.ATOMIC_MOVE);
                    yield Optional.empty();
                }
            };
        } finally {
            WorkFolders.delete(making);
        }
    }

    private Optional<String> failureSince(Instant asked, SetupKey key) throws IOException {
        var file = folder.resolve(key.value() + FAILED);
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(asked)
                    ? Optional.of(Files.readString(file))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * What a killed process left. Its command may still run, and would continue to write: also into what is being deleted,
     * until it is gone. So this is left to {@link #removeUnused}.
     */
    private void removeRemains(String prefix) throws IOException, InterruptedException {
        try (var remains = Files.newDirectoryStream(folder, prefix + "*")) {
            for (var each : remains) {
                new CommandProcess(new RunFolder(each)).stop();
                Files.move(each, folder.resolve(REMOVED + UUID.randomUUID()), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** A failure to remove something costs only space. */
    private void removeUnused() {
        try {
            var all = all();
            all.sort(Comparator.comparing(Used::at).reversed());
            long bytes = 0;
            for (int i = 0; i < all.size(); i++) {
                bytes += all.get(i).made().bytes();
                if (i > 0 && bytes > most) remove(all.get(i).made().path());
            }
            try (var removed = Files.newDirectoryStream(folder, REMOVED + "*")) {
                for (var each : removed) WorkFolders.delete(each);
            }
        } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
            System.getLogger(SetupCache.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "What set-up commands made could not be removed from " + folder,
                            e);
        }
    }

    private record Used(Made made, FileTime at) {}

    private List<Used> all() throws IOException {
        var all = new ArrayList<Used>();
        try (var entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (var each : entries) {
                var name = each.getFileName().toString();
                if (name.startsWith(MAKING) || name.startsWith(REMOVED)) continue;
                try {
                    var made = Made.read(each);
                    all.add(new Used(made, made.used()));
                } catch (NoSuchFileException e) {
                    // Another process removed it.
                }
            }
        }
        return all;
    }

    /** Renamed first, so that nobody takes a part of it for the whole; not while somebody copies it. */
    private void remove(Path entry) throws IOException {
        var removed = folder.resolve(REMOVED + UUID.randomUUID());
        var lock = PathLock.tryAcquire(lock(entry));
        if (lock.isEmpty()) return;
        try (var held = lock.get()) {
            Files.move(entry, removed, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        WorkFolders.delete(removed);
    }

    /** Lays what was made over a work tree. */
    static void copy(Made made, Path root) throws IOException, InterruptedException {
        for (var change : made.files().changed()) WorkFolders.deleteFile(root.resolve(change.path()), root);
        var problem = FileCopy.into(made.content(), root);
        if (problem.isPresent())
            throw new IOException("what the set-up command made cannot be copied: " + problem.get());
        for (var file : made.mentioning()) moved(made, root, root.resolve(file));
    }

    /** Some tools write the folder that they work in into files: scripts of Python's environments, build files. */
    private static void moved(Made made, Path root, Path file) throws IOException {
        var here = SetupContent.roots(root);
        if (Files.isSymbolicLink(file)) {
            var target = Files.readSymbolicLink(file).toString();
            Files.delete(file);
            Files.createSymbolicLink(file, Path.of(replaced(target, made.roots(), here)));
            return;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return;
        var at = Files.getLastModifiedTime(file);
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean writable = Files.isWritable(file);
        if (!writable) file.toFile().setWritable(true);
        // Bytes stay as they are, whatever the encoding: paths are replaced as bytes of UTF-8.
        Files.writeString(file, replaced(text, bytes(made.roots()), bytes(here)), StandardCharsets.ISO_8859_1);
        if (!writable) file.toFile().setWritable(false);
        Files.setLastModifiedTime(file, at);
    }

    private static List<String> bytes(List<String> texts) {
        return texts.stream()
                .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static String replaced(String text, List<String> from, List<String> to) {
        var replaced = text;
        for (int i = 0; i < from.size(); i++)
            replaced = replaced.replace(from.get(i), to.get(Math.min(i, to.size() - 1)));
        return replaced;
    }
}
