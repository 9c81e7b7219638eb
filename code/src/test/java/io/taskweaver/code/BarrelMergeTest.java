package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.code.TreeMerge.Outcome;
import io.taskweaver.code.syntax.Reading;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.Language;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many results of one base that all add to the same files. */
class BarrelMergeTest {
    private static final int RESULTS = 20;

    @TempDir
    private Path folder;

    @Test
    void results_that_add_to_shared_files_of_JavaScript_all_merge() throws Exception {
        var base = Map.of(
                "src/index.js",
                "export { base } from './base.js';\n",
                "src/base.js",
                "export const base = 0;\n",
                "src/names.js",
                "export const names = [\n  'base'\n];\n",
                "src/shapes.js",
                "export class Shapes {\n  base() {\n    const x = 1;\n    return x;\n  }\n}\n",
                "package.json",
                "{\n  \"name\": \"x\",\n  \"dependencies\": {\n    \"base\": \"^1.0.0\"\n  }\n}\n",
                "CHANGELOG.md",
                "# Changelog\n\n## 1.0\n\n- First\n");
        var rules = new HashSet<String>();
        var merged = fold(
                base,
                i -> {
                    var result = new HashMap<>(base);
                    result.put("src/part" + i + ".js", "export const part" + i + " = " + i + ";\n");
                    append(result, "src/index.js", "export { part" + i + " } from './part" + i + ".js';\n");
                    result.put("src/names.js", "export const names = [\n  'base',\n  'part" + i + "'\n];\n");
                    replace(
                            result,
                            "src/shapes.js",
                            "  }\n}\n",
                            "  }\n\n  part" + i + "() {\n    const x = 1;\n    return x;\n  }\n}\n");
                    result.put(
                            "package.json",
                            "{\n  \"name\": \"x\",\n  \"dependencies\": {\n    \"base\": \"^1.0.0\",\n    \"part" + i
                                    + "\": \"^1.0.0\"\n  }\n}\n");
                    result.put(
                            "CHANGELOG.md",
                            "# Changelog\n\n## Unreleased\n\n### Added\n\n- Part " + i + ".\n\n## 1.0\n\n- First\n");
                    return result;
                },
                rules);

        assertThat(rules).contains("blocks", "list", "heading");
        for (int i = 0; i < RESULTS; i++) {
            assertOnce(merged, "src/index.js", "export { part" + i + " } from './part" + i + ".js';\n");
            assertOnce(merged, "src/names.js", "  'part" + i + "'");
            assertOnce(merged, "src/shapes.js", "\n  part" + i + "() {\n    const x = 1;\n    return x;\n  }\n");
            assertOnce(merged, "package.json", "\"part" + i + "\": \"^1.0.0\"");
            assertOnce(merged, "CHANGELOG.md", "- Part " + i + ".\n");
            assertThat(merged).containsKey("src/part" + i + ".js");
        }
        assertOnce(merged, "CHANGELOG.md", "## Unreleased\n");
        assertOnce(merged, "CHANGELOG.md", "### Added\n");
        for (var file : merged.entrySet())
            if (file.getKey().endsWith(".js"))
                assertThat(Reading.of(Language.JAVASCRIPT, file.getValue()).errors())
                        .as(file.getKey())
                        .isZero();
    }

    @Test
    void results_that_add_to_shared_files_of_Java_all_merge_and_compile() throws Exception {
        var base = Map.of(
                "app/Registry.java",
                """
                package app;

                import java.util.ArrayList;
                import java.util.List;

                public final class Registry {
                    public static List<Object> all() {
                        var all = new ArrayList<Object>();
                        all.add(new Base());
                        return all;
                    }
                }
                """,
                "app/Base.java",
                "package app;\n\npublic final class Base {}\n",
                "app/Kind.java",
                "package app;\n\npublic enum Kind {\n    BASE;\n\n    public int size() {\n        return 1;\n    }\n}\n",
                "app/Shapes.java",
                """
                package app;

                public final class Shapes {
                    private Shapes() {}

                    public static int base() {
                        int x = 1;
                        return x;
                    }
                }
                """,
                "CHANGELOG.md",
                "# Changelog\n\n## Unreleased\n\n- First\n\n## 1.0\n");
        var rules = new HashSet<String>();
        var merged = fold(
                base,
                i -> {
                    var result = new HashMap<>(base);
                    result.put("app/Part" + i + ".java", "package app;\n\npublic final class Part" + i + " {}\n");
                    replace(
                            result,
                            "app/Registry.java",
                            "        return all;\n",
                            "        all.add(new Part" + i + "());\n        return all;\n");
                    replace(
                            result,
                            "app/Registry.java",
                            "import java.util.List;\n",
                            "import java.util.List;\nimport java.util.Set;\n");
                    replace(result, "app/Kind.java", "    BASE;\n", "    BASE,\n    PART_" + i + ";\n");
                    replace(
                            result,
                            "app/Shapes.java",
                            "        return x;\n    }\n",
                            "        return x;\n    }\n\n    /** Says it. */\n    @Deprecated\n    public static int part"
                                    + i + "() {\n        int x = 1;\n        return x;\n    }\n");
                    replace(result, "CHANGELOG.md", "- First\n", "- First\n- Part " + i + ".\n");
                    return result;
                },
                rules);

        assertThat(rules).contains("blocks", "list");
        for (int i = 0; i < RESULTS; i++) {
            assertOnce(merged, "app/Registry.java", "        all.add(new Part" + i + "());\n");
            assertOnce(merged, "app/Kind.java", "    PART_" + i);
            assertOnce(
                    merged,
                    "app/Shapes.java",
                    "    /** Says it. */\n    @Deprecated\n    public static int part" + i
                            + "() {\n        int x = 1;\n        return x;\n    }\n");
            assertOnce(merged, "CHANGELOG.md", "- Part " + i + ".\n");
        }
        assertOnce(merged, "app/Registry.java", "import java.util.Set;\n");
        assertCompiles(merged);
    }

    private interface Maker {
        Map<String, String> result(int number);
    }

    private Map<String, String> fold(Map<String, String> files, Maker maker, Set<String> rules)
            throws IOException, InterruptedException {
        try (var code = CodeRepository.open(folder.resolve("line"))) {
            var base = tree(code, files);
            var head = base;
            for (int i = 0; i < RESULTS; i++) {
                var end = TreeMerge.of(code, base, head, tree(code, maker.result(i)));
                assertThat(end).as("result " + i).isInstanceOf(Outcome.Merged.class);
                var merged = (Outcome.Merged) end;
                head = merged.tree();
                rules.addAll(merged.united().values());
            }
            return files(code, head);
        }
    }

    static Map<String, String> files(CodeRepository code, String tree) throws IOException {
        var files = new HashMap<String, String>();
        code.eachFile(
                tree, (path, entry) -> files.put(path, new String(code.bytes(entry.object()), StandardCharsets.UTF_8)));
        return files;
    }

    static String tree(CodeRepository code, Map<String, String> files) throws IOException {
        var changes = new ArrayList<EntryChange>();
        for (var file : files.entrySet())
            changes.add(new EntryChange(
                    file.getKey(),
                    Optional.empty(),
                    Optional.of(code.file(file.getValue().getBytes(StandardCharsets.UTF_8), FileEntry.FILE))));
        return code.edit(code.emptyTree(), changes);
    }

    private static void append(Map<String, String> files, String path, String line) {
        files.computeIfPresent(path, (any, text) -> text + line);
    }

    private static void replace(Map<String, String> files, String path, String old, String now) {
        files.computeIfPresent(path, (any, text) -> text.replace(old, now));
    }

    private static void assertOnce(Map<String, String> files, String path, String block) {
        var text = files.getOrDefault(path, "");
        var bound = Pattern.compile(
                Pattern.quote(block) + (Character.isLetterOrDigit(block.charAt(block.length() - 1)) ? "\\b" : ""));
        assertThat(bound.matcher(text).results().count())
                .as(path + ": " + block + " in " + text)
                .isOne();
    }

    private void assertCompiles(Map<String, String> files) throws IOException {
        var root = folder.resolve("compiled");
        var sources = new ArrayList<String>(List.of("-d", root.resolve("out").toString(), "-proc:none"));
        for (var file : files.entrySet()) {
            var path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().endsWith(".java")) sources.add(path.toString());
        }
        var errors = new java.io.ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, OutputStream.nullOutputStream(), errors, sources.toArray(String[]::new));
        assertThat(code).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    }
}
