package io.taskweaver.bench;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.CodeSnapshot;
import io.taskweaver.code.TreeMerge;
import io.taskweaver.code.WorkTree;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the code of a plan costs: a generated code base of N small files, 100 to a folder. Prints one JSON object: {@code
 * {bench, files, base_s, unpack_s, pack_mb, work_tree_first_s, work_tree_s, result_s, work_tree_mb, merges_per_s,
 * content_merges_per_s}}. {@code base_s} is taking the code and packing it; {@code work_tree_s} and {@code result_s}, making
 * the work tree of a task and taking its result, are means of five after the first, each of what the one before left; a merge is of three
 * new files, with its commit and its pack; a content merge needs Git.
 *
 * <p>Usage: {@code CodeLine [N]}.
 */
public final class CodeLine {
    private static final int FILES_A_FOLDER = 100;
    private static final int WORK_TREES = 5;
    private static final int MERGES = 400;
    private static final int CONTENT_MERGES = 50;
    private static final long MOST = 50L << 20;
    private static final double MIB = 1024 * 1024;

    private final Path root;
    private final CodeRepository code;

    private CodeLine(Path root, CodeRepository code) {
        this.root = root;
        this.code = code;
    }

    /** Entry point. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        var root = Files.createTempDirectory("taskweaver-code-");
        try (var code = CodeRepository.open(root.resolve("line"))) {
            var user = root.resolve("user");
            for (int i = 0; i < files; i++) {
                var file = user.resolve("part" + i / FILES_A_FOLDER).resolve("Thing" + i + ".txt");
                Files.createDirectories(file.getParent());
                Files.writeString(file, text(i));
            }
            new CodeLine(root, code).measure(user, files);
        } finally {
            BenchFigures.delete(root);
        }
    }

    private static String text(int number) {
        var text = new StringBuilder();
        for (int line = 0; line < 30; line++)
            text.append("line ")
                    .append(line)
                    .append(" of thing ")
                    .append(number)
                    .append('\n');
        return text.toString();
    }

    private void measure(Path user, int files) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String base;
        byte[] pack;
        try (var taking = CodeRepository.open(root.resolve("base"))) {
            base = CodeSnapshot.take(user, Set.of(), taking).commit();
            pack = taking.pack(base, List.of());
        }
        double taken = since(begin);
        begin = System.nanoTime();
        code.unpack(pack);
        double unpacked = since(begin);
        double first = workTree(base, 0);
        double made = 0;
        double result = 0;
        long bytes = 0;
        for (int i = 1; i <= WORK_TREES; i++) {
            made += workTree(base, i);
            var tree = WorkTree.at(root.resolve("work" + i));
            Files.writeString(tree.root().resolve("part0/Thing0.txt"), "changed by " + i);
            begin = System.nanoTime();
            tree.result(code, base, "", "result", Instant.EPOCH, MOST);
            result += since(begin);
            bytes = size(tree.root());
            tree.recycle(code.folder());
        }
        System.out.printf(
                Locale.ROOT,
                "{\"bench\":\"code\",\"files\":%d,\"base_s\":%.2f,\"unpack_s\":%.2f,\"pack_mb\":%.1f,\"work_tree_first_s\":%.2f,"
                        + "\"work_tree_s\":%.2f,\"result_s\":%.2f,\"work_tree_mb\":%.1f,\"merges_per_s\":%.0f,"
                        + "\"content_merges_per_s\":%.1f}%n",
                files,
                taken,
                unpacked,
                pack.length / MIB,
                first,
                made / WORK_TREES,
                result / WORK_TREES,
                bytes / MIB,
                merges(base),
                contentMerges(base));
    }

    private double workTree(String base, int number) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        WorkTree.create(root.resolve("work" + number), code, base);
        return since(begin);
    }

    private double merges(String base) throws IOException, InterruptedException {
        var baseTree = code.treeOf(base);
        var results = new ArrayList<String>();
        for (int i = 0; i < MERGES; i++)
            results.add(code.edit(
                    baseTree,
                    List.of(added("new/a" + i, "a" + i), added("part1/b" + i, "b" + i), added("c" + i, "c" + i))));
        var head = base;
        long begin = System.nanoTime();
        for (int i = 0; i < MERGES; i++) {
            var result = results.get(i);
            var tree = code.treeOf(head);
            if (!(TreeMerge.of(code, baseTree, tree, result) instanceof TreeMerge.Outcome.Merged merged))
                throw new IllegalStateException("a conflict");
            head = code.commit(merged.tree(), List.of(head), "Merge " + i, Instant.EPOCH);
            code.pack(head, List.of(tree, result));
        }
        return MERGES / since(begin);
    }

    private double contentMerges(String base) throws IOException, InterruptedException {
        var baseTree = code.treeOf(base);
        var there = code.entry(baseTree, "part0/Thing0.txt");
        var head = code.edit(baseTree, List.of(changed(there, text(0).replace("line 3 ", "LINE 3 "))));
        var result = code.edit(baseTree, List.of(changed(there, text(0).replace("line 20 ", "LINE 20 "))));
        long begin = System.nanoTime();
        for (int i = 0; i < CONTENT_MERGES; i++)
            if (!(TreeMerge.of(code, baseTree, head, result) instanceof TreeMerge.Outcome.Merged))
                throw new IllegalStateException("a conflict");
        return CONTENT_MERGES / since(begin);
    }

    private EntryChange added(String path, String text) throws IOException {
        return new EntryChange(path, Optional.empty(), Optional.of(file(text)));
    }

    private EntryChange changed(Optional<FileEntry> there, String text) throws IOException {
        return new EntryChange("part0/Thing0.txt", there, Optional.of(file(text)));
    }

    private FileEntry file(String text) throws IOException {
        return code.file(text.getBytes(StandardCharsets.UTF_8), FileEntry.FILE);
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(CodeLine::sizeOf)
                    .sum();
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double since(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
