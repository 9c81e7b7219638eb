package io.taskweaver.client;

import io.taskweaver.model.CodeFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an existing code base, as {@link CodeFolder} finds them. Binary files are listed without their content, and
 * so are files over the limits; small files come first when the text has to be rationed.
 *
 * @param files sorted by path
 * @param withoutContent how many of them are listed without content for want of room
 * @param leftOut how many are not even listed for want of room
 */
public record CodeInventory(List<CodeFile> files, int withoutContent, int leftOut) {
    private static final int LARGEST_FILE_BYTES = 256 * 1024;

    /** What a listed file takes up besides its path and content, bytes, rounded up. */
    private static final int ENTRY_BYTES = 16;

    public CodeInventory {
        files = List.copyOf(files);
    }

    /**
     * Reads a directory.
     *
     * @param budgetBytes most bytes that paths and texts together may take up
     * @throws UncheckedIOException if a file or folder cannot be read
     */
    public static CodeInventory read(Path directory, long budgetBytes) {
        return of(CodeFolder.read(directory), budgetBytes);
    }

    /**
     * Reads the files of a folder.
     *
     * @param budgetBytes most bytes that paths and texts together may take up
     * @throws UncheckedIOException if a file cannot be read
     */
    public static CodeInventory of(CodeFolder folder, long budgetBytes) {
        long left = budgetBytes;
        var listed = new ArrayList<CodeFolder.Entry>();
        for (var file : folder.entries()) {
            long cost = (long) file.path().getBytes(StandardCharsets.UTF_8).length + ENTRY_BYTES;
            if (cost > left) break;
            left -= cost;
            listed.add(file);
        }
        var contents = new HashMap<String, String>();
        int withoutContent = 0;
        for (var file : bySize(listed)) {
            if (file.size() > Math.min(left, LARGEST_FILE_BYTES)) {
                withoutContent++;
                continue;
            }
            switch (file.text()) {
                case CodeFolder.Text.Read text -> {
                    left -= file.size();
                    contents.put(file.path(), text.content());
                }
                case CodeFolder.Text.Binary binary -> {}
                case CodeFolder.Text.Unreadable unreadable -> throw new UncheckedIOException(unreadable.cause());
            }
        }
        return new CodeInventory(
                files(listed, contents), withoutContent, folder.entries().size() - listed.size());
    }

    private static List<CodeFolder.Entry> bySize(List<CodeFolder.Entry> files) {
        return files.stream()
                .sorted(Comparator.comparingLong(CodeFolder.Entry::size).thenComparing(CodeFolder.Entry::path))
                .toList();
    }

    private static List<CodeFile> files(List<CodeFolder.Entry> listed, Map<String, String> contents) {
        return listed.stream()
                .map(file -> new CodeFile(file.path(), file.size(), Optional.ofNullable(contents.get(file.path()))))
                .sorted(Comparator.comparing(CodeFile::path))
                .toList();
    }
}
