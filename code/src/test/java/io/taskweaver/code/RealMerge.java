package io.taskweaver.code;

import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What {@code git merge} does with three trees, in a repository with a work tree and default configuration. */
final class RealMerge {
    private final CodeRepository code;
    private final Git git;
    private final Path folder;

    RealMerge(CodeRepository code, Path folder) throws IOException, InterruptedException {
        this.code = code;
        this.folder = folder;
        Files.createDirectories(folder);
        git = Git.in(folder);
        git.text("init", "--quiet");
        Files.writeString(
                folder.resolve(".git/objects/info/alternates"),
                code.folder().toAbsolutePath().resolve("objects") + "\n");
    }

    /**
     * How it ended.
     *
     * @param tree the merged tree; empty if there are conflicts
     * @param clean what does not conflict
     * @param unmerged paths that conflict, some of them markers
     */
    record End(Optional<String> tree, Map<String, FileEntry> clean, Set<String> unmerged) {}

    End of(String base, String head, String result) throws IOException, InterruptedException {
        var ancestor = code.commit(base, List.of(), "real base", Instant.EPOCH);
        var ours = code.commit(head, List.of(ancestor), "real head", Instant.EPOCH);
        var theirs = code.commit(result, List.of(ancestor), "real result", Instant.EPOCH);
        git.text("reset", "--quiet", "--hard", ours);
        git.text("clean", "-ffdxq");
        var end = git.run(List.of("merge", "--no-ff", "--no-edit", "--quiet", theirs), new byte[0]);
        if (end.code() == 0) return new End(Optional.of(git.text("rev-parse", "HEAD^{tree}")), Map.of(), Set.of());
        // Some renames among files, links and folders are more than Git can do.
        if (end.code() > 128 || end.errors().contains("null sha1")) {
            Files.deleteIfExists(folder.resolve(".git/index.lock"));
            return new End(Optional.empty(), Map.of(), Set.of("failed"));
        }
        if (end.code() != 1) throw new IOException("git merge: " + end.errors());
        var clean = new TreeMap<String, FileEntry>();
        var unmerged = new HashSet<String>();
        for (var line : new String(git.bytes("ls-files", "-s", "-z"), StandardCharsets.ISO_8859_1).split("\0", -1)) {
            if (line.isEmpty()) continue;
            int tab = line.indexOf('\t');
            var columns = line.substring(0, tab).split(" ", -1);
            var path = GitPath.text(line.substring(tab + 1).getBytes(StandardCharsets.ISO_8859_1));
            if (columns[2].equals("0")) clean.put(path, new FileEntry(Integer.parseInt(columns[0], 8), columns[1], 0));
            else unmerged.add(path);
        }
        return new End(Optional.empty(), clean, unmerged);
    }
}
