package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.code.TreeMerge.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole histories: branches of many commits that are merged into a line, each merge compared with Git's. */
class HistoryMergeTest {
    private static final int BRANCHES = 25;

    @TempDir
    private Path folder;

    @Test
    void a_project_of_modules_that_grow() throws Exception {
        assertThat(history(11, (random, branch, files) -> {
                    int module = random.nextInt(4);
                    files.put("module" + module + "/src/Part" + branch + ".java", part("Part" + branch, branch));
                    edit(random, files, "module" + module + "/");
                    if (branch % 2 == 0)
                        files.computeIfPresent("README.md", (any, text) -> text + "\n- Part " + branch + "\n");
                }))
                .containsKeys("clean", "united");
    }

    @Test
    void a_project_that_is_reorganized_while_others_work_on_it() throws Exception {
        assertThat(history(12, (random, branch, files) -> {
                    if (branch % 6 == 5)
                        move(files, "module" + branch % 4 + "/src/", "module" + branch % 4 + "/main/" + branch + "/");
                    else edit(random, files, "module");
                    edit(random, files, "module");
                }))
                .containsKeys("clean", "conflict");
    }

    @Test
    void a_project_in_which_files_come_and_go() throws Exception {
        assertThat(history(13, (random, branch, files) -> {
                    var paths = new ArrayList<>(files.keySet());
                    if (random.nextInt(3) == 0) files.remove(paths.get(random.nextInt(paths.size())));
                    files.put("new/" + random.nextInt(30) + ".txt", part("New", random.nextInt(3)));
                    edit(random, files, "");
                }))
                .containsKey("clean");
    }

    private interface Work {
        void on(Random random, int branch, Map<String, String> files);
    }

    /** Each branch leaves the line somewhere in its last commits, and is merged in the end. */
    private Map<String, Integer> history(long seed, Work work) throws Exception {
        var random = new Random(seed);
        var ends = new TreeMap<String, Integer>();
        try (var code = CodeRepository.open(folder.resolve("line"))) {
            var real = new RealMerge(code, folder.resolve("real"));
            var line = new ArrayList<String>(List.of(BarrelMergeTest.tree(code, project())));
            for (int branch = 0; branch < BRANCHES; branch++) {
                var base = line.get(Math.max(0, line.size() - 1 - random.nextInt(6)));
                var files = BarrelMergeTest.files(code, base);
                for (int commit = 0; commit <= random.nextInt(3); commit++) work.on(random, branch, files);
                var result = BarrelMergeTest.tree(code, files);
                var head = line.getLast();
                if (base.equals(result) || head.equals(result)) continue;
                if (!base.equals(head))
                    ends.merge(
                            TreeMergePropertyTest.compare(
                                    code, real, base, head, result, "seed " + seed + " branch " + branch),
                            1,
                            Integer::sum);
                line.add(
                        switch (TreeMerge.of(code, base, head, result)) {
                            case Outcome.Merged merged -> merged.tree();
                            case Outcome.Conflicted conflicted -> conflicted.tree();
                        });
            }
        }
        return ends;
    }

    private static Map<String, String> project() {
        var files = new HashMap<String, String>();
        files.put("README.md", "# Project\n\nWhat it is.\n");
        for (int module = 0; module < 4; module++)
            for (int i = 0; i < 6; i++)
                files.put("module" + module + "/src/Class" + i + ".java", part("Class" + i, 10 * module + i));
        return files;
    }

    private static String part(String name, int number) {
        var text = new StringBuilder("package part;\n\npublic final class " + name + " {\n");
        for (int i = 0; i < 8; i++)
            text.append("    public int method")
                    .append(i)
                    .append("() {\n        return ")
                    .append(number + i)
                    .append(";\n    }\n\n");
        return text.append("}\n").toString();
    }

    private static void edit(Random random, Map<String, String> files, String below) {
        var paths = files.keySet().stream()
                .filter(path -> path.startsWith(below) && path.endsWith(".java"))
                .sorted()
                .toList();
        if (paths.isEmpty()) return;
        int method = random.nextInt(8);
        int value = 1000 + random.nextInt(1000);
        files.computeIfPresent(
                paths.get(random.nextInt(paths.size())),
                (any, text) -> text.replaceFirst(
                        "(method" + method + "\\(\\) \\{\n        return) \\d+;", "$1 " + value + ";"));
    }

    private static void move(Map<String, String> files, String from, String to) {
        for (var path : new ArrayList<>(files.keySet()))
            if (path.startsWith(from))
                files.put(to + path.substring(from.length()), java.util.Objects.requireNonNull(files.remove(path)));
    }
}
